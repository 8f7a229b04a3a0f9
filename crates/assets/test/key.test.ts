import assert from "node:assert/strict";
import { test } from "node:test";
import { pressed, written } from "../src/key.ts";

const event = (key: string, held: Partial<KeyboardEvent> = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent;

test("an Italian key is the key that the browser reports", () => {
  assert.equal(written("Ctrl Maiusc Invio"), pressed(event("Enter", { ctrlKey: true, shiftKey: true })));
  assert.equal(written("Canc"), pressed(event("Delete")));
  assert.equal(written("Maiusc A"), pressed(event("A", { shiftKey: true })));
});

test("a sign that needs Shift on this keyboard is that sign on every keyboard", () => {
  assert.equal(pressed(event("?", { shiftKey: true })), written("?"));
  assert.equal(pressed(event("/", { shiftKey: true })), written("/"));
});

test("the command key of a Mac is Ctrl", () => {
  assert.equal(pressed(event("k", { metaKey: true })), written("Ctrl K"));
});

// The first script of every page: htmx, what every page needs at once, and the islands that a page asks for by its markup.
import "./htmx";
import "./keys";
import "./menu";
import "./dialog";
import "./send";
import "./toast";
import "./net";
import "./acts";

type Island = (root: HTMLElement) => void;

/** Markup on the left loads the module on the right, once for every element that has it. */
const islands: [string, () => Promise<{ mount: Island }>][] = [
  ["[data-list]", () => import("./list")],
  ["[data-chart]", () => import("./chart")],
  ["[data-board]", () => import("./board")],
  ["[data-import]", () => import("./dropped")],
  ["[data-bulk]", () => import("./bulk")],
  ["[data-record], [data-list]", () => import("./inplace")],
  ["form[data-form], form[data-wizard]", () => import("./form")],
  ["form:has([data-shown-when], [data-required-when], [data-only])", () => import("./conditions")],
  ["[data-multi]", () => import("./multi")],
  ["[data-link-chooser], [data-town-chooser]", () => import("./link")],
  ["[data-tags]", () => import("./tags")],
  ["[data-mentions]", () => import("./mention")],
  ["[data-bell]", () => import("./bell")],
  ["[data-drop]", () => import("./drop")],
  ["[data-crop]", () => import("./crop")],
  ["[data-conflict]", () => import("./conflict")],
];

const mounted = new WeakMap<Element, Set<string>>();

function load(within: ParentNode & Node): void {
  for (const [selector, module] of islands) {
    const found = [...within.querySelectorAll<HTMLElement>(selector)];
    if (within instanceof HTMLElement && within.matches(selector)) found.push(within);
    for (const element of found) {
      const done = mounted.get(element) ?? new Set();
      if (done.has(selector)) continue;
      mounted.set(element, done.add(selector));
      void module().then(({ mount }) => mount(element));
    }
  }
}

document.documentElement.classList.add("js");
load(document);
document.addEventListener("htmx:load", (event) => load(event.target as HTMLElement));

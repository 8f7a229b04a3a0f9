// The search palette: answers as one types, arrows and Enter choose, Esc closes; empty it shows what was opened last.
import htmx from "./htmx";
import { neighbour } from "./dom";

const palette = document.getElementById("palette") as HTMLDialogElement;
const input = palette.querySelector("input") as HTMLInputElement;
const results = document.getElementById("palette-results") as HTMLElement;
const count = document.getElementById("palette-count") as HTMLElement;
let timer = 0;
let asked = 0;

/** Opens it, with what was typed already or with the last question selected. */
export function open(typed?: string): void {
  if (palette.open) return;
  if (typed !== undefined) input.value = typed;
  palette.showModal();
  if (typed === undefined) input.select();
  void ask();
}

const hits = () => [...results.querySelectorAll<HTMLElement>(".hit")];
const chosen = () => results.querySelector<HTMLElement>('.hit[aria-selected="true"]');

function choose(hit: HTMLElement | undefined): void {
  chosen()?.setAttribute("aria-selected", "false");
  if (!hit) return;
  hit.id = "palette-chosen";
  for (const other of hits()) if (other !== hit) other.removeAttribute("id");
  hit.setAttribute("aria-selected", "true");
  hit.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", hit.id);
}

async function ask(): Promise<void> {
  const turn = ++asked;
  const url = new URL(palette.dataset.palette ?? "/search", location.href);
  url.searchParams.set("q", input.value.trim());
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  // A slower answer to an older question must not replace a newer one.
  if (turn !== asked || !answer?.ok) return;
  results.innerHTML = await answer.text();
  htmx.process(results);
  count.textContent = input.value.trim() ? results.querySelector<HTMLElement>("[data-count]")?.dataset.count ?? "" : "";
  setTimeout(() => turn === asked && !chosen() && choose(hits()[0]), 80);
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = window.setTimeout(() => void ask(), 60);
});

palette.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
  if (step) {
    event.preventDefault();
    choose(neighbour(hits(), chosen(), step));
  } else if (event.key === "Escape") {
    // A search input would only empty itself.
    event.preventDefault();
    palette.close();
  } else if (event.key === "Enter" && !event.ctrlKey) {
    const hit = chosen() as HTMLAnchorElement | null;
    if (!hit) return;
    event.preventDefault();
    if (event.metaKey || event.shiftKey) window.open(hit.href, "_blank", "noopener");
    else hit.click();
    palette.close();
  } else if (event.key === "Enter") {
    event.preventDefault();
    palette.querySelector("form")?.submit();
  }
});
results.addEventListener("mousemove", (event) => {
  const hit = (event.target as HTMLElement).closest<HTMLElement>(".hit");
  if (hit && hit !== chosen()) choose(hit);
});

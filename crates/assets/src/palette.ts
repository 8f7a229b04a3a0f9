// The search palette: answers as one types, arrows and Enter choose, Esc closes; empty it shows what was opened last.
import htmx from "./htmx";
import { neighbour } from "./dom";

const palette = document.getElementById("palette") as HTMLDialogElement;
const input = palette.querySelector("input") as HTMLInputElement;
const results = document.getElementById("palette-results") as HTMLElement;
const count = document.getElementById("palette-count") as HTMLElement;
let timer = 0;
let asked = 0;
/** What the results that stand there answer. */
let answered: string | null = null;

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
  const question = input.value.trim();
  const url = new URL(palette.dataset.palette ?? "/search", location.href);
  url.searchParams.set("q", question);
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  // A slower answer to an older question must not replace a newer one.
  if (turn !== asked) return;
  if (answer?.status === 401) {
    // The session has ended: the dialog asks for it anew, as it does wherever else one is asked.
    palette.close();
    void htmx.ajax("get", url.href, { target: "#dialog", swap: "innerHTML" });
    return;
  }
  if (!answer?.ok) return;
  answered = question;
  results.innerHTML = await answer.text();
  htmx.process(results);
  count.textContent = question ? results.querySelector<HTMLElement>("[data-count]")?.dataset.count ?? "" : "";
  setTimeout(() => turn === asked && !chosen() && choose(hits()[0]), 80);
}

/** Goes where the chosen result leads. Who types and presses Enter at once means what they typed, not what stood there before. */
async function follow(elsewhere: boolean): Promise<void> {
  const question = input.value.trim();
  if (answered !== question) {
    clearTimeout(timer);
    await ask();
    if (answered !== question) return;
  }
  const hit = chosen() ?? hits()[0];
  if (!hit) return palette.querySelector("form")?.submit();
  if (elsewhere && hit instanceof HTMLAnchorElement) window.open(hit.href, "_blank", "noopener");
  else hit.click();
  palette.close();
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
    event.preventDefault();
    void follow(event.metaKey || event.shiftKey);
  } else if (event.key === "Enter") {
    event.preventDefault();
    palette.querySelector("form")?.submit();
  }
});
results.addEventListener("mousemove", (event) => {
  const hit = (event.target as HTMLElement).closest<HTMLElement>(".hit");
  if (hit && hit !== chosen()) choose(hit);
});

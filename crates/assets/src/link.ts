// Choosing a record, or a town: suggestions while one types.
import { neighbour } from "./dom";

export function mount(chooser: HTMLElement): void {
  const input = chooser.querySelector<HTMLInputElement>("[data-link-url]");
  const place = chooser.querySelector<HTMLElement>(".suggestions");
  if (!input || !place) return;
  const id = chooser.querySelector<HTMLInputElement>("[data-link-id]");
  const several = chooser.dataset.linkChooser === "several";
  let timer = 0;
  let asked = 0;

  const options = () => [...place.querySelectorAll<HTMLElement>("[role=option]")];
  const marked = () => place.querySelector<HTMLElement>('[aria-selected="true"]');

  function show(on: boolean): void {
    place!.hidden = !on;
    input!.setAttribute("aria-expanded", String(on));
  }

  function mark(option: HTMLElement | undefined): void {
    marked()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
  }

  async function ask(): Promise<void> {
    const turn = ++asked;
    const url = new URL(input!.dataset.linkUrl ?? "", location.href);
    url.searchParams.set("q", input!.value.trim());
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (turn !== asked || !answer?.ok) return;
    place!.innerHTML = await answer.text();
    mark(options()[0]);
    show(document.activeElement === input);
  }

  function choose(option: HTMLElement): void {
    const { id: chosen = "", title = "" } = option.dataset;
    if (several) addChosen(chooser, input!, chosen, title);
    else if (id) {
      id.setAttribute("value", chosen);
      input!.value = title;
    } else fillTown(chooser, input!, chosen, title);
    show(false);
    input!.dispatchEvent(new Event("input", { bubbles: true }));
    input!.dispatchEvent(new Event("change", { bubbles: true }));
    clearTimeout(timer);
    asked++;
  }

  input.addEventListener("input", (event) => {
    if (event.isTrusted) id?.setAttribute("value", "");
    clearTimeout(timer);
    if (event.isTrusted) timer = window.setTimeout(() => void ask(), 120);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (place.hidden) void ask();
      else mark(neighbour(options(), marked(), step));
    } else if (event.key === "Escape" && !place.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    } else if ((event.key === "Enter" || event.key === "Tab") && !place.hidden && marked() && input.value) {
      if (event.key === "Enter") {
        event.preventDefault();
        event.stopPropagation();
      }
      choose(marked()!);
    } else if (event.key === "Backspace" && several && !input.value) {
      chooser.querySelector<HTMLElement>(".chosen-one:last-of-type")?.remove();
    }
  });
  place.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("blur", () => show(false));
  chooser.querySelector("[data-act=clear-link]")?.addEventListener("click", () => {
    id?.setAttribute("value", "");
    input.value = "";
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** A chosen value as a tag that can be taken off, like those the server draws. */
export function addChosen(place: HTMLElement, input: HTMLInputElement, value: string, title: string): void {
  const name = place.dataset.linkName ?? place.dataset.tags ?? "";
  input.value = "";
  const there = [...place.querySelectorAll<HTMLInputElement>(".chosen-one input")].some((other) => other.value === value);
  if (there) return;
  const tag = document.createElement("label");
  tag.className = "chosen-one";
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value, checked: true });
  const text = Object.assign(document.createElement("span"), { textContent: title });
  const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  remove.dataset.act = "remove-chosen";
  remove.setAttribute("aria-label", `${place.dataset.wordRemove ?? ""} ${title}`);
  tag.append(box, text, remove);
  input.before(tag);
}

/** A town brings its postal code and province along. */
function fillTown(chooser: HTMLElement, input: HTMLInputElement, chosen: string, title: string): void {
  input.value = title;
  const [zip, province] = chosen.split("|");
  const row = chooser.closest("[data-multi-row]");
  const fill = (part: string, value?: string) => {
    const other = row?.querySelector<HTMLInputElement>(`[name$=".${part}"]`);
    if (other && value) other.value = value;
  };
  fill("zip", zip);
  fill("province", province);
}

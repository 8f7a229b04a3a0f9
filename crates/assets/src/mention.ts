// Naming a person in what one writes: @ offers those whose name begins so.
import { neighbour } from "./dom";

/** What stands between the last @ and the cursor, when it can be the beginning of a name. */
export function begun(before: string): string | null {
  return /(?:^|[^\p{L}\p{N}])@([\p{L}][\p{L}'’.\- ]{0,40}|)$/u.exec(before)?.[1] ?? null;
}

export function mount(root: HTMLElement): void {
  const text = root.querySelector("textarea");
  const place = root.querySelector<HTMLElement>(".suggestions");
  if (!text || !place) return;
  let asked = 0;
  let timer = 0;

  const options = () => [...place.querySelectorAll<HTMLElement>("[role=option]")];
  const marked = () => place.querySelector<HTMLElement>('[aria-selected="true"]');
  const name = () => begun(text.value.slice(0, text.selectionStart));

  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", place.id);

  function show(on: boolean): void {
    place!.hidden = !on;
    if (!on) text!.removeAttribute("aria-activedescendant");
  }

  function mark(option: HTMLElement | undefined): void {
    marked()?.setAttribute("aria-selected", "false");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    option.id ||= `person-${option.dataset.id ?? ""}`;
    text!.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  async function ask(): Promise<void> {
    const turn = ++asked;
    const begin = name();
    if (begin === null) return show(false);
    const url = new URL(root.dataset.mentions ?? "", location.href);
    url.searchParams.set("q", begin.trim());
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (turn !== asked || !answer?.ok || name() === null) return;
    place!.innerHTML = await answer.text();
    mark(options()[0]);
    show(options().length > 0 && document.activeElement === text);
  }

  function choose(option: HTMLElement): void {
    const at = text!.selectionStart;
    const from = at - (name()?.length ?? 0);
    text!.setRangeText(`${option.dataset.title ?? ""} `, from, at, "end");
    show(false);
    asked++;
    text!.dispatchEvent(new Event("input", { bubbles: true }));
    text!.focus();
  }

  text.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isTrusted) return;
    if (name() === null) show(false);
    else timer = window.setTimeout(() => void ask(), 120);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      text.form?.requestSubmit();
      return;
    }
    if (place.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(neighbour(options(), marked(), step));
    else if (event.key === "Escape") show(false);
    else if ((event.key === "Enter" || event.key === "Tab") && marked()) choose(marked()!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  place.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
    if (option) choose(option);
  });
  text.addEventListener("blur", () => show(false));
}

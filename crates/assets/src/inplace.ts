// Values edited in their place: Enter saves, Esc puts back, Tab saves and goes on. On the page of a record a click, Enter or E
// opens a field; in a list a click with Alt opens a cell, and Alt with Enter the first of the row.
import htmx from "./htmx";
import { fieldOf, isShown, rowOf, rowWith } from "./dom";

export function mount(root: HTMLElement): void {
  /** The field as it was read, to put back without asking. */
  const read = new Map<string, HTMLElement>();
  /** Which field of which row is opened when this one is saved. */
  let next: { row: string; key: string } | null = null;
  /** What each open form held when it opened. */
  const opened = new WeakMap<HTMLFormElement, string>();
  /** Whether the last thing done in a form was done with the mouse or a finger. */
  let pointed = false;

  const fields = (row: string) =>
    row
      ? [...(rowWith(root, row)?.querySelectorAll<HTMLElement>("tr[data-row] > td") ?? [])].filter(fieldOf)
      : [...root.querySelectorAll<HTMLElement>("[data-field]:not(th)")];
  const find = (row: string, key: string) => fields(row).find((field) => fieldOf(field) === key) ?? null;
  const nameOf = (field: HTMLElement) => `${rowOf(field)} ${fieldOf(field)}`;
  /** What is put back: a form takes the place of a field, and lies in a cell. */
  const placeOf = (form: HTMLElement) => form.closest<HTMLElement>("tr[data-row] > td") ?? form;

  /** Where the input of a field is asked for; null when it is not to be changed. */
  function urlOf(field: HTMLElement | null | undefined): string | null {
    if (!field?.matches("td")) return field?.dataset.edit ?? null;
    return (root.dataset.editCell ?? "").replace("{id}", rowOf(field)).replace("{key}", fieldOf(field)) || null;
  }

  async function open(field: HTMLElement | null): Promise<void> {
    const url = urlOf(field);
    if (!field || !url || !fieldOf(field) || field.matches("form") || field.querySelector("[data-field-form]")) return;
    read.set(nameOf(field), field.cloneNode(true) as HTMLElement);
    const swap = field.matches("td") ? "innerHTML" : "outerHTML";
    await htmx.ajax("get", url, { source: field, target: field, swap });
  }

  function cancel(form: HTMLElement): void {
    const before = read.get(nameOf(form));
    if (!before) return location.reload();
    const copy = before.cloneNode(true) as HTMLElement;
    placeOf(form).replaceWith(copy);
    htmx.process(copy);
    (copy.querySelector<HTMLElement>(".field-value") ?? copy.closest("tr")?.querySelector<HTMLElement>(".row-link"))?.focus();
  }

  /** The nearest field before or after that can be opened. */
  function beside(form: HTMLElement, step: 1 | -1): typeof next {
    const row = rowOf(form);
    const all = fields(row);
    let place = all.indexOf(placeOf(form)) + step;
    while (all[place] && !urlOf(all[place])) place += step;
    const key = fieldOf(all[place]);
    return key ? { row, key } : null;
  }

  function changed(form: HTMLFormElement): boolean {
    return held(form) !== opened.get(form);
  }

  function leave(form: HTMLFormElement): void {
    if (changed(form) || form.matches(".refused")) form.requestSubmit();
    else {
      const to = next;
      next = null;
      cancel(form);
      if (to) void open(find(to.row, to.key));
    }
  }

  root.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (target.closest("[data-act=cancel-field]")) return cancel(target.closest<HTMLElement>("[data-field-form]")!);
    const field = target.closest<HTMLElement>("[data-field][data-edit], tr[data-row] > td");
    if (target.closest("[data-field-form]")) return;
    if (field?.matches("td")) {
      if (event.altKey && fieldOf(field)) {
        event.preventDefault();
        void open(field);
      }
    } else if (field && !target.closest("a, button, input, label, .note") && !getSelection()?.toString()) void open(field);
  });

  // What is chosen with the mouse or a finger is decided; with the keyboard one may still go on choosing, and Enter decides.
  for (const begin of ["pointerdown", "keydown"]) root.addEventListener(begin, (event) => (pointed = event.type === "pointerdown"), true);
  root.addEventListener("change", (event) => {
    const target = event.target as HTMLElement;
    const form = target.closest<HTMLFormElement>("[data-field-form]");
    if (form && pointed && target.matches("select, [type=radio], [type=checkbox]") && inputsOf(form).every((input) => isOneWith(input, target))) leave(form);
  });

  root.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const form = target.closest<HTMLFormElement>("[data-field-form]");
    if (!form) {
      const row = event.altKey && event.key === "Enter" ? target.closest<HTMLElement>("tr[data-row]") : null;
      if (row) {
        event.preventDefault();
        return void open(fields(rowOf(row))[0] ?? null);
      }
      const field = target.matches(".field-value") ? target.closest<HTMLElement>("[data-edit]") : null;
      if (field && (event.key === "Enter" || event.key === "F2" || (event.key === "e" && !event.ctrlKey && !event.metaKey))) {
        event.preventDefault();
        void open(field);
      }
      return;
    }
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      cancel(form);
    } else if (event.key === "Enter" && (!target.matches("textarea, button") || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      leave(form);
    } else if (event.key === "Tab" && isLast(form, target, event.shiftKey)) {
      next = beside(form, event.shiftKey ? -1 : 1);
      if (!next) return;
      event.preventDefault();
      leave(form);
    }
  });

  // Going elsewhere saves what was changed; nothing typed is thrown away by a click beside it.
  root.addEventListener("focusout", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-field-form]");
    if (!form) return;
    setTimeout(() => {
      const away = form.isConnected && document.hasFocus() && !form.contains(document.activeElement) && document.activeElement !== document.body;
      const refused = form.matches(".refused") && !changed(form);
      if (away && !refused && !form.classList.contains("htmx-request") && !document.querySelector("dialog[open]")) leave(form);
    }, 150);
  });

  root.addEventListener("htmx:afterSettle", (event) => {
    const changed = (event as CustomEvent).detail.elt as HTMLElement | undefined;
    const row = changed ? rowOf(changed) : "";
    const field = changed?.dataset?.field ? find(row, changed.dataset.field) : changed?.matches?.("tr[data-row]") ? changed : null;
    if (!field) return;
    const form = field.matches("form") ? (field as HTMLFormElement) : field.querySelector<HTMLFormElement>("[data-field-form]");
    if (form) {
      opened.set(form, held(form));
      next = null;
      form.scrollIntoView({ block: "nearest" });
      form.classList.toggle("at-right", form.getBoundingClientRect().right > document.documentElement.clientWidth);
      const input = inputsOf(form).find(isShown);
      input?.focus();
      if (input instanceof HTMLInputElement && input.matches("input[type=text], input[type=email], input[type=tel], input[type=url]")) input.select();
    } else if (next) {
      const to = next;
      next = null;
      void open(find(to.row, to.key));
    } else field.querySelector<HTMLElement>(".field-value, .row-link")?.focus({ preventScroll: true });
  });
}

/** What a form would send, as one text to compare. */
function held(form: HTMLFormElement): string {
  return [...new FormData(form)].map(([name, value]) => `${name}=${String(value)}`).join("\n");
}

function inputsOf(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("input:not([type=hidden]), select, textarea")];
}

/** The same input, or another of the same group of radios. */
function isOneWith(input: HTMLElement, other: HTMLElement): boolean {
  return input === other || (input.matches("[type=radio]") && other.matches("[type=radio]"));
}

/** The last stop of the form in the direction of Tab; where there are several values, to add and to remove one are stops too. */
function isLast(form: HTMLFormElement, target: HTMLElement, back: boolean): boolean {
  const stops = "input:not([type=hidden]), select, textarea, .multi button";
  const inputs = [...form.querySelectorAll<HTMLElement>(stops)].filter(isShown);
  return target === (back ? inputs[0] : inputs.at(-1));
}

// Fields of a record edited in their place: click, Enter or E opens, Enter saves, Esc puts back, Tab saves and goes on.
import htmx from "./htmx";

export function mount(record: HTMLElement): void {
  /** The field as it was read, to put back without asking. */
  const read = new Map<string, HTMLElement>();
  let next: string | null = null;

  const fields = () => [...record.querySelectorAll<HTMLElement>("[data-field]")];
  const byKey = (key: string) => record.querySelector<HTMLElement>(`[data-field="${CSS.escape(key)}"]`);

  async function open(field: HTMLElement): Promise<void> {
    const { edit, field: key } = field.dataset;
    if (!edit || !key || field.matches("form")) return;
    read.set(key, field.cloneNode(true) as HTMLElement);
    await htmx.ajax("get", edit, { source: field, target: field, swap: "outerHTML" });
  }

  function cancel(form: HTMLElement): void {
    const before = read.get(form.dataset.field ?? "");
    if (!before) return location.reload();
    const copy = before.cloneNode(true) as HTMLElement;
    form.replaceWith(copy);
    htmx.process(copy);
    copy.querySelector<HTMLElement>(".field-value")?.focus();
  }

  /** The key of the nearest field before or after that can be opened. */
  function beside(form: HTMLElement, step: 1 | -1): string | null {
    const all = fields();
    let place = all.indexOf(form) + step;
    while (all[place] && !all[place].dataset.edit) place += step;
    return all[place]?.dataset.field ?? null;
  }

  function changed(form: HTMLFormElement): boolean {
    return [...form.elements].some((e) => {
      if (e instanceof HTMLInputElement && /checkbox|radio/.test(e.type)) return e.checked !== e.defaultChecked;
      if (e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement) return e.value !== e.defaultValue;
      if (e instanceof HTMLSelectElement) return [...e.options].some((o) => o.selected !== o.defaultSelected);
      return false;
    });
  }

  function leave(form: HTMLFormElement): void {
    if (changed(form)) form.requestSubmit();
    else {
      const to = next;
      next = null;
      cancel(form);
      if (to) void open(byKey(to)!);
    }
  }

  record.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (target.closest("[data-act=cancel-field]")) return cancel(target.closest<HTMLElement>("[data-field-form]")!);
    const field = target.closest<HTMLElement>("[data-field][data-edit]");
    if (field && !target.closest("a, button, input, label, .note") && !getSelection()?.toString()) void open(field);
  });

  record.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const form = target.closest<HTMLFormElement>("[data-field-form]");
    if (!form) {
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
    } else if (event.key === "Enter" && (!target.matches("textarea, button, select") || event.ctrlKey || event.metaKey)) {
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
  record.addEventListener("focusout", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-field-form]");
    if (!form) return;
    setTimeout(() => {
      const away = form.isConnected && document.hasFocus() && !form.contains(document.activeElement) && document.activeElement !== document.body;
      if (away && !form.classList.contains("htmx-request") && !document.querySelector("dialog[open]")) leave(form);
    }, 150);
  });

  record.addEventListener("htmx:afterSettle", (event) => {
    const key = ((event as CustomEvent).detail.elt as HTMLElement | undefined)?.dataset?.field;
    const field = key ? byKey(key) : null;
    if (!field) return;
    if (field.matches("form")) {
      const input = field.querySelector<HTMLInputElement>("input:not([type=hidden]), textarea, select");
      input?.focus();
      if (input?.matches("input[type=text], input[type=email], input[type=tel], input[type=url]")) input.select();
    } else if (next) {
      const to = next;
      next = null;
      void open(byKey(to)!);
    } else field.querySelector<HTMLElement>(".field-value")?.focus({ preventScroll: true });
  });
}

/** The last input of the form in the direction of Tab. */
function isLast(form: HTMLFormElement, target: HTMLElement, back: boolean): boolean {
  const inputs = [...form.querySelectorAll<HTMLElement>("input:not([type=hidden]), select, textarea")];
  return target === (back ? inputs[0] : inputs.at(-1));
}

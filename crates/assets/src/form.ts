// The form page: what is unsaved is guarded, the first mistake has the focus.
import htmx from "./htmx";
import { say, word } from "./dom";
import { isSending } from "./send";

export function mount(root: HTMLElement): void {
  const form = root as HTMLFormElement;
  let dirty = false;
  let leaving = false;

  form.addEventListener("input", () => (dirty = true));
  addEventListener("beforeunload", (event) => {
    if (!dirty || leaving || !form.isConnected) return;
    event.preventDefault();
    say(word("unsaved"));
  });

  // Sent by htmx, so that what was typed survives a lost network or a session that ended. The answer to a refused form
  // may be the whole page: only this form is taken from it.
  form.addEventListener("submit", (event) => {
    leaving = true;
    if (!form.id || form.closest("#dialog, .bare") || form.matches("[data-wizard]") || event.defaultPrevented) return;
    event.preventDefault();
    if (isSending(form)) return;
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
    const select = `[id="${form.id}"], #dialog > *`;
    void htmx
      .ajax("post", url, { source: form, target: form, swap: "outerHTML", select, values: button?.name ? { [button.name]: button.value } : {} })
      .finally(() => (leaving = false));
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, elt } = (event as CustomEvent).detail as { xhr: XMLHttpRequest; elt: Element };
    if (elt === form && xhr.status < 400) dirty = false;
  });

  // What is chosen in a wizard applies at once: the form is sent with step=again and the page redrawn in place.
  if (form.matches("[data-wizard]") && form.querySelector("[data-again]")) {
    form.addEventListener("change", (event) => {
      if (!(event.target as Element).closest("[data-again]")) return;
      void htmx.ajax("post", form.action, { source: form, target: form, swap: "morph:outerHTML", select: "#wizard", values: { step: "again" } });
      dirty = false;
    });
  }

  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

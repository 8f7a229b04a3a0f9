// Forms with data-post, and forms in the dialog, are sent without leaving the page.
import htmx from "./htmx";

/** Whether a form is on its way already: whoever presses twice means it once. */
export function isSending(form: HTMLFormElement): boolean {
  if (form.dataset.sending) return true;
  form.dataset.sending = "1";
  // An answer that leads elsewhere takes the form with it; any other leaves it to be sent again.
  const again = (event: Event) => {
    const { elt, xhr } = (event as CustomEvent).detail as { elt: Element; xhr: XMLHttpRequest };
    if (elt !== form) return;
    document.removeEventListener("htmx:afterRequest", again);
    if (!xhr.getResponseHeader("HX-Redirect") && !xhr.getResponseHeader("HX-Location")) delete form.dataset.sending;
    else setTimeout(() => delete form.dataset.sending, 3000);
  };
  document.addEventListener("htmx:afterRequest", again);
  return false;
}

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const inDialog = form.closest("#dialog");
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (!form.matches("[data-post]") && !inDialog) return;
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  // What is sent elsewhere from a dialog leads to a page of its own.
  if (inDialog && button?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (isSending(form)) return;
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const values = button?.name ? { [button.name]: button.value } : {};
  void htmx.ajax("post", url, {
    source: form, values, event,
    target: inDialog ?? form, swap: inDialog ? "innerHTML" : "none",
  });
});

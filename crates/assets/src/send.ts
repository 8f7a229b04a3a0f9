// Forms with data-post, and forms in the dialog, are sent without leaving the page.
import htmx from "./htmx";

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const inDialog = form.closest("#dialog");
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (!form.matches("[data-post]") && !inDialog) return;
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  // What is sent elsewhere from a dialog leads to a page of its own.
  if (inDialog && button?.hasAttribute("formaction")) return;
  event.preventDefault();
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const values = button?.name ? { [button.name]: button.value } : {};
  void htmx.ajax("post", url, {
    source: form, values, event,
    target: inDialog ?? form, swap: inDialog ? "innerHTML" : "none",
  });
});

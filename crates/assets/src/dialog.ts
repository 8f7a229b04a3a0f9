// The page's one dialog: links with data-dialog fetch its inside, answers that land in it open it.
import htmx from "./htmx";

const dialog = () => document.getElementById("dialog") as HTMLDialogElement | null;

export function closeDialog(): void {
  document.querySelectorAll<HTMLDialogElement>("dialog[open]").forEach((open) => open.close());
}

function open(): void {
  const place = dialog();
  if (!place) return;
  if (!place.querySelector("[data-dialog-inside]")) place.close();
  else if (!place.open) place.showModal();
  const first = place.querySelector<HTMLElement>("[autofocus], [aria-invalid=true]")
    ?? place.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea, .foot-buttons .btn");
  first?.focus();
}

document.addEventListener("click", (event) => {
  const link = (event.target as HTMLElement).closest?.<HTMLAnchorElement>("a[data-dialog]");
  const place = dialog();
  if (!link || !place || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void htmx.ajax("get", link.href, { source: link, target: place, swap: "innerHTML" });
});

// A conflict (409) or an ended session (401) is decided in the dialog, wherever the question came from; what was typed stays
// where it is. A whole page in place of a fragment: go there instead of showing it in the dialog.
document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = (event as CustomEvent).detail as {
    target: Element; xhr: XMLHttpRequest; serverResponse: string; shouldSwap: boolean; isError: boolean; swapOverride?: string; selectOverride?: string;
  };
  const whole = /^\s*<!doctype/i.test(detail.serverResponse);
  const place = dialog();
  if (place && !whole && (detail.xhr.status === 401 || detail.xhr.status === 409)) {
    Object.assign(detail, { target: place, shouldSwap: true, isError: false, swapOverride: "innerHTML", selectOverride: "unset" });
  } else if (detail.target === place && whole) {
    event.preventDefault();
    location.href = detail.xhr.responseURL;
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if ((event as CustomEvent).detail.target === dialog()) open();
});

// `HX-Trigger: {"closeDialog": {"csrf": "…"}}`: done; a new session brings its new token for what is still to be sent.
document.addEventListener("closeDialog", (event) => {
  closeDialog();
  const token = ((event as CustomEvent).detail as { csrf?: string } | null)?.csrf;
  if (!token) return;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": token }));
  document.querySelectorAll<HTMLInputElement>("input[name=csrf]").forEach((input) => (input.value = token));
});

// A press on the scrim closes, as Esc does.
document.addEventListener("mousedown", (event) => {
  if (event.target instanceof HTMLDialogElement) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});

// A page that comes with a decision already (a form sent without script answered by a conflict).
const waiting = document.querySelector<HTMLTemplateElement>("template[data-open-dialog]");
if (waiting) {
  dialog()?.replaceChildren(waiting.content.cloneNode(true));
  open();
}

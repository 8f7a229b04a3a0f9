// One toast at a time: eight seconds, stays while hovered or focused, Ctrl Z presses its Annulla.
import { isTyping } from "./dom";

const place = document.getElementById("toast");
const SHOWN = 8000;
let timer = 0;

function start(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => place?.replaceChildren(), SHOWN);
}

if (place) {
  for (const hold of ["mouseenter", "focusin"]) place.addEventListener(hold, () => clearTimeout(timer));
  for (const free of ["mouseleave", "focusout"]) place.addEventListener(free, start);
  new MutationObserver(start).observe(place, { childList: true });
  if (place.childElementCount) start();
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "z" || event.shiftKey || isTyping(event.target)) return;
  const undo = place?.querySelector<HTMLFormElement>("[data-undo]");
  if (!undo) return;
  event.preventDefault();
  undo.requestSubmit();
  place?.replaceChildren();
});

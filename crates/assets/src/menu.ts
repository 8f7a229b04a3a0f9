// Menus are popovers; here the arrows move in them, and older browsers get them placed under their button.
import { neighbour } from "./dom";

/** Opens a menu beside an element, or at a point. */
export function openMenu(menu: HTMLElement, at: Element | { x: number; y: number }): void {
  menu.showPopover();
  if (matchMedia("(max-width: 767.98px)").matches) return;
  const box = at instanceof Element ? at.getBoundingClientRect() : new DOMRect(at.x, at.y, 0, 0);
  const { width, height } = menu.getBoundingClientRect();
  const left = at instanceof Element ? box.right - width : box.x;
  const below = box.bottom + height + 8 < innerHeight;
  menu.style.positionArea = "none";
  menu.style.inset = "auto";
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? box.bottom : Math.max(8, box.top - height - 8)}px`;
}

document.addEventListener("toggle", (event) => {
  const menu = event.target as HTMLElement;
  if (!menu.matches?.("[popover].menu") || (event as ToggleEvent).newState !== "open") return;
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (opener && !CSS.supports("position-area", "block-end")) openMenu(menu, opener);
  menu.querySelector<HTMLElement>("input:not([type=hidden]), .menu-item, a, button")?.focus({ preventScroll: true });
}, true);

document.addEventListener("keydown", (event) => {
  const item = (event.target as HTMLElement).closest<HTMLElement>(".menu .menu-item");
  const menu = item?.closest<HTMLElement>(".menu");
  if (!item || !menu) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -999, End: 999 }[event.key];
  if (!step) return;
  event.preventDefault();
  neighbour([...menu.querySelectorAll<HTMLElement>(".menu-item")], item, step)?.focus();
});

// An item that was pressed closes its menu.
document.addEventListener("click", (event) => {
  const item = (event.target as HTMLElement).closest?.<HTMLElement>("[data-menu] .menu-item");
  const menu = item?.closest<HTMLElement>("[popover]");
  if (menu?.matches(":popover-open")) menu.hidePopover();
});

// Backspace on a chip takes its condition off; its parts open in place.
document.addEventListener("keydown", (event) => {
  const chip = (event.target as HTMLElement).closest<HTMLElement>("[data-chip]");
  if (chip && (event.key === "Backspace" || event.key === "Delete")) {
    event.preventDefault();
    chip.querySelector<HTMLElement>(".chip-remove")?.click();
  }
});
document.addEventListener("click", async (event) => {
  const part = (event.target as HTMLElement).closest?.<HTMLAnchorElement>("[data-chip-part]");
  const place = document.getElementById("chip-menu");
  if (!part || !place || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const url = new URL(part.href);
  url.searchParams.set("part", part.dataset.chipPart ?? "");
  await window.htmx.ajax("get", url.href, { target: place, swap: "innerHTML" });
  openMenu(place, part);
});

// The list with the keyboard and the mouse: moving, opening, selecting, the row menu, and coming back to the same place.
import htmx from "./htmx";
import { fieldOf, isTyping, neighbour, rowOf, rowWith } from "./dom";
import { pressed, written } from "./key";
import { openMenu } from "./menu";

export function mount(list: HTMLElement): void {
  const scroller = list.querySelector<HTMLElement>("[data-scroll]");
  const menu = list.querySelector<HTMLElement>("[data-row-menu]");
  let anchor: HTMLElement | null = null;

  const rows = () => [...list.querySelectorAll<HTMLElement>("tr[data-row]")];
  const current = () => list.querySelector<HTMLElement>("tr.current");
  const tick = (row: HTMLElement) => row.querySelector<HTMLInputElement>(".tick")!;
  const changed = () => list.dispatchEvent(new CustomEvent("selection", { bubbles: true }));

  function move(row: HTMLElement | undefined): void {
    if (!row) return;
    current()?.classList.remove("current");
    row.classList.add("current");
    row.querySelector<HTMLElement>(".row-link")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function select(row: HTMLElement, on = !tick(row).checked): void {
    tick(row).checked = on;
    anchor = row;
    changed();
  }

  function extend(to: HTMLElement): void {
    const all = rows();
    const [a, b] = [all.indexOf(anchor ?? to), all.indexOf(to)].sort((x, y) => x - y);
    for (const row of all.slice(a, b + 1)) tick(row).checked = true;
    changed();
  }

  function selectPage(on: boolean): void {
    for (const row of rows()) tick(row).checked = on;
    changed();
  }

  /** The rows that are there, and the second time all that match. */
  function selectMore(): void {
    const all = rows();
    if (all.length && all.every((row) => tick(row).checked)) list.querySelector<HTMLElement>("[data-act=select-everything]")?.click();
    else selectPage(true);
  }

  /** The shared menu, speaking of one row: `{id}` in its addresses becomes the row's. */
  function aim(row: HTMLElement): void {
    const id = rowOf(row);
    for (const item of menu?.querySelectorAll<HTMLElement>("a, form, [data-copy], [formaction]") ?? []) {
      for (const name of ["href", "action", "data-copy", "formaction"]) {
        const own = item.getAttribute(`data-as-${name}`) ?? item.getAttribute(name);
        if (!own?.includes("{id}")) continue;
        item.setAttribute(`data-as-${name}`, own);
        item.setAttribute(name, own.replaceAll("{id}", id));
      }
    }
  }

  function showMenu(row: HTMLElement, at: Element | { x: number; y: number }): void {
    if (!menu) return;
    move(row);
    aim(row);
    openMenu(menu, at);
  }

  /** Keys of the bulk bar when rows are selected, of the row menu otherwise. */
  function act(key: string): boolean {
    const selected = list.querySelector("tr[data-row] .tick:checked");
    const row = current();
    const place = selected ? list.querySelector<HTMLElement>("[data-bulk]") : menu;
    if (!place || (!selected && !row)) return false;
    if (!selected && row) aim(row);
    const item = [...place.querySelectorAll<HTMLElement>("[data-key]")].find((e) => written(e.dataset.key ?? "") === key);
    item?.click();
    return item !== undefined;
  }

  /** The dots of every row, which lead to nothing without this script. */
  function giveDots(): void {
    for (const row of menu ? rows() : []) {
      const cell = row.lastElementChild;
      if (!cell || cell.firstElementChild) continue;
      const dots = document.createElement("button");
      dots.type = "button";
      dots.className = "dots";
      dots.ariaHasPopup = "menu";
      dots.ariaLabel = `${menu!.dataset.rowMenu}: ${row.querySelector(".row-link")?.textContent}`;
      cell.append(dots);
    }
  }

  list.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("tr[data-row]");
    if (!row) {
      if (target.matches("[data-select-all]")) selectPage((target as HTMLInputElement).checked);
      return;
    }
    if (target.matches(".tick")) {
      if (event.shiftKey && anchor) extend(row);
      anchor = row;
      changed();
    } else if (target.closest(".dots") && menu) {
      event.preventDefault();
      showMenu(row, target.closest(".dots")!);
    } else if (target.closest("[data-field-form]") || (event.altKey && fieldOf(target.closest("td")))) {
      // Edited in its place.
    } else if (list.classList.contains("selecting")) {
      event.preventDefault();
      select(row);
    } else if (!target.closest("a, button, input, label") && !getSelection()?.toString()) {
      row.querySelector<HTMLElement>(".row-link")?.dispatchEvent(
        new MouseEvent("click", { ctrlKey: event.ctrlKey, metaKey: event.metaKey, bubbles: true, cancelable: true }),
      );
    }
  });

  list.addEventListener("contextmenu", (event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("tr[data-row]");
    if (!row || !menu || (event.target as HTMLElement).closest("a:not(.row-link)") || event.shiftKey) return;
    event.preventDefault();
    // A long press on a touch screen selects; a right click opens the menu.
    if ((event as PointerEvent).pointerType === "touch") {
      list.classList.add("selecting");
      select(row, true);
    } else showMenu(row, { x: event.clientX, y: event.clientY });
  });

  // A name that is cut off is told whole.
  list.addEventListener("mouseover", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>(".row-link");
    if (link && link.scrollWidth > link.clientWidth) link.title = link.textContent ?? "";
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !list.isConnected || document.querySelector("dialog[open], .menu:popover-open")) return;
    const onTick = (event.target as HTMLElement).matches?.(".tick");
    if (isTyping(event.target) && !onTick) return;
    const key = pressed(event);
    if (event.altKey) return;
    const step = { j: 1, arrowdown: 1, k: -1, arrowup: -1 }[key.replace("shift ", "")];
    let done = true;
    if (step) {
      const from = current();
      if (key.startsWith("shift ") && from && !anchor) anchor = from;
      move(neighbour(rows(), from, step));
      const to = current();
      if (key.startsWith("shift ") && to) extend(to);
    } else if (key === "enter" && current() && event.target === document.body) current()?.querySelector<HTMLElement>(".row-link")?.click();
    else if ((key === " " || key === "x") && current() && !onTick) select(current()!);
    else if (key === "ctrl a") selectMore();
    else if (key === "escape" && list.querySelector("tr[data-row] .tick:checked")) selectPage(false);
    else if (key === "m" && current()) showMenu(current()!, current()!.querySelector(".dots") ?? current()!);
    else if (/^[1-9]$/.test(key)) document.querySelector<HTMLElement>(`.title-bar [data-view="${key}"]`)?.click();
    else done = /^[a-z]$|^delete$/.test(key) && act(key);
    if (done) event.preventDefault();
  });

  // The line with the next rows: near means ten rows before it is seen.
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      htmx.trigger(target, "near", {});
    }
  }, { root: scroller && getComputedStyle(scroller).overflowY === "auto" ? scroller : null, rootMargin: "0px 0px 400px 0px" });
  const watch = () => list.querySelectorAll("[data-more] a").forEach((link) => near.observe(link));
  list.addEventListener("htmx:afterSettle", () => {
    watch();
    giveDots();
  });
  giveDots();

  // What goes to the trash leaves the keyboard on the row behind it, on the page that comes then.
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const to = (event as SubmitEvent).submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    if (!list.contains(form) || !to?.endsWith("/deletion")) return;
    const all = rows();
    const ticked = all.filter((row) => tick(row).checked);
    const gone = form.matches("[data-bulk]") ? ticked : [current()];
    const last = all.findLastIndex((row) => gone.includes(row));
    const stays = (row: HTMLElement) => !gone.includes(row);
    const next = all.slice(last + 1).find(stays) ?? all.slice(0, Math.max(0, last)).findLast(stays);
    if (next) sessionStorage.setItem(NEXT, rowOf(next));
  }, true);

  comeBack(list, scroller, rows, move).finally(watch);
}

/** Under which the row is kept that has the keyboard after a deletion. */
const NEXT = "list next";

/** Back from a record, or from a deletion: as many rows as there were, the same scroll, the same row. */
async function comeBack(
  list: HTMLElement, scroller: HTMLElement | null, rows: () => HTMLElement[], move: (row: HTMLElement | undefined) => void,
): Promise<void> {
  const place = `list ${location.pathname}${location.search}`;
  const scrolled = () => (scroller && scroller.scrollHeight > scroller.clientHeight ? scroller : document.documentElement);
  addEventListener("pagehide", () => {
    const at = { rows: rows().length, top: scrolled().scrollTop, row: rowOf(list.querySelector("tr.current")) };
    sessionStorage.setItem(place, JSON.stringify(at));
  });
  list.addEventListener("click", (event) => {
    const row = (event.target as HTMLElement).closest("tr[data-row]");
    if (!row) return;
    list.querySelector("tr.current")?.classList.remove("current");
    row.classList.add("current");
  }, true);
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const before = sessionStorage.getItem(place);
  const next = sessionStorage.getItem(NEXT);
  sessionStorage.removeItem(NEXT);
  if ((entry?.type !== "back_forward" && !next) || !before) return;
  const at = JSON.parse(before) as { rows: number; top: number; row?: string };
  if (next) at.row = next;
  while (rows().length < at.rows) {
    const more = list.querySelector<HTMLAnchorElement>("[data-more] a");
    const line = more?.closest("tr");
    if (!more || !line) break;
    const had = rows().length;
    await htmx.ajax("get", more.href, { target: line, swap: "outerHTML" });
    if (rows().length === had) break;
  }
  scrolled().scrollTop = at.top;
  if (at.row) move(rowWith(list, at.row) ?? undefined);
}

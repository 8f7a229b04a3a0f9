// Small questions about elements.

/** True where letters are typed, so that they must not act as keys. */
export function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  if (!element?.matches) return false;
  if (element.matches("input")) return !/^(checkbox|radio|button|submit|range|file)$/.test((element as HTMLInputElement).type);
  return element.matches("textarea, select") || element.isContentEditable;
}

/** Shown, and not in a closed dialog or menu. */
export function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}

/** Says something to screen readers. */
export function say(words: string): void {
  const live = document.getElementById("live");
  if (live) live.textContent = words;
}

/** The sentence given by the server in `data-word-NAME` on the body. */
export function word(name: string): string {
  return document.body.getAttribute(`data-word-${name}`) ?? "";
}

/** Moves among elements by arrows: the one `step` away, staying at the ends. */
export function neighbour<T>(all: T[], current: T | null, step: number): T | undefined {
  const place = current === null ? -1 : all.indexOf(current);
  if (place < 0) return step > 0 ? all[0] : all.at(-1);
  return all[Math.min(all.length - 1, Math.max(0, place + step))];
}

/** The id of the row of a list that an element is or stands in, as its tick sends it; empty outside of one. */
export function rowOf(element: Element | null | undefined): string {
  return element?.closest("tr[data-row]")?.querySelector<HTMLInputElement>(".tick")?.value ?? "";
}

export function rowWith(root: HTMLElement, id: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`.tick[value="${CSS.escape(id)}"]`)?.closest<HTMLElement>("tr[data-row]") ?? null;
}

/** The key of the field that is shown: a cell's stands in the head of its column. */
export function fieldOf(element: HTMLElement | null | undefined): string {
  const cell = element?.closest<HTMLTableCellElement>("tr[data-row] > td");
  if (!cell || cell !== element) return element?.dataset.field ?? "";
  return cell.closest("table")?.tHead?.rows[0]?.cells[cell.cellIndex]?.dataset.field ?? "";
}

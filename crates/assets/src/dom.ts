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

// The board: cards carried with the mouse, a finger or the keyboard; columns that load more; and what others carried meanwhile.
import Sortable from "sortablejs";
import htmx from "./htmx";
import { isTyping } from "./dom";

/** How often it is asked whether something changed, in milliseconds. */
const ASK = 8000;

export function mount(board: HTMLElement): void {
  const { move, changes } = board.dataset;
  const said = board.querySelector<HTMLElement>("#board-said");
  const columns = () => [...board.querySelectorAll<HTMLElement>("[data-column]")];
  const cardsOf = (column: Element) => [...column.querySelectorAll<HTMLElement>("[data-card]")];
  const columnOf = (card: Element) => card.closest<HTMLElement>("[data-column]")!;
  let held: { card: HTMLElement; from: HTMLElement; before: Element | null } | null = null;
  let dragging = false;
  let hint: HTMLElement | null = null;

  const say = (words: string) => { if (said) said.textContent = words; };
  const address = () => location.pathname + location.search;

  /** The board as it is now; what has the focus keeps it. */
  async function refresh(url = address()): Promise<void> {
    const focused = document.activeElement?.closest<HTMLElement>("[data-card]")?.id;
    await htmx.ajax("get", url, { source: board, target: board, swap: "morph:outerHTML", select: "#board" });
    if (focused) document.getElementById(focused)?.querySelector<HTMLElement>(".card-link")?.focus({ preventScroll: true });
  }

  /** Tells the server; a card that may not go there comes back with the board that is asked for again. */
  async function send(card: HTMLElement, column: HTMLElement): Promise<void> {
    const url = (move ?? "").replace("{id}", card.dataset.card ?? "");
    const values = { to: column.dataset.column ?? "", version: card.dataset.version ?? "", drag: "1" };
    await htmx.ajax("post", url, { source: board, target: board, swap: "none", values });
    await refresh();
  }

  function hover(column: HTMLElement | null): void {
    columns().forEach((one) => one.classList.toggle("over", one === column));
    const words = column?.dataset.consequence;
    if (!words) { hint?.remove(); hint = null; return; }
    hint ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "board-hint" }));
    hint.textContent = words;
  }

  function letGo(back: boolean): void {
    if (!held) return;
    const { card, from, before } = held;
    held = null;
    card.classList.remove("lifted");
    hover(null);
    if (back) from.insertBefore(card, before);
    card.querySelector<HTMLElement>(".card-link")?.focus();
    const column = columnOf(card);
    if (back || column === columnOf(from)) return;
    say(`${board.dataset.dropped}: ${column.dataset.label}`);
    void send(card, column);
  }

  function carryTo(column: HTMLElement | undefined): void {
    if (!held || !column) return;
    column.querySelector("[data-cards]")?.prepend(held.card);
    held.card.querySelector<HTMLElement>(".card-link")?.focus();
    held.card.scrollIntoView({ block: "nearest", inline: "nearest" });
    hover(column);
    say(column.dataset.label ?? "");
  }

  if (move) {
    for (const list of board.querySelectorAll<HTMLElement>("[data-cards]")) {
      Sortable.create(list, {
        group: "board", draggable: "[data-card]", forceFallback: true, fallbackOnBody: true, fallbackTolerance: 5,
        delay: 180, delayOnTouchOnly: true, animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 180,
        onStart: () => (dragging = true),
        onMove: ({ to }) => hover(to.closest<HTMLElement>("[data-column]")),
        onEnd: ({ item, from, to }) => {
          dragging = false;
          hover(null);
          if (from !== to) void send(item, to.closest<HTMLElement>("[data-column]")!);
        },
      });
    }
  }

  board.addEventListener("keydown", (event) => {
    const card = (event.target as HTMLElement).closest<HTMLElement>("[data-card]");
    if (!card || isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = columns();
    const at = all.indexOf(columnOf(card));
    const own = cardsOf(all[at]!);
    const focus = (to: HTMLElement | undefined) => to?.querySelector<HTMLElement>(".card-link")?.focus();
    const beside = (step: number) => {
      for (let next = at + step; next >= 0 && next < all.length; next += step) {
        const cards = cardsOf(all[next]!);
        if (cards.length) return cards[Math.min(own.indexOf(card), cards.length - 1)];
      }
      return undefined;
    };
    const acts: Record<string, () => void> = held
      ? { " ": () => letGo(false), Enter: () => letGo(false), Escape: () => letGo(true), ArrowLeft: () => carryTo(all[at - 1]), ArrowRight: () => carryTo(all[at + 1]), ArrowUp: () => {}, ArrowDown: () => {} }
      : {
        " ": () => {
          if (!move) return;
          held = { card, from: card.parentElement!, before: card.nextElementSibling };
          card.classList.add("lifted");
          say(`${board.dataset.lifted}: ${card.querySelector(".card-link")?.textContent}`);
        },
        ArrowLeft: () => focus(beside(-1)), ArrowRight: () => focus(beside(1)),
        ArrowUp: () => focus(own[own.indexOf(card) - 1]), ArrowDown: () => focus(own[own.indexOf(card) + 1]),
      };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });

  board.addEventListener("click", (event) => {
    const more = (event.target as HTMLElement).closest<HTMLAnchorElement>("[data-more]");
    if (!more || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", more.href);
    void refresh(more.href);
  });

  // What others did meanwhile: asked for while somebody looks, and nothing is in the hand.
  if (changes) {
    let seen = "";
    const timer = setInterval(async () => {
      if (!board.isConnected) return clearInterval(timer);
      if (document.hidden || dragging || held) return;
      const answer = await fetch(changes).catch(() => null);
      if (!answer?.ok) return;
      const now = await answer.text();
      if (seen && now !== seen) await refresh(address());
      seen = now;
    }, ASK);
  }
}

// The bell: its panel, and its number, which is another as soon as something happens, in every open page.
import { say } from "./dom";
import { openMenu } from "./menu";

interface Heard {
  count: number;
  word: string;
}

/** Between two tries, in milliseconds, where the line broke or none can be held. */
const AGAIN = 15_000;
const ASKED = 30_000;

export function mount(root: HTMLElement): void {
  const bell = root as HTMLAnchorElement;
  const number = bell.querySelector<HTMLElement>(".bell-count");
  const panel = document.getElementById("bell-panel");
  let known = Number.parseInt(number?.textContent ?? "0", 10) || 0;

  function show({ count, word }: Heard): void {
    if (number) {
      number.hidden = count === 0;
      number.textContent = count > 99 ? "99+" : String(count);
    }
    bell.title = word;
    bell.setAttribute("aria-label", word);
    if (count > known) say(word);
    if (count !== known && panel?.matches(":popover-open")) void fill();
    known = count;
  }

  async function fill(): Promise<void> {
    const answer = await fetch(bell.href, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!panel || !answer?.ok) return;
    panel.innerHTML = await answer.text();
    window.htmx.process(panel);
  }

  async function ask(): Promise<Heard | null> {
    const answer = await fetch(`${bell.pathname}/count`).catch(() => null);
    return answer?.ok ? ((await answer.json()) as Heard) : null;
  }

  bell.addEventListener("click", async (event) => {
    if (!panel || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (panel.matches(":popover-open")) return panel.hidePopover();
    await fill();
    openMenu(panel, bell);
    panel.querySelector<HTMLElement>("a, button")?.focus({ preventScroll: true });
  });
  panel?.addEventListener("toggle", (event) => {
    bell.setAttribute("aria-expanded", String((event as ToggleEvent).newState === "open"));
  });
  // Something was read here.
  document.addEventListener("bell", async () => {
    const heard = await ask();
    if (!heard) return;
    tell(heard);
    if (panel?.matches(":popover-open")) void fill();
    else if (location.pathname === bell.pathname) location.reload();
  });

  const others = new BroadcastChannel(`bell-${bell.dataset.bell ?? ""}`);
  others.addEventListener("message", ({ data }) => show(data as Heard));

  function tell(heard: Heard): void {
    show(heard);
    others.postMessage(heard);
  }

  function listen(): void {
    const source = new EventSource(`${bell.pathname}/live`);
    source.addEventListener("bell", ({ data }) => tell(JSON.parse(data as string) as Heard));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
    });
  }

  // One page of a browser holds the line, and tells the others: a browser has only so many.
  if (navigator.locks) {
    void navigator.locks.request(`bell-${bell.dataset.bell ?? ""}`, () => new Promise<never>(listen));
  } else {
    setInterval(async () => {
      const heard = document.hidden ? null : await ask();
      if (heard) show(heard);
    }, ASKED);
  }
}

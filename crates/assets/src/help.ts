// The manual beside the work: F1 or the link of the top bar opens it at the page one is on, and nothing of that page is left.
// On a wide screen it stays open from page to page until it is closed.

const panel = document.getElementById("help") as HTMLElement;
const inside = document.getElementById("help-inside") as HTMLElement;
const whole = panel.querySelector("[data-help-whole]") as HTMLAnchorElement;
const KEPT = "help";

/** Where the focus was before. */
let before: HTMLElement | null = null;
let turn = 0;

export async function open(address: string, focus = true): Promise<void> {
  const now = ++turn;
  const url = new URL(address, location.href);
  const answer = await fetch(url.pathname + url.search, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (now !== turn) return;
  if (!answer?.ok) {
    // The session has ended, or there is no network: the browser says it as a page.
    if (focus) location.href = url.href;
    return;
  }
  inside.innerHTML = await answer.text();
  whole.href = url.href;
  for (const place of panel.querySelectorAll<HTMLAnchorElement>("nav a")) {
    if (place.href === url.href) place.setAttribute("aria-current", "true");
    else place.removeAttribute("aria-current");
  }
  if (panel.hidden) before = document.activeElement as HTMLElement | null;
  panel.hidden = false;
  sessionStorage.setItem(KEPT, url.pathname + url.search + url.hash);
  inside.scrollTop = 0;
  const heading = url.hash ? inside.querySelector<HTMLElement>(`#help-${CSS.escape(url.hash.slice(1))}`) : null;
  if (heading) inside.scrollTop = heading.offsetTop - 8;
  if (focus) inside.focus({ preventScroll: true });
}

export function close(): void {
  panel.hidden = true;
  sessionStorage.removeItem(KEPT);
  before?.focus();
}

export function toggle(address: string): void {
  if (panel.hidden) void open(address);
  else close();
}

// Links within the manual are followed here; those into the program lead there as ever.
panel.addEventListener("click", (event) => {
  const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a");
  if (!link || link === whole || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.origin === location.origin && link.pathname.startsWith("/guide")) {
    event.preventDefault();
    void open(link.href);
  }
});

panel.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const words = new FormData(form).get("q")?.toString().trim();
  if (words) void open(`${form.action}?${new URLSearchParams({ q: words })}`);
});

panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.preventDefault();
    close();
  }
});

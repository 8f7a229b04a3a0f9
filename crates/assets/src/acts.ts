// What buttons with data-act and data-copy do on every page.
import { closeDialog } from "./dialog";
import { say, word } from "./dom";

const root = document.documentElement;

function remember(name: string, value: string): void {
  // The server reads it with the next page, so that nothing jumps.
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

function theme(name: string): void {
  root.dataset.theme = name;
  if (name === "auto") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = name;
  remember("theme", name);
}

const acts: Record<string, (button: HTMLElement) => void> = {
  "toggle-rail": () => {
    const narrow = root.dataset.rail !== "narrow";
    if (narrow) root.dataset.rail = "narrow";
    else delete root.dataset.rail;
    remember("rail", narrow ? "narrow" : "wide");
  },
  "theme-light": () => theme("light"),
  "theme-dark": () => theme("dark"),
  "theme-auto": () => theme("auto"),
  "close-toast": () => document.getElementById("toast")?.replaceChildren(),
  "close-dialog": closeDialog,
  "close-help": () => void import("./help").then(({ close }) => close()),
  palette: () => void import("./palette").then(({ open }) => open()),
  keys: () => (document.getElementById("keys") as HTMLDialogElement | null)?.showModal(),
  "remove-chosen": (button) => {
    const input = button.closest("[data-tags], .chosen")?.querySelector<HTMLInputElement>("input[type=text]");
    button.closest(".chosen-one")?.remove();
    input?.dispatchEvent(new Event("input", { bubbles: true }));
    input?.focus();
  },
};

document.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const help = target.closest?.<HTMLAnchorElement>("a[data-help]");
  if (help && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    // Nothing beside an open dialog can be used: there the manual opens in a tab of its own.
    if (document.querySelector("dialog[open]")) window.open(help.href, "_blank", "noopener");
    else void import("./help").then(({ toggle }) => toggle(help.getAttribute("href") ?? ""));
  }
  const button = target.closest?.<HTMLElement>("[data-act]");
  if (button) acts[button.dataset.act ?? ""]?.(button);
  const copy = target.closest?.<HTMLElement>("[data-copy]");
  if (copy) {
    const text = copy.dataset.copy ?? "";
    void navigator.clipboard?.writeText(text.startsWith("/") ? new URL(text, location.href).href : text).then(() => say(word("copied")));
  }
});

// Who follows the manual from page to page keeps it open, where there is room beside.
const reading = sessionStorage.getItem("help");
if (reading && document.getElementById("help") && matchMedia("(min-width: 1400px)").matches) {
  void import("./help").then(({ open }) => open(reading, false));
}

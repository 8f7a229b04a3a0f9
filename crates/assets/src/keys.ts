// Keys of the page: whatever carries data-key is pressed by its key; / and Ctrl K search; F1 helps; ? shows the sheet; G then a letter goes.
import { isShown, isTyping } from "./dom";
import { pressed, written } from "./key";

let goingSince = 0;

function go(letter: string): boolean {
  for (const pair of (document.body.dataset.go ?? "").split(",")) {
    const [key, url] = pair.split(" ");
    if (key === letter && url) {
      location.href = url;
      return true;
    }
  }
  return false;
}

async function openPalette(): Promise<void> {
  (await import("./palette")).open();
}

function openSheet(): boolean {
  const sheet = document.getElementById("keys") as HTMLDialogElement | null;
  if (!sheet?.querySelector("section")) return false;
  sheet.showModal();
  return true;
}

/** Presses the element with this key; in an open dialog only what is inside of it. */
function press(key: string): boolean {
  const place = document.querySelector("dialog[open]") ?? document;
  const all = [...place.querySelectorAll<HTMLElement>("[data-key]")];
  const fitting = all.filter((e) => written(e.dataset.key ?? "") === key && !e.closest("[data-row-menu], [data-bulk]"));
  const chosen = fitting.find(isShown) ?? fitting.find((e) => e.closest("[popover]"));
  chosen?.click();
  return chosen !== undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const key = pressed(event);
  let done = false;
  if (key === "ctrl k") {
    void openPalette();
    done = true;
  } else if (key === "f1") {
    const help = [...document.querySelectorAll<HTMLElement>("a[data-help]")];
    (help.find(isShown) ?? help[0])?.click();
    done = help.length > 0;
  } else if (/^ctrl (shift )?enter$/.test(key)) {
    done = press(key);
  } else if (isTyping(event.target) || !("letters" in document.body.dataset)) {
    return;
  } else if (Date.now() - goingSince < 1200 && /^[a-z]$/.test(key)) {
    goingSince = 0;
    done = go(key);
  } else if (document.querySelector("dialog[open]")) {
    return;
  } else if (key === "g" && document.body.dataset.go) {
    goingSince = Date.now();
    done = true;
  } else if (key === "/") {
    void openPalette();
    done = true;
  } else if (key === "?" && openSheet()) {
    done = true;
  } else if (/^(shift )?([a-z]|\[|\?)$/.test(key)) {
    done = press(key);
  }
  if (done) event.preventDefault();
});

// The search box is only the door of the palette; without script it is a form.
document.addEventListener("mousedown", (event) => {
  if ((event.target as Element).closest("[data-palette-open]")) {
    event.preventDefault();
    void openPalette();
  }
});
document.addEventListener("input", async (event) => {
  const box = event.target as HTMLInputElement;
  if (box.matches("[data-palette-open]")) (await import("./palette")).open(box.value);
});

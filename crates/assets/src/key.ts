// How a key is written, on the page and by the browser.

const NAMES: Record<string, string> = {
  invio: "enter", canc: "delete", del: "delete", maiusc: "shift", spazio: " ", space: " ", esc: "escape",
};

/** `Ctrl Maiusc Invio` and a key event, both in the same writing: `ctrl shift enter`. */
export function written(key: string): string {
  return key.toLowerCase().split(" ").map((part) => NAMES[part] ?? part).join(" ");
}

export function pressed(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const letter = /^[a-z]$/.test(key) || key.length > 1;
  const parts = [
    (event.ctrlKey || event.metaKey) && "ctrl", event.altKey && "alt",
    event.shiftKey && letter && "shift", key,
  ];
  return parts.filter(Boolean).join(" ");
}

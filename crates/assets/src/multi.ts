// Rows of values: one more, one less, and exactly one of them first.
export function mount(editor: HTMLElement): void {
  const rows = () => [...editor.querySelectorAll<HTMLElement>("[data-multi-row]")];
  const shown = () => rows().filter((row) => !row.hasAttribute("data-blank"));

  function add(): void {
    const all = rows();
    const blank = all.find((row) => row.hasAttribute("data-blank"));
    const row = blank ?? (all.at(-1)?.cloneNode(true) as HTMLElement);
    if (!row) return;
    if (!blank) {
      const names = all.flatMap((r) => [...r.querySelectorAll<HTMLInputElement>("[name]")]).map((i) => Number(/\[(\d+)\]/.exec(i.name)?.[1] ?? 0));
      const place = Math.max(-1, ...names) + 1;
      row.querySelectorAll(".note").forEach((note) => note.remove());
      row.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
      row.querySelectorAll<HTMLInputElement>("[name]").forEach((input) => {
        input.name = input.name.replace(/\[\d+\]/, `[${place}]`);
        input.removeAttribute("aria-invalid");
        if (input.type === "checkbox") input.checked = false;
        else if (input instanceof HTMLInputElement && !input.name.endsWith(".country")) input.value = "";
      });
      all.at(-1)?.after(row);
      row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    }
    row.removeAttribute("data-blank");
    row.querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
  }

  function remove(row: HTMLElement): void {
    const other = shown().find((r) => r !== row);
    const first = row.querySelector<HTMLInputElement>("[data-primary]")?.checked;
    if (other) row.remove();
    else row.querySelectorAll<HTMLInputElement>("input:not([type=checkbox])").forEach((input) => (input.value = ""));
    if (first && other) other.querySelector<HTMLInputElement>("[data-primary]")!.checked = true;
    (other ?? row).querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }

  editor.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-act]");
    if (button?.dataset.act === "add-row") add();
    if (button?.dataset.act === "remove-row") remove(button.closest<HTMLElement>("[data-multi-row]")!);
  });
  editor.addEventListener("change", (event) => {
    const tick = event.target as HTMLInputElement;
    if (!tick.matches("[data-primary]")) return;
    if (tick.checked) editor.querySelectorAll<HTMLInputElement>("[data-primary]").forEach((other) => (other.checked = other === tick));
    else tick.checked = true;
  });
}

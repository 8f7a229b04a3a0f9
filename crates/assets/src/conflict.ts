// The conflict dialog: choose by arrows, keep all of one side, and see what is missing.
export function mount(conflict: HTMLElement): void {
  const missing = conflict.closest(".dialog")?.querySelector<HTMLElement>("[data-missing]");
  const groups = () => [...conflict.querySelectorAll<HTMLElement>(".conflict-field")];
  const chosen = (group: HTMLElement) => group.querySelector<HTMLInputElement>("input:checked");

  function tell(): void {
    const open = groups().filter((group) => !chosen(group));
    const names = open.map((group) => group.querySelector<HTMLInputElement>("[data-label]")?.dataset.label ?? "");
    if (!missing) return;
    missing.parentElement!.hidden = open.length === 0;
    missing.textContent = (conflict.dataset.wordMissing ?? "").replace("{n}", String(open.length)).replace("{names}", names.join(", "));
  }

  conflict.addEventListener("change", tell);
  conflict.addEventListener("click", (event) => {
    const side = (event.target as HTMLElement).closest<HTMLElement>("[data-act=keep-all]")?.dataset.side;
    if (!side) return;
    conflict.querySelectorAll<HTMLInputElement>(`input[value="${side}"]`).forEach((input) => (input.checked = true));
    tell();
  });
  // A button that lacks something stays alive and takes the focus to what is missing.
  conflict.closest("form")?.addEventListener("submit", (event) => {
    const open = groups().find((group) => !chosen(group));
    if (!open) return;
    event.preventDefault();
    open.querySelector<HTMLInputElement>("input")?.focus();
  });
  (groups().find((group) => !chosen(group)) ?? groups()[0])?.querySelector<HTMLInputElement>("input:checked, input")?.focus();
  tell();
}

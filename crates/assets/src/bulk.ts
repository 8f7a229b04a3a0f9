// The bulk bar says how many rows are selected, and sends all that match when that was asked for.
export function mount(bar: HTMLElement): void {
  const list = bar.closest<HTMLElement>("[data-list]") ?? document.body;
  const count = bar.querySelector<HTMLElement>("[data-bulk-count]")!;
  const all = bar.querySelector<HTMLInputElement>("[data-bulk-all]")!;
  const everything = bar.querySelector<HTMLElement>("[data-act=select-everything]");
  const head = list.querySelector<HTMLInputElement>("[data-select-all]");

  function refresh(): void {
    const ticks = [...list.querySelectorAll<HTMLInputElement>("tr[data-row] .tick")];
    const chosen = ticks.filter((tick) => tick.checked).length;
    if (chosen < ticks.length) all.value = "";
    if (head) {
      head.checked = chosen > 0 && chosen === ticks.length;
      head.indeterminate = chosen > 0 && chosen < ticks.length;
    }
    // Of all that match, the list says above how many they are.
    const many = document.getElementById("count")?.textContent?.trim();
    const everyOne = [count.dataset.all, many].filter(Boolean).join(" · ");
    const words = all.value ? everyOne : chosen === 1 ? count.dataset.one : count.dataset.many;
    count.textContent = chosen ? (words ?? "").replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(chosen)) : "";
    everything?.toggleAttribute("hidden", all.value !== "");
    if (!chosen) list.classList.remove("selecting");
  }

  list.addEventListener("selection", refresh);
  list.addEventListener("htmx:afterSettle", () => {
    // Rows that come later belong to "all" too.
    if (all.value) list.querySelectorAll<HTMLInputElement>("tr[data-row] .tick").forEach((tick) => (tick.checked = true));
    refresh();
  });
  bar.addEventListener("click", (event) => {
    const act = (event.target as HTMLElement).closest<HTMLElement>("[data-act]")?.dataset.act;
    if (act !== "select-everything" && act !== "clear-selection") return;
    const on = act === "select-everything";
    list.querySelectorAll<HTMLInputElement>("tr[data-row] .tick").forEach((tick) => (tick.checked = on));
    all.value = on ? "1" : "";
    refresh();
  });
  refresh();
}

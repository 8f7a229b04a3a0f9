// Fields that are shown, or must be filled in, while others hold certain values, and choices that are offered only then. What is
// hidden is not sent.

export function mount(root: HTMLElement): void {
  const form = root as HTMLFormElement;
  const all = <E extends Element>(selector: string) => [...form.querySelectorAll<E>(selector)];
  const shown = all<HTMLElement>("[data-shown-when]");
  const asked = all<HTMLElement>("[data-required-when]");
  const narrowed = all<HTMLSelectElement>("select:has([data-only])");

  function holds(way: string): boolean {
    const [name, wanted] = way.split("=");
    const said = new FormData(form).getAll(name ?? "").map(String);
    const tick = form.querySelector(`input[type=checkbox][name="${name}"][value="1"]`);
    const known = tick ? [String(said.includes("1"))] : said;
    return known.some((value) => wanted?.split("|").includes(value));
  }
  const anyHolds = (ways: string) => ways.split(",").some(holds);

  /** What does not fit is not offered; where it was chosen, nothing is, or the first that fits where something has to be. */
  function narrow(select: HTMLSelectElement): void {
    for (const option of select.options) {
      const only = option.dataset.only;
      const fits = !only || !form.elements.namedItem(only.split("=")[0] ?? "") || holds(only);
      option.hidden = option.disabled = !fits;
    }
    for (const group of select.querySelectorAll("optgroup")) group.hidden = [...group.children].every((one) => (one as HTMLElement).hidden);
    if (!select.selectedOptions[0]?.disabled) return;
    const fitting = [...select.options].filter((option) => !option.disabled);
    select.value = (fitting.find((option) => !option.value) ?? fitting[0])?.value ?? "";
  }

  function obey(): void {
    narrowed.forEach(narrow);
    for (const field of shown) {
      const on = (field.dataset.shownWhen ?? "").split("&").every(anyHolds);
      field.hidden = !on;
      field.querySelectorAll<HTMLInputElement>("input, select, textarea").forEach((input) => (input.disabled = !on));
    }
    for (const field of asked) {
      const on = anyHolds(field.dataset.requiredWhen ?? "");
      field.querySelectorAll<HTMLElement>(".required").forEach((star) => (star.hidden = !on));
      field.querySelectorAll<HTMLInputElement>("input, select, textarea").forEach((input) => (input.required = on));
    }
  }
  form.addEventListener("change", obey);
  obey();
}

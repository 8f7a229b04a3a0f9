// Fields that are shown while others hold certain values. What is hidden is not sent.

export function mount(root: HTMLElement): void {
  const form = root as HTMLFormElement;
  const conditional = [...form.querySelectorAll<HTMLElement>("[data-shown-when]")];
  function obey(): void {
    const values = new FormData(form);
    const holds = (way: string) => {
      const [name, wanted] = way.split("=");
      const said = values.getAll(name ?? "").map(String);
      const tick = form.querySelector(`input[type=checkbox][name="${name}"][value="1"]`);
      const known = tick ? [String(said.includes("1"))] : said;
      return known.some((value) => wanted?.split("|").includes(value));
    };
    for (const field of conditional) {
      const shown = (field.dataset.shownWhen ?? "").split("&").every((ways) => ways.split(",").some(holds));
      field.hidden = !shown;
      field.querySelectorAll<HTMLInputElement>("input, select, textarea").forEach((input) => (input.disabled = !shown));
    }
  }
  form.addEventListener("change", obey);
  obey();
}

// Free tags: Enter or a comma makes one of what is typed, Backspace takes the last one off.
import { addChosen } from "./link";

export function mount(place: HTMLElement): void {
  const input = place.querySelector<HTMLInputElement>(".chosen-input");
  if (!input) return;
  const take = () => {
    for (const tag of input.value.split(",")) if (tag.trim()) addChosen(place, input, tag.trim(), tag.trim());
    input.value = "";
  };
  input.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === ",") && input.value.trim() && !event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      take();
    } else if (event.key === "Backspace" && !input.value) {
      place.querySelector(".chosen-one:last-of-type")?.remove();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  input.addEventListener("blur", take);
}

// A file dropped on its place is as good as one chosen; the place says its name.
export function mount(place: HTMLElement): void {
  const input = place.querySelector<HTMLInputElement>("input[type=file]");
  const name = place.querySelector<HTMLElement>("[data-drop-name]");
  if (!input) return;
  const stop = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    place.classList.toggle("over", over);
  };
  place.addEventListener("dragover", (event) => stop(event, true));
  place.addEventListener("dragleave", (event) => stop(event, false));
  place.addEventListener("drop", (event) => {
    stop(event, false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    if (name && input.files?.[0]) name.textContent = input.files[0].name;
  });
}

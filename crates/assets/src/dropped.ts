// A file dropped anywhere on a list begins its import: the first step comes into the page and is sent with the file.
import htmx from "./htmx";

export function mount(list: HTMLElement): void {
  const url = list.dataset.import;
  if (!url) return;
  const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const over = (event: DragEvent) => {
    if (!holdsFile(event) || !list.isConnected) return;
    event.preventDefault();
    list.classList.add("dropping");
  };
  const away = () => list.classList.remove("dropping");
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) away();
  });
  document.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    away();
    if (!files?.length || !list.isConnected) return;
    event.preventDefault();
    void htmx.ajax("get", url, { source: list, target: "#content", select: "#wizard", swap: "innerHTML" }).then(() => {
      const form = document.querySelector<HTMLFormElement>("#wizard");
      const input = form?.querySelector<HTMLInputElement>("input[type=file]");
      if (!form || !input) return;
      input.files = files;
      form.requestSubmit();
    });
  });
}

// The frame of a picture: drag moves it, the slider, the wheel and + − zoom, arrows move by keyboard.
import { CropperCanvas, CropperImage } from "cropperjs";

export function mount(place: HTMLElement): void {
  const input = place.querySelector<HTMLInputElement>("input[type=file]")!;
  const frame = place.querySelector<HTMLElement>("[data-crop-place]")!;
  const value = place.querySelector<HTMLInputElement>("[data-crop-value]")!;
  const zoom = place.querySelector<HTMLElement>("[data-crop-zoom]")!;
  const slider = zoom.querySelector<HTMLInputElement>("input")!;
  CropperCanvas.$define();
  CropperImage.$define();
  let image: CropperImage | null = null;
  let zoomed = 1;
  const before = [...frame.childNodes];

  /** What the frame shows, in parts of the picture: x, y, width, height. */
  function measure(): void {
    if (!image) return;
    const [f, i] = [frame.getBoundingClientRect(), image.getBoundingClientRect()];
    const part = (n: number) => Math.min(1, Math.max(0, n)).toFixed(4);
    value.value = [part((f.left - i.left) / i.width), part((f.top - i.top) / i.height), part(f.width / i.width), part(f.height / i.height)].join(",");
  }

  function zoomTo(wanted: number): void {
    wanted = Math.min(4, Math.max(1, wanted));
    image?.$zoom(wanted / zoomed - 1);
    zoomed = wanted;
    slider.value = String(wanted);
    settle();
  }

  /** How far a side must move: what is smaller than the frame stands in its middle, what is larger leaves no empty edge. */
  function gap(from: number, to: number, start: number, end: number): number {
    if (end - start <= to - from) return (from + to - start - end) / 2;
    return start > from ? from - start : end < to ? to - end : 0;
  }

  /** Puts the picture back into its frame. */
  function settle(): void {
    if (!image) return;
    const [f, i] = [frame.getBoundingClientRect(), image.getBoundingClientRect()];
    const across = gap(f.left, f.right, i.left, i.right);
    const down = gap(f.top, f.bottom, i.top, i.bottom);
    if (Math.abs(across) > 0.5 || Math.abs(down) > 0.5) image.$move(across, down);
    measure();
  }

  async function show(file: File): Promise<void> {
    const canvas = document.createElement("cropper-canvas");
    const picture = document.createElement("cropper-image") as CropperImage;
    const handle = document.createElement("cropper-handle");
    handle.setAttribute("action", "move");
    picture.setAttribute("translatable", "");
    picture.setAttribute("scalable", "");
    canvas.append(picture);
    // What was wrong with the last one is of no concern any more.
    document.getElementById(`c-${input.name}`)?.replaceChildren();
    image = null;
    value.value = "";
    frame.replaceChildren(canvas);
    frame.tabIndex = 0;
    picture.src = URL.createObjectURL(file);
    try {
      await picture.$ready();
    } catch {
      // The server says what is wrong with it.
      frame.replaceChildren(...before);
      return;
    }
    // A logo begins whole; a portrait fills its frame.
    picture.$center(place.dataset.crop === "contain" ? "contain" : "cover");
    image = picture;
    zoomed = 1;
    slider.value = "1";
    zoom.hidden = false;
    place.querySelector<HTMLElement>("[data-crop-hint]")!.hidden = false;
    settle();
  }

  input.addEventListener("change", () => input.files?.[0] && void show(input.files[0]));
  slider.addEventListener("input", () => zoomTo(Number(slider.value)));
  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    event.stopPropagation();
    zoomTo(zoomed * (event.deltaY < 0 ? 1.08 : 1 / 1.08));
  }, { passive: false, capture: true });

  let from: { x: number; y: number } | null = null;
  frame.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY };
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    image?.$move(event.clientX - from.x, event.clientY - from.y);
    from = { x: event.clientX, y: event.clientY };
  });
  frame.addEventListener("pointerup", () => {
    from = null;
    settle();
  });
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [8, 0], ArrowRight: [-8, 0], ArrowUp: [0, 8], ArrowDown: [0, -8] }[event.key];
    if (step) image?.$move(step[0]!, step[1]);
    else if (event.key === "+" || event.key === "=") zoomTo(zoomed + 0.1);
    else if (event.key === "-") zoomTo(zoomed - 0.1);
    else return;
    event.preventDefault();
    settle();
  });
}

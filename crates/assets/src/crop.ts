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

  /** No empty edge is left inside of the frame. */
  function settle(): void {
    if (!image) return;
    const [f, i] = [frame.getBoundingClientRect(), image.getBoundingClientRect()];
    const across = i.left > f.left ? f.left - i.left : i.right < f.right ? f.right - i.right : 0;
    const down = i.top > f.top ? f.top - i.top : i.bottom < f.bottom ? f.bottom - i.bottom : 0;
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
    frame.replaceChildren(canvas);
    frame.tabIndex = 0;
    picture.src = URL.createObjectURL(file);
    await picture.$ready();
    picture.$center("cover");
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

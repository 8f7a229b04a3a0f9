// htmx with the morph extension; its settings stand in the page's meta tag.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

// In place of the one that comes with idiomorph, which takes every swap for one of its own: of what places itself by
// hx-swap-oob, the frame would then land on the page too.
htmx.defineExtension("morph", {
  isInlineSwap: (style: string) => style === "morph:outerHTML",
  handleSwap: (style: string, target: Node, fragment: Node) =>
    style === "morph:outerHTML" && Idiomorph.morph(target as Element, (fragment as DocumentFragment).children, { morphStyle: "outerHTML" }),
} as never);

// A form sent by htmx whose answer was redirected is a page of its own: go there, as the browser would have.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = (event as CustomEvent).detail as {
    xhr: XMLHttpRequest;
    requestConfig: { path: string; verb: string };
  };
  if (requestConfig.verb === "get" || !xhr.responseURL) return;
  const asked = new URL(requestConfig.path, location.href);
  const answered = new URL(xhr.responseURL);
  if (asked.pathname !== answered.pathname) {
    event.preventDefault();
    if (answered.href === location.href) location.reload();
    else location.href = answered.href;
  }
});

export default htmx;

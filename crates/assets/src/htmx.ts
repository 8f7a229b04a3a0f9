// htmx with the morph extension; its settings stand in the page's meta tag.
import htmx from "htmx.org";
import "idiomorph/htmx";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

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

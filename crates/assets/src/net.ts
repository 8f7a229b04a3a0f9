// When the network or the server is gone: a thin line says so, and nothing typed is lost.
import { word } from "./dom";

const line = document.getElementById("offline");

function show(words: string): void {
  if (!line) return;
  line.textContent = words;
  line.hidden = words === "";
}

const gone = () => show(line?.dataset.wordOffline ?? "");
addEventListener("offline", gone);
addEventListener("online", () => show(""));
if (!navigator.onLine) gone();

for (const failed of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(failed, gone);
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent).detail as { xhr: XMLHttpRequest };
  // The server may say it better: a fault has words and an incident number.
  const said = xhr.getResponseHeader("X-Message");
  show(said ? decodeURIComponent(said) : word("failed"));
});
document.addEventListener("htmx:afterRequest", (event) => {
  if ((event as CustomEvent).detail.successful && navigator.onLine) show("");
});

// What htmx asks for: with the token of forms, shown as busy when slow, and told when it broke.
const SLOW = 300;

export function watchRequests(body) {
  const timers = new WeakMap();
  body.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.querySelector("meta[name=csrf-token]");
    if (detail.verb !== "get" && token) detail.headers["X-CSRFToken"] = token.content;
  });
  body.addEventListener("htmx:beforeRequest", ({ detail: { target } }) => {
    target.setAttribute("aria-busy", "true");
    timers.set(target, setTimeout(() => target.classList.add("slow"), SLOW));
  });
  body.addEventListener("htmx:afterRequest", ({ detail: { target } }) => {
    clearTimeout(timers.get(target));
    target.classList.remove("slow");
    target.removeAttribute("aria-busy");
  });
  body.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
    const errors = elt.matches?.(".errors") ? elt : elt.querySelector?.(".errors");
    errors?.focus();
  });
  body.addEventListener("htmx:responseError", ({ detail }) => {
    tell(detail.target, detail.xhr.getResponseHeader("X-Error-Number"));
  });
  body.addEventListener("htmx:sendError", ({ detail }) => tell(detail.target, ""));
}

// A note on top of what was to be replaced; nothing that was typed is lost.
function tell(target, number) {
  const words = document.getElementById("broken-words");
  if (!words) return;
  target.querySelector(":scope > .broken")?.remove();
  const note = words.content.firstElementChild.cloneNode(true);
  note.querySelector("time").textContent = new Date().toLocaleTimeString(document.documentElement.lang);
  note.querySelector("output").textContent = number || "—";
  target.prepend(note);
  note.focus();
}

// A draft in this browser alone, kept when somebody asks for it, wiped with a button or when sent.
import { words } from "./asking.js";

export function watchDrafts(form) {
  const place = `lianfang-draft:${location.pathname}`;
  const line = form.querySelector("[data-drafts]");
  const status = form.querySelector("[data-draft-status]");
  const fields = () =>
    [...form.elements].filter(
      ({ name, type }) => name && !["hidden", "file", "submit", "button"].includes(type),
    );
  const kept = () => JSON.parse(localStorage.getItem(place) ?? "null");

  function keep() {
    const found = fields().map(({ name, type, value, checked }) =>
      type === "radio" ? [name, value, checked] : [name, value],
    );
    localStorage.setItem(place, JSON.stringify(found));
    status.textContent = words.kept;
  }

  function wipe() {
    localStorage.removeItem(place);
    status.textContent = words.wiped;
  }

  function restore(found) {
    for (const [name, value, checked] of found) {
      for (const field of fields().filter((one) => one.name === name)) {
        if (field.type !== "radio") field.value ||= value;
        else if (field.value === value) field.checked = checked;
      }
    }
    status.textContent = words.kept;
  }

  try {
    const found = kept();
    if (found) restore(found);
  } catch {
    return { wipe() {} };
  }
  line.hidden = false;
  line.querySelector("[data-draft=keep]").addEventListener("click", keep);
  line.querySelector("[data-draft=wipe]").addEventListener("click", wipe);
  form.addEventListener("input", () => kept() && keep());
  return { wipe };
}

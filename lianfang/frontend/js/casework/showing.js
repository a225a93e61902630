// What was opened, as elements: texts as texts, pictures of safe kinds shown, the rest to download.
import { said } from "./page.js";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

function labelOf(name) {
  const words = document.getElementById("casework-words").content;
  return words.querySelector(`[data-word="field-${CSS.escape(name)}"]`)?.textContent.trim() ?? name;
}

// Every filled field of a body, a letter or an identity, with its label.
export function listOf(content) {
  return Object.entries(content.answers ?? content)
    .filter(([, value]) => typeof value === "string" && value.trim())
    .flatMap(([name, value]) => {
      const label = document.createElement("dt");
      const text = document.createElement("dd");
      label.textContent = labelOf(name);
      text.textContent = value;
      text.translate = false;
      return [label, text];
    });
}

function urlOf(content, type) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(new Blob([content], { type }));
  });
}

export function shownFile({ name, type, content }) {
  const figure = document.createElement("figure");
  const link = document.createElement("a");
  link.textContent = `${said("download")} ${name}`;
  link.translate = false;
  link.download = name;
  // never shown by its own type: what somebody sent opens in no page of ours
  link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  if (PICTURES.has(type)) {
    const picture = document.createElement("img");
    picture.alt = name;
    urlOf(content, type).then((url) => (picture.src = url));
    figure.append(picture);
  }
  const caption = document.createElement("figcaption");
  caption.append(link);
  figure.append(caption);
  return figure;
}

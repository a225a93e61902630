// A report is unlocked, shown and answered; nothing that was opened is kept or sent anywhere.
import { joinedKey, openKey } from "../sealing/envelopes.js";
import { sealFurther } from "../sealing/filing.js";
import { keyForOffice, openLetter } from "../sealing/letters.js";
import {
  BODY,
  filePart,
  IDENTITY,
  letterFilePart,
  openPart,
  read,
  unpackedFile,
} from "../sealing/parts.js";
import { ask, askBytes, busy, bytesOf, onSubmit, opened, pageData, said, textOf } from "./page.js";
import { listOf, shownFile } from "./showing.js";

const language = document.documentElement.lang;
const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
  dateStyle: "long",
  timeZone: "UTC",
});

export function readReport(sodium, root) {
  const data = pageData();
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const state = { pair: null, key: null };

  function showFiles(place, files, keyOf, nameOf) {
    place.replaceChildren(
      ...files.map((file) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        const told = document.createElement("p");
        told.dataset.told = "";
        told.tabIndex = -1;
        told.hidden = true;
        told.className = "form-err";
        button.type = "button";
        button.className = "btn btn-sm";
        button.textContent = `${said("file")} ${file.number}`;
        button.addEventListener("click", () =>
          busy(item, async () => {
            const sealed = await askBytes(file.url);
            const name = nameOf(file);
            const { report } = data;
            const whole = unpackedFile(openPart(sodium, sealed, { key: keyOf(), report, name }));
            button.replaceWith(shownFile(whole));
          }),
        );
        item.append(button, told);
        return item;
      }),
    );
  }

  function showLetters(letters) {
    part("letters").replaceChildren(
      ...letters.map((letter) => {
        const shown = part("letter").content.cloneNode(true);
        const item = shown.querySelector("li");
        item.querySelector("[data-from]").textContent = said(letter.from);
        const time = item.querySelector("time");
        [time.dateTime, time.textContent] = [letter.on, day.format(new Date(letter.on))];
        try {
          const sealed = bytesOf(sodium, letter.sealed);
          const key = keyForOffice(sodium, sealed, state.key);
          const content = read(
            openLetter(sodium, sealed, { key, report: data.report, letter: letter.id }),
          );
          item.querySelector("[data-text]").replaceChildren(...listOf(content));
          showFiles(
            item.querySelector("ul"),
            letter.files,
            () => key,
            (file) => letterFilePart(letter.id, file.number),
          );
        } catch {
          item.querySelector("[data-text]").textContent = said("broken");
        }
        return item;
      }),
    );
  }

  onSubmit(part("unlock"), async (form) => {
    const pair = opened(sodium, data.key, form.elements.passphrase.value);
    const found = await ask(data.urls.open);
    const key = openKey(sodium, bytesOf(sodium, found.envelope), pair);
    const body = read(
      openPart(sodium, bytesOf(sodium, found.body), { key, report: data.report, name: BODY }),
    );
    Object.assign(state, { pair, key });
    form.reset();
    part("body").replaceChildren(...listOf(body));
    showFiles(part("files"), found.files, () => key, (file) => filePart(file.number));
    showLetters(found.letters);
    part("locked").hidden = true;
    part("opened").hidden = false;
    part("opened").focus();
    if (part("identity")) part("identity").hidden = false;
  });

  onSubmit(part("answer"), async (form) => {
    const text = form.elements.text.value.trim();
    if (!text) throw new Error(said("empty"));
    const answers = data.senders.map(({ report, office, sender }) => {
      const { letter, sealed } = sealFurther(sodium, {
        report,
        letter: crypto.randomUUID(),
        office: bytesOf(sodium, office),
        sender: bytesOf(sodium, sender),
        content: { text },
        files: [],
      });
      return { report, letter, sealed: textOf(sodium, sealed) };
    });
    const { go } = await ask(data.urls.answer, { about: form.elements.about.value, answers });
    location.assign(go);
  });

  onSubmit(part("identity"), async (form) => {
    const found = await ask(data.urls.identity);
    const [one, other] = [found.one, found.other].map((half) =>
      openKey(sodium, bytesOf(sodium, half), state.pair),
    );
    const key = joinedKey(one, other);
    const identity = read(
      openPart(sodium, bytesOf(sodium, found.identity), {
        key,
        report: data.report,
        name: IDENTITY,
      }),
    );
    form.replaceChildren(...listOf(identity));
  });

  root.querySelector("[data-print]")?.addEventListener("click", () => window.print());
}

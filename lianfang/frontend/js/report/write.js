// A report: sealed here, sent, and its receipt shown. What is sent again stays one report.
import { sealFurther, sealReport } from "../sealing/filing.js";
import { derive, grouped, newReceipt } from "../sealing/receipts.js";
import { canSeal, keys, Refused, said, send, sodium, watchRefusals, words } from "./asking.js";
import { watchDrafts } from "./drafts.js";
import { watchFiles } from "./files.js";

const QUESTIONS = ["what", "who", "unit", "when", "where", "known", "evidence"];

const asKey = (found, { id, public_key }) => ({ id, publicKey: found.from_hex(public_key) });

function written(form) {
  const values = new FormData(form);
  const answers = {};
  for (const name of QUESTIONS) {
    const value = String(values.get(name) ?? "").trim();
    if (value) answers[name] = value;
  }
  const signed = values.get("signed") === "yes";
  const told = (name) => String(values.get(name) ?? "").trim();
  return {
    body: { format: 1, language: document.documentElement.lang, answers, sealed_in: "browser" },
    identity: signed ? { name: told("name"), contact: told("contact") } : null,
  };
}

function asText(form) {
  const { body, identity } = written(form);
  const lines = Object.entries(body.answers).map(([name, value]) => {
    const label = form.querySelector(`label[for="${form.elements[name].id}"]`);
    return `${label.textContent.trim().replace(/\s+/g, " ")}\n${value}\n`;
  });
  if (identity) lines.push(`${identity.name} ${identity.contact}\n`);
  return lines.join("\n");
}

export function watchWrite(page) {
  const form = page.querySelector("[data-report]");
  if (!form) return;
  const status = form.querySelector("[data-status]");
  if (!canSeal()) {
    status.textContent = words.insecure;
    return;
  }
  const refuse = watchRefusals(form, () => asText(form));
  const drafts = watchDrafts(form);
  const picked = watchFiles(form);
  const button = form.querySelector("button[type=submit]");
  const signer = form.elements.name;
  // of this report, until it is known to have arrived
  const own = { receipt: "", derived: null, content: "", sealed: null };

  form.addEventListener("focusin", () => sodium().catch(() => {}), { once: true });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "signed") signer.required = target.value === "yes";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity() || button.disabled) return;
    button.disabled = true;
    refuse("");
    try {
      arrived(await sent());
    } catch (error) {
      refuse(said(error));
    } finally {
      button.disabled = false;
      status.textContent = "";
    }
  });

  async function sent() {
    status.textContent = words.sealing;
    const [found, to, files] = [await sodium(), await keys(), await picked.files()];
    if (!to.readers.length) throw new Refused({ error: words.noreader });
    const content = written(form);
    own.receipt ||= newReceipt(found);
    own.derived ??= await derive(found, own.receipt, found.from_hex(to.salt));
    const told = JSON.stringify([content, files.map(({ name, content: { length } }) => [name, length])]);
    if (own.content !== told) {
      own.sealed = sealReport(found, {
        ...content,
        report: crypto.randomUUID(),
        files,
        readers: to.readers.map((one) => asKey(found, one)),
        witnesses: to.witnesses.map((one) => asKey(found, one)),
      });
      own.content = told;
    }
    status.textContent = words.sending;
    const answer = await send(words.send, own.sealed.report, fields(found));
    if (answer.report !== own.sealed.report) await added(found, answer, content.body, files);
    return answer;
  }

  function fields(found) {
    const { sealed, derived } = own;
    const envelopes = sealed.envelopes.map((one) => ({ ...one, sealed: found.to_hex(one.sealed) }));
    const named = [
      ["report", sealed.report],
      ["token", found.to_hex(derived.token)],
      ["sender_key", found.to_hex(derived.pair.publicKey)],
      ["letters_key", found.to_hex(sealed.lettersKey)],
      ["envelopes", JSON.stringify(envelopes)],
      ["body", sealed.body],
      ...sealed.files.map((file) => ["files", file.sealed]),
    ];
    if (sealed.identity.length) named.push(["identity", sealed.identity]);
    return named;
  }

  // An earlier try had arrived, and something was changed since: that is added, nothing is lost.
  async function added(found, answer, body, files) {
    const letter = sealFurther(found, {
      report: answer.report,
      letter: own.sealed.report,
      office: found.from_hex(answer.letters_key),
      content: body,
      files,
    });
    const token = found.to_hex(own.derived.token);
    await send(words.add, token, [
      ["token", token],
      ["letter", letter.letter],
      ["sealed", letter.sealed],
      ...letter.files.map((file) => ["files", file.sealed]),
    ]);
  }

  function arrived({ slip }) {
    const done = page.getElementById("done");
    done.querySelector("[data-receipt]").textContent = grouped(own.receipt);
    done.querySelector("[data-digest]").textContent = slip.digest;
    const language = page.documentElement.lang === "en" ? "en-GB" : page.documentElement.lang;
    const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
    done.querySelector("[data-day]").textContent = words.arrived.replace("DAY", day.format(new Date(slip.on)));
    const print = done.querySelector("[data-print]");
    print.hidden = false;
    print.querySelector("button").addEventListener("click", () => print.ownerDocument.defaultView.print());
    drafts.wipe();
    form.reset();
    form.hidden = true;
    for (const heading of page.querySelectorAll("main > .pubh1, main > .lead")) heading.hidden = true;
    done.hidden = false;
    done.focus();
    scrollTo(0, 0);
  }
}

// An officer's own key: made, put under another passphrase, renewed, replaced when it is lost.
import { newPair, openKey, sealKey } from "../sealing/envelopes.js";
import { wrap } from "../sealing/keys.js";
import { ask, bytesOf, onSubmit, opened, pageData, said, textOf } from "./page.js";

const LEAST = 12;
const STEPS = [0, 45, 60, 80];

// A rough idea of how long guessing takes; a line of Chinese or several words do well.
function strengthOf(passphrase) {
  const kinds = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^\x00-\x7f]/, 2500],
    [/[^a-zA-Z0-9\x80-\uffff]/, 30],
  ];
  const range = kinds.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0);
  const different = new Set(passphrase).size;
  const bits = Math.min(passphrase.length, different * 2) * Math.log2(range || 1);
  return STEPS.findLastIndex((least) => bits >= least);
}

function chosen(form) {
  const passphrase = form.elements.passphrase.value;
  if (passphrase !== form.elements.again.value) throw new Error(said("differs"));
  if (passphrase.length < LEAST && strengthOf(passphrase) < 2) throw new Error(said("short"));
  return passphrase;
}

function wrappedFor(sodium, pair, passphrase) {
  const { sealed, salt, operations, memory } = wrap(sodium, pair, passphrase);
  return {
    public: textOf(sodium, pair.publicKey),
    wrapped: textOf(sodium, sealed),
    salt: textOf(sodium, salt),
    operations,
    memory,
  };
}

function watchStrength(form) {
  const meter = form.querySelector("[data-strength]");
  if (!meter) return;
  form.elements.passphrase.addEventListener("input", (event) => {
    const step = event.target.value ? strengthOf(event.target.value) : -1;
    meter.textContent = step < 0 ? "" : said(`strength-${step}`);
    meter.dataset.step = step;
  });
}

export function manageKey(sodium, root) {
  const data = pageData();
  const form = (name) => root.querySelector(`form[data-form="${name}"]`);
  root.querySelectorAll("form").forEach(watchStrength);

  onSubmit(form("make"), async (from) => {
    const passphrase = chosen(from);
    const made = wrappedFor(sodium, newPair(sodium), passphrase);
    const { go } = await ask(data.urls.make, { kind: from.elements.kind.value, ...made });
    location.assign(go);
  });
  onSubmit(form("rewrap"), async (from) => {
    const passphrase = chosen(from);
    const pair = opened(sodium, data.key, from.elements.old.value);
    const { go } = await ask(data.urls.rewrap, wrappedFor(sodium, pair, passphrase));
    location.assign(go);
  });
  onSubmit(form("rotate"), async (from) => {
    const passphrase = chosen(from);
    const pair = opened(sodium, data.key, from.elements.old.value);
    const renewed = newPair(sodium);
    const envelopes = data.envelopes.map(({ report, kind, sealed }) => ({
      report,
      kind,
      sealed: textOf(
        sodium,
        sealKey(sodium, openKey(sodium, bytesOf(sodium, sealed), pair), renewed.publicKey),
      ),
    }));
    const made = wrappedFor(sodium, renewed, passphrase);
    const { go } = await ask(data.urls.rotate, { ...made, envelopes });
    location.assign(go);
  });
  onSubmit(form("lost"), async (from) => {
    const passphrase = chosen(from);
    const made = wrappedFor(sodium, newPair(sodium), passphrase);
    const { go } = await ask(data.urls.lost, made);
    location.assign(go);
  });
  root.querySelector("[data-print]")?.addEventListener("click", () => window.print());
}

// A witness opens their half of an identity's key and seals it to whoever asks: that is consent.
import { openKey, sealKey } from "../sealing/envelopes.js";
import { ask, bytesOf, onSubmit, opened, pageData, textOf } from "./page.js";

export function giveHalf(sodium, root) {
  const data = pageData();
  onSubmit(root.querySelector("form[data-form=unlock]"), async (form) => {
    const pair = opened(sodium, data.key, form.elements.passphrase.value);
    const half = openKey(sodium, bytesOf(sodium, data.sealed), pair);
    const sealed = sealKey(sodium, half, bytesOf(sodium, data.to));
    const { go } = await ask(data.urls.consent, { half: textOf(sodium, sealed) });
    location.assign(go);
  });
}

// What others lack is sealed to them anew, all in one go, by somebody who can open it.
import { openKey, sealKey } from "../sealing/envelopes.js";
import { ask, bytesOf, onSubmit, opened, pageData, textOf } from "./page.js";

export function shareEnvelopes(sodium, root) {
  const data = pageData();
  onSubmit(root.querySelector("form[data-form=unlock]"), async (form) => {
    const pair = opened(sodium, data.key, form.elements.passphrase.value);
    const envelopes = data.items.flatMap(({ report, kind, sealed, to }) => {
      const key = openKey(sodium, bytesOf(sodium, sealed), pair);
      return to.map((each) => ({
        report,
        kind,
        key: each.key,
        sealed: textOf(sodium, sealKey(sodium, key, bytesOf(sodium, each.public))),
      }));
    });
    const { go } = await ask(data.urls.share, { envelopes });
    location.assign(go);
  });
}

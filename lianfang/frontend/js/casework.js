// Officers' pages of sealed reports: keys, reading, sharing, witnessing. Only here are reports
// opened; a private key lives in the memory of the page and is asked for again after leaving it.
import sodium from "libsodium-wrappers-sumo";
import { manageKey } from "./casework/key.js";
import { readReport } from "./casework/reading.js";
import { shareEnvelopes } from "./casework/sharing.js";
import { giveHalf } from "./casework/witnessing.js";

const PAGES = { key: manageKey, report: readReport, sharing: shareEnvelopes, ask: giveHalf };

const root = document.querySelector("[data-casework]");
if (root) {
  await sodium.ready;
  PAGES[root.dataset.casework](sodium, root);
  root.dataset.ready = "";
}

// The one script of every page. Without it every link and form still works.
import htmx from "htmx.org";
import { watchChips } from "./chips.js";
import { watchRequests } from "./requests.js";
import { watchKeys } from "./keys.js";
import { watchPalette } from "./palette.js";
import { offerSecurityKeys } from "./securitykeys.js";

window.htmx = htmx;
watchChips(document);
watchRequests(document.body);
watchKeys(document);
watchPalette(document);
offerSecurityKeys(document);

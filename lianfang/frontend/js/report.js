// The script of the pages for senders. Without it every form goes to the server.
import { watchFollow } from "./report/follow.js";
import { watchWrite } from "./report/write.js";

watchWrite(document);
watchFollow(document);

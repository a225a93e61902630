// libsodium, in a file of its own: it is fetched when somebody begins to write, never before.
export { default } from "libsodium-wrappers";

// The browser's way of blanking a PDF, run by test_cleaning.py.
import { readFileSync } from "node:fs";
import { cleanedPdf } from "../../frontend/js/report/cleaning.js";

const { content, whole } = cleanedPdf(new Uint8Array(readFileSync(0)));
process.stdout.write(JSON.stringify({ content: Buffer.from(content).toString("hex"), whole }));

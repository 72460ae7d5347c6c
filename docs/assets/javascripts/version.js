// Which build of the site this tab runs, and whether the server has another by now. A reload takes it.

import { readHtml } from "./trusted.js";

/** The build's hash, as it stood in the page with which this tab began. */
const build = buildOf(document);

/** @param {ParentNode} page */
function buildOf(page) {
  return page.querySelector('meta[name="pb-build"]')?.getAttribute("content") ?? "";
}

/** A server that does not answer within this has nothing to say. */
const PATIENCE_MS = 10_000;

/** Whether the page that is shown comes from another build than the scripts that run. */
export const isOther = () => buildOf(document) !== build;

/** Whether the server has another build: files of this one may be gone. */
export async function newerThere() {
  try {
    const response = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    const page = readHtml(await response.text());
    return response.ok && ![build, ""].includes(buildOf(page));
  } catch {
    return false; // it cannot be asked
  }
}

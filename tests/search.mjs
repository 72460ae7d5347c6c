// Searches a built site as its page does, without a browser: the search worker (docs/assets/javascripts/search.js) with
// Material's own. Reads {"worker", "material", "index", "queries"}, files and what is typed; writes for each query the pages
// in their order.

import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const { worker, material, index, queries } = JSON.parse(readFileSync(0, "utf-8"));
const target = new EventTarget();
/** @type {string[][]} */
const found = [];
/** @type {(message: any) => void} */
let answer = () => {};
Object.assign(globalThis, {
  self: globalThis,
  addEventListener: target.addEventListener.bind(target),
  dispatchEvent: target.dispatchEvent.bind(target),
  postMessage: (/** @type {any} */ message) => answer(message),
  location: new URL("https://playbook.example/assets/playbook/javascripts/search.js#search.js"),
  material: () => runInThisContext(readFileSync(material, "utf-8")),
});
/** @param {object} data */
const asked = (data) =>
  new Promise((resolve) => {
    answer = resolve;
    dispatchEvent(new MessageEvent("message", { data }));
  });

runInThisContext(readFileSync(worker, "utf-8"));
const { config, docs } = JSON.parse(readFileSync(index, "utf-8"));
await asked({ type: 0, data: { config, docs, options: { suggest: false } } });
for (const query of queries) {
  const { data } = await asked({ type: 2, data: query });
  found.push(data.items.map((/** @type {{ location: string }[]} */ [{ location }]) => location.split("#")[0]));
}
process.stdout.write(JSON.stringify(found), () => process.exit());

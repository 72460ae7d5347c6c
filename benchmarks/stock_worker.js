// The worker of a site whose Python starts as Pyodide's documentation shows it, for comparison: the same page, the same
// calculators and the same messages as docs/assets/javascripts/worker.js, from Pyodide's own files beside it in stock/.

import { loadPyodide } from "./stock/pyodide.mjs";

const bridge = start(location.hash.slice(1));
let earlier = Promise.resolve();

addEventListener("message", ({ data }) => {
  earlier = earlier.then(async () => {
    const reply = (await bridge).reply(data.request);
    postMessage({ type: "reply", id: data.id, reply });
  });
});

async function start(manifest) {
  const calculators = fetch(new URL("./stock/calculators.zip", import.meta.url)).then((file) => file.arrayBuffer());
  const settings = fetch(manifest).then((file) => file.json());
  const wheels = fetch(new URL("./stock/wheels.json", import.meta.url)).then((file) => file.json());
  const base = new URL("./stock/", import.meta.url).href;
  const pyodide = await loadPyodide({ indexURL: base, packageBaseUrl: base });
  const others = (await wheels).map((name) => base + name); // those that Pyodide's lock file does not know
  await pyodide.loadPackage(["pandas", ...others], { messageCallback: () => {} });
  pyodide.unpackArchive(await calculators, "zip");
  const started = pyodide.pyimport("calculators.bridge").Bridge(JSON.stringify((await settings).settings));
  postMessage({ type: "ready", boot: "stock" });
  return started;
}

// Runs docs/assets/javascripts/worker.js under Node as if in a browser: node worker_under_node.mjs WORKER MANIFEST
// reads {"attachments": {name: base64}, "requests": [{"kind", "request"}, …]} from stdin, prints {"boot", "warned", "answers"}
// with the worker's warnings and answers, bytes in base64. Not a second boot: the worker, boot and files are those that a
// page gets.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [worker, manifest] = process.argv.slice(2).map((path) => pathToFileURL(path).href);
const { attachments, requests } = JSON.parse(fs.readFileSync(0, "utf8"));

// Pyodide looks at these to tell where it is; without `process` it takes its browser's way.
const node = globalThis.process;
const listeners = [];
Object.assign(globalThis, {
  WorkerGlobalScope: class {
    static [Symbol.hasInstance] = () => true;
  },
  self: globalThis,
  location: new URL(`${worker}#${manifest}`),
  addEventListener: (_type, listener) => listeners.push(listener),
  postMessage: receive,
  fetch: async (url) => new Response(fs.readFileSync(new URL(url))),
  XMLHttpRequest: class {
    open = (_method, url) => Object.assign(this, { status: 200, response: fs.readFileSync(new URL(url)) });
    send = () => {};
  },
});
delete globalThis.process;

const answers = [];
const warned = [];
console.warn = (...words) => warned.push(words.join(" "));
let boot;
function receive(message) {
  if (message.type === "failed") {
    node.stderr.write(`${message.reason}: ${message.detail}\n`, () => node.exit(1));
  } else if (message.type === "ready") {
    ({ boot } = message);
    endWhenAnswered();
  } else if ("id" in message) {
    const content = message.content && Buffer.from(message.content).toString("base64");
    answers.push({ ...message, content });
    endWhenAnswered();
  }
}

function endWhenAnswered() {
  if (answers.length < requests.length) return;
  node.stdout.write(JSON.stringify({ boot, warned, answers }), () => node.exit(0));
}

await import(worker);
const send = (data) => listeners.forEach((listener) => listener({ data }));
requests.forEach((request, id) => {
  // As a page does it: each file crosses once, with the first request.
  const files = Object.entries(id === 0 ? attachments : {});
  const bytes = files.map(([name, content]) => [name, new Uint8Array(Buffer.from(content, "base64")).buffer]);
  send({ id, ...request, attachments: Object.fromEntries(bytes) });
});

// Runs docs/assets/javascripts/worker.js under Node as if in a browser: node worker_under_node.mjs WORKER MANIFEST
// reads {"attachments": {name: base64}, "requests": [{kind, request}]} from stdin, prints the worker's answers as JSON.
// Not a second boot: the same worker, boot and files that a page gets, for tests and for comparing replies.
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
  location: new URL(worker),
  addEventListener: (_type, listener) => listeners.push(listener),
  postMessage: receive,
  fetch: async (url) => new Response(fs.readFileSync(new URL(url))),
});
delete globalThis.process;

const answers = [];
function receive(message) {
  if (message.type === "progress" || message.type === "ready") return;
  if (message.type === "failed") throw new Error(`${message.reason}: ${message.detail}`);
  const { content } = message;
  answers.push(content ? { ...message, content: Buffer.from(content).toString("base64") } : message);
  if (answers.length === requests.length) {
    node.stdout.write(JSON.stringify(answers), () => node.exit(0));
  }
}

await import(worker);
const send = (data) => listeners.forEach((listener) => listener({ data }));
const bytes = (base64) => new Uint8Array(Buffer.from(base64, "base64")).buffer;
send({ type: "start", manifest });
requests.forEach((request, id) => {
  const carried = id === 0 ? Object.entries(attachments).map(([name, content]) => [name, bytes(content)]) : [];
  send({ type: "request", id, ...request, attachments: Object.fromEntries(carried) });
});

// The one worker of a tab, which owns Python: takes the page's requests and answers them in order. Here: the messages
// between page and worker. Not here: how Python starts (boot.js), what a request means (calculators/bridge.py).
// JSON text and bytes cross this boundary, never Python proxies.

import { BootError, boot } from "./boot.js";
import { manifestUrl } from "./files.js";

/**
 * @typedef {{ id: number, kind: "reply" | "download", request: string,
 *   attachments?: Record<string, ArrayBuffer> }} Request
 */

const python = start(manifestUrl);
python.catch(() => {}); // the page has been told
/** What came earlier: requests are dealt with one by one, those that came too early when Python is there. */
let earlier = python.then(() => {}, () => {});

addEventListener("message", ({ data }) => {
  earlier = earlier.then(() => answer(data));
});

/** @param {string} manifest  its absolute address */
async function start(manifest) {
  try {
    const told = (/** @type {import("./boot.js").Progress} */ progress) => send({ type: "progress", ...progress });
    const { pyodide, settings, boot: kind, later, lacking } = await boot(manifest, told);
    const started = new Python(pyodide, JSON.stringify(settings), later);
    send({ type: "ready", boot: kind, lacking, memory: started.memory });
    const { saveData } = /** @type {any} */ (navigator).connection ?? {};
    if (!saveData) later.fetchAll().catch(() => {}); // what is needed is asked for once more
    return started;
  } catch (error) {
    const reason = error instanceof BootError ? error.reason : "unknown";
    send({ type: "failed", reason, detail: error instanceof Error && reason === "file" ? error.message : String(error) });
    throw error;
  }
}

/** @param {Request} message */
async function answer({ id, kind, request, attachments = {} }) {
  try {
    const started = await python;
    for (const [name, buffer] of Object.entries(attachments)) started.attach(name, buffer);
    if (kind === "reply") {
      const reply = started.bridge.reply(request, started.attachments);
      if (typeof reply !== "string") throw new Error("Python has ended");
      started.checkWhole();
      send({ type: "reply", id, reply, memory: started.memory });
    } else {
      const { name, media, content } = started.download(request);
      started.checkWhole();
      send({ type: "download", id, name, media, content, memory: started.memory }, [content]);
    }
  } catch (error) {
    const { lost } = (await python.catch(() => null))?.later ?? { lost: "" };
    if (lost) send({ type: "failed", reason: "network", detail: lost });
    else {
      // A download of what the reader still has to put right is no fault of this Python's.
      const broken = /** @type {any} */ (error)?.type !== "InvalidInputs";
      send({ type: "error", id, detail: error instanceof Error ? error.message : String(error), broken });
    }
  }
}

/** The calculators' bridge, with the files that the page has handed over so far. */
class Python {
  /**
   * @param {any} pyodide
   * @param {string} settings  JSON
   * @param {import("./boot.js").Later} later
   */
  constructor(pyodide, settings, later) {
    this.module = pyodide._module;
    this.later = later;
    this.bridge = pyodide.pyimport("calculators.bridge").Bridge(settings);
    /** A dict from name to bytes: one copy of each file, in Python's memory, none in JavaScript's. */
    this.attachments = pyodide.runPython("{}");
    this.attachBytes = pyodide.runPython(
      "lambda attachments, name, buffer: attachments.__setitem__(name, buffer.to_bytes())",
    );
  }

  /**
   * Throws when a file did not come that Python wanted to import from: it may have answered as if there were none, and
   * remembers that for ever. The page starts another Python then, and asks that.
   */
  checkWhole() {
    if (this.later.lost) throw new Error(this.later.lost);
  }

  /** How much memory Python has taken, in bytes; what it no longer needs it does not give back. */
  get memory() {
    return this.module.HEAPU8.length;
  }

  /**
   * @param {string} name
   * @param {ArrayBuffer} buffer
   */
  attach(name, buffer) {
    // First, so that memory never holds the old and the new one.
    if (this.attachments.has(name)) this.attachments.delete(name);
    this.attachBytes(this.attachments, name, new Uint8Array(buffer));
  }

  /** @param {string} request */
  download(request) {
    const answer = this.bridge.download(request, this.attachments);
    const [name, media, content] = answer.toJs();
    answer.destroy();
    return { name, media, content: content.buffer };
  }
}

/**
 * @param {object} message
 * @param {Transferable[]} [transfer]
 */
function send(message, transfer = []) {
  postMessage(message, { transfer });
}

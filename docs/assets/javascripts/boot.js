// Starts Python: fetches the runtime that the manifest names, and gives an interpreter with pandas and the calculators
// imported. Here: downloading, progress, starting Pyodide, and why it failed. Not here: the page's requests (worker.js).
// Python is restored from a memory snapshot; whatever hinders that, it starts the ordinary way, from the same files.
// The files are made by macros/runtime/bundle.py.

import { REMOTE, imported } from "./files.js";
import { differ, tableOwn } from "./slots.js";
import { ENVIRONMENT, link, read, restoreFrom, SITE_PACKAGES, unpack } from "./snapshot.js";
import { atOnce, large, NotArrived, small } from "./verified.js";

/**
 * @typedef {"network" | "file" | "folder" | "wasm" | "browser" | "unknown"} Reason
 * @typedef {{ stage: "runtime" | "packages" | "starting", loaded: number, total: number }} Progress  bytes of all files
 * @typedef {{ name: string, size: number }} File  size: bytes as served
 * @typedef {"decoder" | "hasher" | "loader" | "module" | "wasm" | "stdlib" | "libraries" | "packages" | "calculators"} Part
 * @typedef {Part | "snapshot" | "slots"} Role
 * @typedef {File & { layout: import("./snapshot.js").Layout }} Snapshot
 * @typedef {{ decode: (packed: Uint8Array, size: number) => Uint8Array<ArrayBuffer> }} Decoder  zstddec's
 * @typedef {{ start: Record<Part, File>, later: Record<"workbooks", File>, module: string, slots: File,
 *   snapshot: Snapshot | null, lock: object, settings: object, libraries: Record<string, string> }} Manifest
 *   later: what Python fetches when it is imported; module: the part of that name as a file of its own;
 *   slots: what only some engines need (slots.js); libraries: the page's own, by what they are called
 */

/** The magic number of the frame at the start of an archive. */
const SKIPPABLE = 0x184d2a50;

/** Why there is no Python here. */
export class BootError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

// Others' fetch gets what is here already, and nothing else.
/** @type {Record<string, Response>} what Pyodide may ask for, by file name */
let supplies = {};
globalThis.fetch = async (resource) => {
  const address = String(resource);
  // The decoder so unpacks its own WebAssembly, and a page's policy need not allow such addresses.
  if (address.startsWith("data:")) return new Response(Uint8Array.from(atob(address.split(",")[1]), (c) => c.charCodeAt(0)));
  const response = supplies[address.split("/").pop() ?? ""];
  if (!response) throw new TypeError(`Python fetches nothing by itself: ${address}`);
  return response;
};

/**
 * Boots Python from the files beside the manifest. Rejects with a BootError; then start anew in a new worker, since a
 * browser remembers modules that failed to load.
 *
 * @param {string} manifestUrl absolute
 * @param {(progress: Progress) => void} onProgress
 * @returns {Promise<{ pyodide: any, settings: object, boot: "snapshot" | "ordinary", later: Later, lacking: string }>}
 *   lacking: the file that was done without, since it did not come
 */
export async function boot(manifestUrl, onProgress) {
  try {
    checkBrowser();
    /** @type {Manifest} */
    const manifest = JSON.parse(new TextDecoder().decode((await small(manifestUrl)).content));
    const { settings, snapshot } = manifest;
    const base = new URL(".", manifestUrl).href;
    const { stdlib, packages, ...restored } = manifest.start;
    let lacking = "";
    if (snapshot) {
      try {
        const needed = differ() ? { slots: manifest.slots } : {};
        const downloads = new Downloads({ ...restored, ...needed, snapshot }, base, onProgress);
        const later = new Later({ stdlib, packages, ...manifest.later }, downloads);
        const pyodide = await restore(manifest, snapshot.layout, downloads, later);
        downloads.done();
        return { pyodide, settings, boot: "snapshot", later, lacking };
      } catch (error) {
        if (error instanceof NotArrived) lacking = error.file; // and perhaps it alone is not right
        console.warn(`Python's snapshot was not restored; Python starts the ordinary way. ${error}`);
      }
    }
    const downloads = new Downloads(manifest.start, base, onProgress);
    const later = new Later(manifest.later, downloads);
    const pyodide = await start(manifest, downloads, later);
    downloads.done();
    return { pyodide, settings, boot: "ordinary", later, lacking };
  } catch (error) {
    if (error instanceof NotArrived) throw new BootError(error.reason, error.reason === "file" ? error.file : error.message);
    throw error instanceof BootError ? error : new BootError("unknown", String(error));
  }
}

/** Tells a browser that is too old from a policy that forbids WebAssembly; Pyodide itself would hang at either. */
function checkBrowser() {
  if (typeof WebAssembly !== "object") throw new BootError("browser", "no WebAssembly");
  // (func try catch_all end): the exceptions that Pyodide is compiled with
  const probe = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11,
  ]);
  if (!WebAssembly.validate(probe)) throw new BootError("browser", "no WebAssembly exceptions");
  try {
    new WebAssembly.Module(probe);
  } catch (error) {
    throw new BootError("wasm", String(error));
  }
}

/**
 * Restores the snapshot. It is the last to be fetched, so that on a slow line everything else is compiled meanwhile.
 *
 * @param {Manifest} manifest
 * @param {import("./snapshot.js").Layout} layout
 * @param {Downloads} downloads
 * @param {Later} later
 * @returns {Promise<any>}
 */
async function restore(manifest, layout, downloads, later) {
  const begun = begin(manifest, downloads);
  const frames = downloads.arrivals.libraries.then(() => downloads.frames("snapshot"));
  frames.catch(() => {}); // they may fail before they are awaited

  /** @param {any} Module */
  async function prepare(Module) {
    if (!Module.growMemory(layout.size)) throw new Error("not enough memory");
    const tableStart = link(Module, await begun.libraries);
    if (tableStart !== layout.tableStart) throw new Error(`table of ${tableStart}, not ${layout.tableStart} functions`);
    for (const [name, handles] of Object.entries(layout.handles)) {
      for (const handle of handles) {
        Module.LDSO.loadedLibsByHandle[handle] = Module.LDSO.loadedLibsByName[`${SITE_PACKAGES}/${name}`];
      }
    }
    unpack(Module.FS, await begun.calculators);
    restoreFrom(Module, layout, await frames);
  }

  // Pyodide is told that there is one, and gets it when it asks.
  const options = { stdlib: new Response(new Uint8Array()), _loadSnapshot: new Uint8Array() };
  const pyodide = await load(manifest, downloads, begun, prepare, options);
  pyodide.pyimport("restored").resume(await later.taker());
  pyodide.pyimport("calculators.bridge");
  return pyodide;
}

/**
 * The ordinary boot: everything is fetched at once, and Python starts when it is complete.
 *
 * @param {Manifest} manifest
 * @param {Downloads} downloads
 * @param {Later} later
 * @returns {Promise<any>}
 */
async function start(manifest, downloads, later) {
  const begun = begin(manifest, downloads);
  const [packages, library] = [downloads.bytes("packages"), downloads.bytes("stdlib")];
  for (const arriving of [packages, library]) arriving.catch(() => {}); // as above
  const stdlib = new ReadableStream({
    async pull(controller) {
      controller.enqueue(await library);
      controller.close();
    },
  });

  /** @param {any} Module */
  async function prepare(Module) {
    link(Module, await begun.libraries);
    for (const archive of [packages, begun.calculators]) unpack(Module.FS, await archive);
  }

  const pyodide = await load(manifest, downloads, begun, prepare, { stdlib: new Response(stdlib) });
  pyodide.pyimport("restored").have_later(await later.taker());
  pyodide.runPython("import pandas, calculators.bridge");
  return pyodide;
}

/**
 * What both boots need before C starts, in the order in which it is needed.
 *
 * @param {Manifest} manifest
 * @param {Downloads} downloads
 */
function begin(manifest, downloads) {
  const begun = {
    module: downloads.packedModule("module", manifest.module),
    wasm: downloads.bytes("wasm").then((code) => WebAssembly.compile(code)),
    slots: "slots" in downloads.files ? downloads.json("slots") : null,
    libraries: downloads.bytes("libraries").then((archive) =>
      Promise.all(
        read(archive).map(async ([name, bytes]) => {
          const compiled = await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
          return /** @type {[string, WebAssembly.Module]} */ ([name, compiled]);
        }),
      ),
    ),
    calculators: downloads.bytes("calculators"),
  };
  for (const arriving of Object.values(begun)) arriving?.catch(() => {}); // they may fail before they are awaited
  return begun;
}

/**
 * Has Pyodide load, and gives up on it when something failed: Pyodide itself would wait for ever.
 *
 * @param {Manifest} manifest
 * @param {Downloads} downloads
 * @param {ReturnType<typeof begin>} begun
 * @param {(Module: any) => Promise<void>} prepare  what to do before C starts
 * @param {{ stdlib: Response } & Record<string, any>} options  the standard library, and Pyodide's own options
 * @returns {Promise<any>}
 */
async function load(manifest, downloads, begun, prepare, { stdlib, ...options }) {
  // The two files that Pyodide asks for, by names of its own; anything else it must not ask for.
  supplies = { "pyodide.asm.wasm": new Response(), "python_stdlib.zip": stdlib };
  const { loadPyodide } = await downloads.module("loader");
  /** @type {(error: unknown) => void} */
  let fail;
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => (fail = reject));
  // Instead of the first file Pyodide gets what is compiled of it. When the browser refuses that (too little memory, say)
  // Pyodide only logs it and waits.
  WebAssembly.instantiateStreaming = async (_, imports) => {
    try {
      const module = await begun.wasm;
      const instance = await WebAssembly.instantiate(module, imports);
      const slots = await begun.slots;
      return { module, instance: slots ? tableOwn(instance, slots) : instance };
    } catch (error) {
      await downloads.arrivals.wasm; // otherwise the download has failed already, and says why
      fail(new BootError("unknown", String(error)));
      throw error;
    }
  };
  return Promise.race([
    failure,
    downloads.failure,
    loadPyodide({
      indexURL: downloads.base,
      packageBaseUrl: downloads.base,
      lockFileContents: manifest.lock,
      env: ENVIRONMENT,
      /** @param {any} settings */
      createPyodideModule: async (settings) => {
        settings.preRun.push((/** @type {any} */ Module) => {
          Module.addRunDependency("prepare");
          prepare(Module).then(() => Module.removeRunDependency("prepare"), fail);
        });
        return (await begun.module).default(settings);
      },
      ...options,
    }),
  ]);
}

/** The files that Python takes when it first imports something from them. */
export class Later {
  /**
   * @param {Record<string, File>} files
   * @param {Downloads} downloads  those before them
   */
  constructor(files, downloads) {
    this.files = files;
    this.base = downloads.base;
    this.hashing = downloads.hasher;
    /** @type {Record<string, Uint8Array>} */
    this.here = {};
    /** Which file did not come when Python wanted it, and why; "" as long as all came. */
    this.lost = "";
  }

  /** @param {string} role */
  url(role) {
    return new URL(this.files[role].name, this.base).href;
  }

  /** Fetches them, once Python runs: whatever is asked afterwards needs no server any more. */
  async fetchAll() {
    for (const [role, { size }] of Object.entries(this.files)) {
      this.here[role] ??= await large(this.url(role), size, this.hashing, () => {});
    }
  }

  /** What gives Python a file at once, without a promise, as an import in its midst needs it; workers may wait so. */
  async taker() {
    const hasher = await this.hashing();
    return (/** @type {string} */ role) => {
      const here = this.here[role];
      delete this.here[role]; // Python keeps what is in it
      try {
        return here ?? atOnce(this.url(role), hasher);
      } catch (error) {
        this.lost = String(error);
        throw error;
      }
    };
  }
}

/** The manifest's files on their way, counted together; the first that fails rejects `failure`. */
class Downloads {
  /**
   * @param {Partial<Record<Role, File>>} files
   * @param {string} base  address of their folder
   * @param {(progress: Progress) => void} onProgress
   */
  constructor(files, base, onProgress) {
    this.base = base;
    this.files = /** @type {Record<Role, File>} */ (files);
    this.onProgress = onProgress;
    /** @type {Record<string, number>} */
    this.loaded = {};
    /** @type {(error: unknown) => void} */
    this.fail = () => {};
    /** @type {Promise<never>} */
    this.failure = new Promise((_, reject) => (this.fail = reject));
    this.failure.catch(() => {}); // it may happen before anyone waits for it
    /** @type {Record<string, () => void>} */
    this.arrived = {};
    /** @type {Record<string, Promise<void>>} pending for ever when the download failed */
    this.arrivals = {};
    for (const role of Object.keys(files)) this.arrivals[role] = new Promise((resolve) => (this.arrived[role] = resolve));
    /** @type {Promise<Decoder> | null} */
    this.decoder = this.module("decoder").then(async ({ ZSTDDecoder }) => {
      const decoder = new ZSTDDecoder();
      await decoder.init();
      return /** @type {Decoder} */ (decoder);
    });
    // Where modules of this kind are not run as such (Node), it comes as an export.
    const hashing = this.module("hasher").then((own) => /** @type {any} */ (globalThis).hashwasm ?? own.default);
    /** @type {() => Promise<import("./verified.js").Hasher>} */
    this.hasher = async () => (await hashing).createSHA256();
    for (const arriving of [this.decoder, hashing]) arriving.catch(() => {}); // they may fail before they are awaited
  }

  /** @param {Role} role */
  url(role) {
    return new URL(this.files[role].name, this.base).href;
  }

  /**
   * @param {Role} role
   * @param {number} bytes
   */
  count(role, bytes) {
    this.loaded[role] = (this.loaded[role] ?? 0) + bytes;
    const missing = Object.entries(this.files).filter(([key, { size }]) => (this.loaded[key] ?? 0) < size);
    const isPackage = (/** @type {string} */ key) => ["libraries", "packages", "calculators", "snapshot"].includes(key);
    this.onProgress({
      stage: missing.some(([key]) => !isPackage(key)) ? "runtime" : missing.length ? "packages" : "starting",
      loaded: Object.values(this.loaded).reduce((sum, part) => sum + part, 0),
      total: Object.values(this.files).reduce((sum, { size }) => sum + size, 0),
    });
  }

  /**
   * The content of a .bin (macros/runtime/archive.py), once all of it is known to be right: frame by frame as it is gone
   * through, so that memory need not hold all of it at once.
   * @param {Role} role
   * @returns {Promise<Iterable<Uint8Array<ArrayBuffer>>>}
   */
  async frames(role) {
    try {
      const count = (/** @type {number} */ bytes) => this.count(role, bytes);
      const bytes = await large(this.url(role), this.files[role].size, this.hasher, count);
      const [magic, length] = new Uint32Array(bytes.buffer, 0, 2);
      if (magic !== SKIPPABLE) throw new Error("it is no archive");
      const table = new Uint32Array(bytes.buffer, 8, length / 4);
      const decoder = /** @type {Decoder} */ (await this.decoder);
      this.arrived[role]();
      return this.unpacked(bytes, table, 8 + length, decoder);
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes  of an archive
   * @param {Uint32Array} table  of each frame the length, and that of its content
   * @param {number} start  of the first frame
   * @param {Decoder} decoder
   */
  *unpacked(bytes, table, start, decoder) {
    try {
      let end = start;
      for (let at = 0; at < table.length; at += 2) {
        const content = decoder.decode(bytes.subarray(end, (end += table[at])), table[at + 1]);
        if (content.length !== table[at + 1]) throw new Error("it is damaged"); // zstd has compared its checksum
        yield content;
      }
      if (end !== bytes.length) throw new Error("it goes on after its end");
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /** Give back what unpacking took: a page needs the memory, and Python unpacks by itself what it takes later. */
  done() {
    this.decoder = null;
  }

  /**
   * The whole content. (A stream of it would be copied once more.)
   * @param {Role} role
   */
  async bytes(role) {
    const frames = [...(await this.frames(role))];
    return frames.length === 1 ? frames[0] : new Uint8Array(await new Blob(frames).arrayBuffer());
  }

  /**
   * @param {Role} role
   * @returns {Promise<any>}
   */
  async json(role) {
    return JSON.parse(new TextDecoder().decode(await this.bytes(role)));
  }

  /**
   * @param {Role} role
   * @returns {Promise<any>}
   */
  async module(role) {
    const url = this.url(role);
    try {
      const content = REMOTE ? (await small(url)).content : null;
      this.count(role, this.files[role].size);
      return await (content ? this.run(content, url) : imported(url));
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /**
   * A module from an archive, a fifth of its size.
   * @param {Role} role
   * @param {string} plain  the name of the same as a file
   * @returns {Promise<any>}
   */
  async packedModule(role, plain) {
    const address = new URL(plain, this.base).href;
    if (!REMOTE) {
      this.count(role, this.files[role].size);
      return imported(address);
    }
    return this.run(await this.bytes(role), address);
  }

  /**
   * The very bytes that have been checked; where the page's policy forbids to run those, the file that they are of.
   * @param {BufferSource} source
   * @param {string} url
   * @returns {Promise<any>}
   */
  async run(source, url) {
    const checked = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    try {
      return await imported(checked);
    } catch {
      await small(url);
      return await imported(url).catch((error) => {
        throw error instanceof SyntaxError ? new BootError("browser", `${url}: ${error}`) : error;
      });
    } finally {
      URL.revokeObjectURL(checked);
    }
  }
}

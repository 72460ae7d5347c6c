// Starts Python: fetches the runtime that the manifest names, and gives an interpreter with pandas and the calculators
// imported. Here: downloading, progress, starting Pyodide, and why it failed. Not here: the page's requests (worker.js).
// Python is restored from a memory snapshot; whatever hinders that, it starts the ordinary way, from the same files.
// The files are made by macros/runtime/bundle.py.

import { ENVIRONMENT, link, read, SITE_PACKAGES, unpack } from "./snapshot.js";

/**
 * @typedef {"network" | "wasm" | "browser" | "unknown"} Reason
 * @typedef {{ stage: "runtime" | "packages" | "starting", loaded: number, total: number }} Progress  bytes of all files
 * @typedef {{ name: string, size: number }} File  size: bytes as served
 * @typedef {"loader" | "module" | "wasm" | "stdlib" | "libraries" | "packages" | "calculators"} Part
 * @typedef {Part | "snapshot"} Role
 * @typedef {File & { layout: import("./snapshot.js").Layout }} Snapshot
 * @typedef {{ start: Record<Part, File>, snapshot: Snapshot | null, lock: object, settings: object }} Manifest
 */

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

// Pyodide's own fetch is replaced below; this is the one that reaches the server.
const fetchFromServer = globalThis.fetch.bind(globalThis);

/**
 * Boots Python from the files beside the manifest. Rejects with a BootError; then start anew in a new worker, since a
 * browser remembers modules that failed to load.
 *
 * @param {string} manifestUrl absolute
 * @param {(progress: Progress) => void} onProgress
 * @returns {Promise<{ pyodide: any, settings: object, boot: "snapshot" | "ordinary" }>}
 */
export async function boot(manifestUrl, onProgress) {
  try {
    checkBrowser();
    const response = await request(manifestUrl);
    /** @type {Manifest} */
    const manifest = await response.json();
    const { settings, snapshot } = manifest;
    const base = new URL(".", manifestUrl).href;
    if (snapshot) {
      try {
        const { stdlib, packages, ...files } = manifest.start;
        const downloads = new Downloads({ ...files, snapshot }, base, onProgress);
        return { pyodide: await restore(manifest, snapshot.layout, downloads), settings, boot: "snapshot" };
      } catch (error) {
        console.warn(`Python's snapshot was not restored; Python starts the ordinary way. ${error}`);
      }
    }
    const pyodide = await start(manifest, new Downloads(manifest.start, base, onProgress));
    return { pyodide, settings, boot: "ordinary" };
  } catch (error) {
    throw error instanceof BootError ? error : new BootError("unknown", String(error));
  }
}

/** Tells a browser that is too old from a policy that forbids WebAssembly; Pyodide itself would hang at either. */
function checkBrowser() {
  if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
    throw new BootError("browser", "no WebAssembly or no DecompressionStream");
  }
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
 * Restores the snapshot. Compiling waits for nothing but the file itself, and the snapshot unpacks meanwhile.
 *
 * @param {Manifest} manifest
 * @param {import("./snapshot.js").Layout} layout
 * @param {Downloads} downloads
 * @returns {Promise<any>}
 */
async function restore(manifest, layout, downloads) {
  const memory = new Uint8Array(layout.size);
  const filled = downloads.fill("snapshot", memory);
  const libraries = downloads.bytes("libraries").then((archive) =>
    Promise.all(
      read(archive).map(async ([name, bytes]) => {
        const compiled = await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
        return /** @type {[string, WebAssembly.Module]} */ ([name, compiled]);
      }),
    ),
  );
  const calculators = downloads.bytes("calculators");
  for (const arriving of [filled, libraries, calculators]) arriving.catch(() => {}); // it may fail before it is awaited

  /** @param {any} Module */
  async function prepare(Module) {
    if (!Module.growMemory(layout.size)) throw new Error("not enough memory");
    const tableStart = link(Module, await libraries);
    if (tableStart !== layout.tableStart) throw new Error(`table of ${tableStart}, not ${layout.tableStart} functions`);
    for (const [name, handles] of Object.entries(layout.handles)) {
      for (const handle of handles) {
        Module.LDSO.loadedLibsByHandle[handle] = Module.LDSO.loadedLibsByName[`${SITE_PACKAGES}/${name}`];
      }
    }
    unpack(Module.FS, await calculators);
    await filled;
  }

  /** @type {(error: unknown) => void} */
  let fail;
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => (fail = reject));
  // Pyodide takes an empty file for the standard library; it comes later, with the packages, if it is needed at all.
  const pyodide = await load(manifest, downloads, new Response(new Uint8Array()), failure, {
    _loadSnapshot: memory,
    /** @param {any} Module */
    prepare: (Module) => {
      Module.addRunDependency("snapshot");
      prepare(Module).then(() => Module.removeRunDependency("snapshot"), fail);
    },
  });
  pyodide.pyimport("restored").resume((/** @type {Part} */ role) => fetchNow(new URL(manifest.start[role].name, downloads.base)));
  pyodide.pyimport("calculators.bridge");
  return pyodide;
}

/**
 * The ordinary boot: everything is fetched at once, compiled while it arrives, and Python starts when it is complete.
 *
 * @param {Manifest} manifest
 * @param {Downloads} downloads
 * @returns {Promise<any>}
 */
async function start(manifest, downloads) {
  const archives = /** @type {const} */ (["libraries", "packages", "calculators"]).map((role) => downloads.bytes(role));
  const stdlib = new Response(downloads.stream("stdlib"));
  const pyodide = await load(manifest, downloads, stdlib, new Promise(() => {}), {
    /** @param {any} FS */
    fsInit: async (FS) => {
      for (const archive of await Promise.all(archives)) unpack(FS, archive);
    },
  });
  pyodide.runPython("import pandas, calculators.bridge");
  return pyodide;
}

/**
 * Has Pyodide load, and gives up on it when something failed: Pyodide itself would wait for ever.
 *
 * @param {Manifest} manifest
 * @param {Downloads} downloads
 * @param {Response} stdlib
 * @param {Promise<never>} failure  rejects when what the caller does meanwhile failed
 * @param {{ prepare?: (Module: any) => void } & Record<string, any>} options  what to do before C starts; Pyodide's own
 * @returns {Promise<any>}
 */
async function load(manifest, downloads, stdlib, failure, { prepare, ...options }) {
  /** @type {Record<string, Response>} */
  const files = {
    "pyodide.asm.wasm": new Response(downloads.stream("wasm"), { headers: { "Content-Type": "application/wasm" } }),
    "python_stdlib.zip": stdlib,
  };
  const module = downloads.module("module");
  const { loadPyodide } = await downloads.module("loader");

  // Pyodide asks for two files by names of its own, and gets them here; anything else it must not ask for.
  globalThis.fetch = async (resource) => {
    const response = files[String(resource).split("/").pop() ?? ""];
    if (!response) throw new TypeError(`Python fetches nothing by itself: ${resource}`);
    return response;
  };
  return Promise.race([
    failure,
    downloads.failure,
    instantiationFailure(downloads),
    loadPyodide({
      indexURL: downloads.base,
      packageBaseUrl: downloads.base,
      lockFileContents: manifest.lock,
      env: ENVIRONMENT,
      /** @param {any} settings */
      createPyodideModule: async (settings) => {
        if (prepare) settings.preRun.push(prepare);
        return (await module).default(settings);
      },
      ...options,
    }),
  ]);
}

/**
 * Rejects when the browser refuses Pyodide's own module although it arrived (too little memory, say): Pyodide only logs
 * that and waits.
 *
 * @param {Downloads} downloads
 * @returns {Promise<never>}
 */
function instantiationFailure(downloads) {
  const { instantiateStreaming } = WebAssembly;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (source, imports) => {
      const instantiated = instantiateStreaming(source, imports);
      instantiated.catch(async (error) => {
        await downloads.arrivals.wasm; // otherwise the download has failed already, and says why
        reject(new BootError("unknown", String(error)));
      });
      return instantiated;
    };
  });
}

/** @param {string} url */
async function request(url) {
  try {
    const response = await fetchFromServer(url);
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return response;
  } catch (error) {
    throw new BootError("network", `${url}: ${error}`);
  }
}

/**
 * A file at once, without a promise, as an import in the midst of Python needs it; workers may wait so.
 *
 * @param {URL} url
 */
function fetchNow(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${url}: HTTP status ${request.status}`);
  return new Uint8Array(request.response);
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
    /** @type {Partial<Record<Role, Promise<void>>>} pending for ever when the download failed */
    this.arrivals = {};
    /** @type {(error: BootError) => void} */
    this.fail = () => {};
    /** @type {Promise<never>} */
    this.failure = new Promise((_, reject) => (this.fail = reject));
    this.failure.catch(() => {}); // it may happen before anyone waits for it
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
   * The unpacked bytes of a .bin as they arrive, whatever type the server calls them.
   * @param {Role} role
   */
  stream(role) {
    const gunzip = new DecompressionStream("gzip");
    const counter = new TransformStream({
      transform: (/** @type {Uint8Array} */ chunk, controller) => {
        this.count(role, chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
    const arrival = request(this.url(role)).then(({ body }) =>
      /** @type {ReadableStream} */ (body).pipeThrough(counter).pipeTo(gunzip.writable),
    );
    this.arrivals[role] = arrival.catch((error) => {
      this.fail(error instanceof BootError ? error : new BootError("network", `${this.url(role)}: ${error}`));
      return new Promise(() => {});
    });
    return gunzip.readable;
  }

  /**
   * Unpacks a file into memory that is exactly as large.
   * @param {Role} role
   * @param {Uint8Array} memory
   */
  async fill(role, memory) {
    const reader = this.stream(role).getReader();
    let filled = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      memory.set(value, filled); // a RangeError if there is more than was announced
      filled += value.byteLength;
    }
    if (filled !== memory.byteLength) throw new Error(`${this.url(role)}: ${filled}, not ${memory.byteLength} bytes`);
  }

  /** @param {Role} role */
  async bytes(role) {
    return new Uint8Array(await new Response(this.stream(role)).arrayBuffer());
  }

  /**
   * @param {Role} role
   * @returns {Promise<any>}
   */
  async module(role) {
    try {
      const module = await import(this.url(role));
      this.count(role, this.files[role].size);
      return module;
    } catch (error) {
      const reason = error instanceof SyntaxError ? "browser" : "network";
      const failure = new BootError(reason, `${this.url(role)}: ${error}`);
      this.fail(failure);
      throw failure;
    }
  }
}

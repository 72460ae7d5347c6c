// Starts Python: fetches the runtime that the manifest names, and gives an interpreter with pandas and the calculators
// imported. Here: downloading, progress, starting Pyodide, and why it failed. Not here: the page's requests (worker.js).
// The files are made by macros/runtime/bundle.py.

/**
 * @typedef {"network" | "wasm" | "browser" | "unknown"} Reason
 * @typedef {{ stage: "runtime" | "packages" | "starting", loaded: number, total: number }} Progress  bytes of all files
 * @typedef {{ name: string, size: number }} File  size: bytes as served
 * @typedef {"loader" | "module" | "wasm" | "stdlib" | "packages" | "calculators"} Role
 * @typedef {{ start: Record<Role, File>, lock: object, settings: object }} Manifest
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
 * @returns {Promise<{ pyodide: any, settings: object, boot: "ordinary" }>}
 */
export async function boot(manifestUrl, onProgress) {
  try {
    checkBrowser();
    const response = await request(manifestUrl);
    /** @type {Manifest} */
    const manifest = await response.json();
    const pyodide = await start(manifest, new Downloads(manifest, manifestUrl, onProgress));
    return { pyodide, settings: manifest.settings, boot: "ordinary" };
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
 * The ordinary boot: everything is fetched at once, compiled while it arrives, and Python starts when it is complete.
 *
 * @param {Manifest} manifest
 * @param {Downloads} downloads
 * @returns {Promise<any>}
 */
async function start(manifest, downloads) {
  const files = {
    "pyodide.asm.wasm": new Response(downloads.stream("wasm"), { headers: { "Content-Type": "application/wasm" } }),
    "python_stdlib.zip": new Response(downloads.stream("stdlib")),
  };
  const archives = [downloads.bytes("packages"), downloads.bytes("calculators")];
  const module = downloads.module("module");
  const { loadPyodide } = await downloads.module("loader");

  // Pyodide asks for two files by names of its own, and gets them here; anything else it must not ask for.
  globalThis.fetch = async (resource) => {
    const name = String(resource).split("/").pop() ?? "";
    const response = Object.entries(files).find(([known]) => known === name)?.[1];
    if (!response) throw new TypeError(`Python fetches nothing by itself: ${resource}`);
    return response;
  };
  return Promise.race([
    downloads.failure,
    instantiationFailure(downloads),
    loadPyodide({
      indexURL: downloads.base,
      packageBaseUrl: downloads.base,
      lockFileContents: manifest.lock,
      /** @param {object} settings */
      createPyodideModule: async (settings) => (await module).default(settings),
      /**
       * @param {any} FS
       * @param {{ sitePackages: string }} place
       */
      fsInit: async (FS, { sitePackages }) => {
        for (const archive of await Promise.all(archives)) unpack(FS, sitePackages, archive);
      },
    }).then((/** @type {any} */ pyodide) => {
      pyodide.runPython("import pandas, calculators.bridge");
      return pyodide;
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

/**
 * Writes an archive of bundle.py's `pack` into Python's file system; the files keep living in the archive's memory.
 *
 * @param {any} FS
 * @param {string} folder
 * @param {Uint8Array} archive
 */
function unpack(FS, folder, archive) {
  const indexEnd = 4 + new DataView(archive.buffer, archive.byteOffset).getUint32(0, true);
  /** @type {[string, number][]} */
  const index = JSON.parse(new TextDecoder().decode(archive.subarray(4, indexEnd)));
  let offset = indexEnd;
  for (const [name, size] of index) {
    const path = `${folder}/${name}`;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, archive.subarray(offset, offset + size), { canOwn: true });
    offset += size;
  }
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

/** The manifest's files on their way, counted together; the first that fails rejects `failure`. */
class Downloads {
  /**
   * @param {Manifest} manifest
   * @param {string} manifestUrl
   * @param {(progress: Progress) => void} onProgress
   */
  constructor({ start: files }, manifestUrl, onProgress) {
    this.base = new URL(".", manifestUrl).href;
    this.files = files;
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
    const isPackage = (/** @type {string} */ key) => key === "packages" || key === "calculators";
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

// The memory snapshot: what making it (macros/runtime/snapshot.mjs, under Node) and restoring it (boot.js) must do alike.
// Here: archives in Python's file system, linking compiled libraries so that every address comes out the same, and the
// memory that both begin with, from which a snapshot tells only the difference.
// Not here: fetching, and which boot is chosen (boot.js).

/**
 * @typedef {{ size: number, initial: number, checksum: number, tableStart: number, handles: Record<string, number[]> }} Layout
 *   size: bytes of the snapshot, unpacked; initial: bytes of memory that are set before C starts, and their checksum;
 *   tableStart: functions in the table before libraries are linked; handles: what C knows each library by
 */

/** Where wheels are unpacked; Pyodide 314's own place. */
export const SITE_PACKAGES = "/lib/python3.14/site-packages";

/** Python runs as it was compiled (compile.mjs); numpy adds no docstrings of its own then. */
export const ENVIRONMENT = { PYTHONOPTIMIZE: "2", PYTHONNODEBUGRANGES: "1" };

/**
 * The files that archive.py's `pack` made one, in its order; their contents are views of it.
 *
 * @param {Uint8Array} archive
 * @returns {[string, Uint8Array][]}
 */
export function read(archive) {
  let offset = 4 + new DataView(archive.buffer, archive.byteOffset).getUint32(0, true);
  /** @type {[string, number][]} */
  const index = JSON.parse(new TextDecoder().decode(archive.subarray(4, offset)));
  return index.map(([name, size]) => [name, archive.subarray(offset, (offset += size))]);
}

/**
 * Writes an archive into Python's file system; the files keep living in the archive's memory.
 *
 * @param {any} FS
 * @param {Uint8Array} archive
 */
export function unpack(FS, archive) {
  for (const [name, content] of read(archive)) write(FS, name, content);
}

/**
 * @param {any} FS
 * @param {string} name  below SITE_PACKAGES
 * @param {Uint8Array} content
 */
function write(FS, name, content) {
  const path = `${SITE_PACKAGES}/${name}`;
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, content, { canOwn: true });
}

/**
 * Links libraries before the C runtime starts: then memory and table slots are handed out in sequence, and the same order
 * gives the same addresses. Python finds them loaded when it imports them: by their files, of which nothing but the name
 * is needed then; C would keep a copy of the content. Returns the table's length before it.
 *
 * @param {any} Module  Emscripten's
 * @param {[string, WebAssembly.Module][]} libraries
 * @returns {number}
 */
export function link(Module, libraries) {
  const tableStart = Module.wasmTable.length;
  for (const [name, compiled] of libraries) {
    const path = `${SITE_PACKAGES}/${name}`;
    write(Module.FS, name, new Uint8Array(1));
    const dso = Module.newDSO(path, undefined, "loading");
    dso.refcount = Infinity; // never unloaded
    dso.global = false;
    dso.exports = Module.loadWebAssemblyModule(compiled, {}, path, {});
    Module.LDSO.loadedLibsByName[path] = dso;
  }
  return tableStart;
}

/**
 * Turns a snapshot into its difference from the memory that is there before the C runtime starts, and back: what Pyodide
 * and the libraries are compiled with need not be sent twice. Returns a checksum of that memory.
 *
 * @param {Uint8Array<ArrayBuffer>} snapshot  with Pyodide's header, whose second number is its length
 * @param {Uint8Array<ArrayBuffer>} initial
 * @returns {number}
 */
export function toggle(snapshot, initial) {
  const header = new Uint32Array(snapshot.buffer, 0, 2)[1];
  const words = new Uint32Array(snapshot.buffer, header);
  const known = new Uint32Array(initial.buffer, initial.byteOffset, initial.length / 4);
  let checksum = 0;
  for (let at = 0; at < known.length; at++) {
    words[at] ^= known[at];
    checksum = (Math.imul(checksum, 31) + known[at]) | 0;
  }
  return checksum;
}

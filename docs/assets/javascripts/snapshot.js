// The memory snapshot: what making it (macros/runtime/snapshot.mjs, under Node) and restoring it (boot.js) must do alike.
// Here: archives in Python's file system, linking compiled libraries so that every address comes out the same, and
// filling memory, of which a snapshot tells only what differs from that which both begin with.
// Not here: fetching, and which boot is chosen (boot.js).

/**
 * @typedef {{ size: number, filled: number, initial: number, checksum: number, tableStart: number,
 *   handles: Record<string, number[]> }} Layout  size: bytes of memory; filled: bytes of the snapshot's pieces;
 *   initial: bytes of memory that are set before C starts, and their checksum; tableStart: functions in the table
 *   before libraries are linked; handles: what C knows each library by
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
  for (const [place, [name, compiled]] of libraries.entries()) {
    const path = `${SITE_PACKAGES}/${name}`;
    write(Module.FS, name, new Uint8Array(1));
    const dso = Module.newDSO(path, undefined, "loading");
    dso.refcount = Infinity; // never unloaded
    dso.global = false;
    // What a library leaves open is looked up once, with the last: each look goes through everything there is.
    const allowUndefined = place < libraries.length - 1;
    dso.exports = Module.loadWebAssemblyModule(compiled, { allowUndefined }, path, {});
    Module.LDSO.loadedLibsByName[path] = dso;
  }
  return tableStart;
}

/**
 * Turns memory into its difference from other memory, and that back: what Pyodide and the libraries are compiled with
 * need not be sent twice.
 *
 * @param {Uint8Array} memory
 * @param {Uint8Array} other  not longer
 */
export function toggle(memory, other) {
  for (let at = 0; at < other.length; at++) memory[at] ^= other[at];
}

/**
 * @param {Uint8Array} memory  its length a multiple of four
 * @returns {number}
 */
export function checksum(memory) {
  const words = new Int32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  let sum = 0;
  for (let at = 0; at < words.length; at++) sum = (Math.imul(sum, 31) + words[at]) | 0;
  return sum;
}

/**
 * Has Pyodide, once C has begun, take its memory from a snapshot's frames instead of starting Python. Each is an archive of
 * pieces, named by where they belong; "header" is Pyodide's own. Throws when the snapshot is of other libraries.
 *
 * @param {any} Module  Emscripten's, its libraries linked and its memory as large as the snapshot's
 * @param {Layout} layout
 * @param {Iterable<Uint8Array>} frames  gone through once, each as it is needed
 */
export function restoreFrom(Module, layout, frames) {
  const initial = Module.HEAPU8.slice(0, layout.initial);
  if (checksum(initial) !== layout.checksum) throw new Error("other memory to begin with");
  const { restoreSnapshot } = Module.API;
  Module.API.restoreSnapshot = () => {
    const memory = Module.HEAPU8;
    memory.fill(0, initial.length, memoryTop(Module)); // C has begun to use it
    memory.set(initial);
    let header = new Uint8Array();
    let filled = 0;
    for (const frame of frames) {
      for (const [name, content] of read(frame)) {
        const at = Number(name);
        if (name === "header") header = content.slice();
        else if (at < initial.length) toggle(memory.subarray(at), content);
        else memory.set(content, at);
        filled += content.length;
      }
    }
    if (filled !== layout.filled) throw new Error(`${filled}, not ${layout.filled} bytes of memory`);
    return restoreSnapshot(header);
  };
}

/**
 * Where the memory ends that C has asked for.
 *
 * @param {any} Module
 * @returns {number}
 */
export function memoryTop(Module) {
  return Module.HEAPU32[Module._emscripten_get_sbrk_ptr() >>> 2];
}

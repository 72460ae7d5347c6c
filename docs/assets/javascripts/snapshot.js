// The memory snapshot: what making it (macros/runtime/snapshot.mjs, under Node) and restoring it (boot.js) must do alike.
// Here: archives in Python's file system, and linking compiled libraries so that every address comes out the same.
// Not here: fetching, and which boot is chosen (boot.js).

/**
 * @typedef {{ size: number, tableStart: number, handles: Record<string, number[]> }} Layout
 *   size: bytes of the snapshot, unpacked; tableStart: functions in the table before libraries are linked; handles: what
 *   C knows each library by
 */

/** Where wheels are unpacked; Pyodide 314's own place. */
export const SITE_PACKAGES = "/lib/python3.14/site-packages";

/** Python runs as it was compiled, without docstrings and assertions (-OO): numpy adds none either then. */
export const ENVIRONMENT = { PYTHONOPTIMIZE: "2" };

/**
 * The files of an archive of bundle.py's `pack`, in its order; their contents are views of the archive.
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
  for (const [name, content] of read(archive)) {
    const path = `${SITE_PACKAGES}/${name}`;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, content, { canOwn: true });
  }
}

/**
 * Links libraries before the C runtime starts: then memory and table slots are handed out in sequence, and the same order
 * gives the same addresses. Python finds them loaded when it imports them. Returns the table's length before it.
 *
 * @param {any} Module  Emscripten's
 * @param {[string, WebAssembly.Module][]} libraries
 * @returns {number}
 */
export function link(Module, libraries) {
  const tableStart = Module.wasmTable.length;
  for (const [name, compiled] of libraries) {
    const path = `${SITE_PACKAGES}/${name}`;
    const dso = Module.newDSO(path, undefined, "loading");
    dso.refcount = Infinity; // never unloaded
    dso.global = false;
    dso.exports = Module.loadWebAssemblyModule(compiled, {}, path, {});
    Module.LDSO.loadedLibsByName[path] = dso;
  }
  return tableStart;
}

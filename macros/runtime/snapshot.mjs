// Makes the memory snapshot: node snapshot.mjs WORK_DIR WARM_UP
// WORK_DIR holds Pyodide's core files, the compiled standard library, and the archives libraries, packages and
// calculators. WARM_UP is Python that imports and runs all that shall be ready. Writes header (Pyodide's own),
// memory (its difference from what is there before C starts) and layout.json into WORK_DIR. What the browser must do
// alike is in docs/assets/javascripts/snapshot.js.
import nodeCrypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { ENVIRONMENT, SITE_PACKAGES, checksum, link, memoryTop, read, toggle, unpack } from "../../docs/assets/javascripts/snapshot.js";

// Node would print Pyodide's whole module before the error, and end before a pipe has taken it.
process.on("uncaughtException", (error) => {
  fs.writeSync(2, String(error));
  process.exit(1);
});

const work = path.resolve(process.argv[2]);
const warmUp = process.argv[3];
const load = (name) => import(pathToFileURL(path.join(work, name)).href);
const archive = (name) => new Uint8Array(fs.readFileSync(path.join(work, name)));

// The same bytes from the same input: neither the clock nor chance nor this machine leaves a trace. What matters of them is
// set anew when the memory is restored (restored.py).
process.argv[1] = "./this.program"; // as in a browser: Python is told its own path
const MOMENT = Date.UTC(2026, 0, 1);
let ticks = 0;
let drawn = 1;
Date.now = () => MOMENT + ticks++;
performance.now = () => ticks++;
const draw = (array) => {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (drawn = (drawn * 48271) % 2147483647) >>> 8;
  return array;
};
nodeCrypto.randomFillSync = draw;
crypto.getRandomValues = draw;

const { loadPyodide } = await load("pyodide.mjs");
const { default: createModule } = await load("pyodide.asm.mjs");
const libraries = read(archive("libraries"));

// Sizes of free memory that is looked for, bytes.
const LARGEST = 1 << 20;
const SMALLEST = 16;

/** Bytes that are left out together when all are zero: snapshot.py's. */
const PAGE = 4096;

let Module;
let tableStart;
let initial;
const pyodide = await loadPyodide({
  indexURL: work + path.sep,
  env: { ...ENVIRONMENT, PYTHONHASHSEED: "0" }, // a fixed seed: the same bytes from the same input
  _makeSnapshot: true,
  createPyodideModule: (settings) => {
    settings.preRun.push((module) => {
      Module = module;
      for (const name of ["packages", "calculators"]) unpack(module.FS, archive(name));
      tableStart = link(
        module,
        libraries.map(([name, bytes]) => [name, new WebAssembly.Module(bytes)]),
      );
      initial = module.HEAPU8.slice();
    });
    return createModule(settings);
  },
});
// As text: what JavaScript holds of Python would be in the snapshot, which could not be restored.
pyodide.runPython("import restored; restored.begin()");
pyodide.runPython(warmUp);
pyodide.runPython("import restored; restored.leave()");
for (const name of Object.keys(pyodide.loadedPackages)) delete pyodide.loadedPackages[name]; // it must be empty
zeroFreeMemory();

const linked = new Set(libraries.map(([name]) => `${SITE_PACKAGES}/${name}`));
const handles = {};
for (const [handle, { name }] of Object.entries(Module.LDSO.loadedLibsByHandle)) {
  if (linked.has(name)) (handles[name.slice(SITE_PACKAGES.length + 1)] ??= []).push(Number(handle));
}
const strays = Object.keys(Module.LDSO.loadedLibsByName).filter((name) => name.endsWith(".so") && !linked.has(name));
if (strays.length) throw new Error(`the calculators load what is not linked (bundle.py, _NOT_LINKED): ${strays}`);
// Pyodide's header, whose length is its second number, and the memory, of which C uses what is below its top.
const whole = pyodide.makeMemorySnapshot();
const header = new Uint32Array(whole.buffer)[1];
const memory = whole.subarray(header, header + memoryTop(Module));
// The page in which the last byte that is set is, and all before it.
initial = initial.subarray(0, (initial.findLastIndex((byte) => byte) & -PAGE) + PAGE);
toggle(memory, initial);
fs.writeFileSync(path.join(work, "header"), whole.subarray(0, header));
fs.writeFileSync(path.join(work, "memory"), memory);
const layout = { size: memory.length, initial: initial.length, checksum: checksum(initial), tableStart, handles };
fs.writeFileSync(path.join(work, "layout.json"), JSON.stringify(layout));
process.exit(0);

/** Overwrites what malloc has free: what was there would be compressed, sent and restored. */
function zeroFreeMemory() {
  const end = memoryTop(Module);
  const held = [];
  for (let size = LARGEST; size >= SMALLEST; size >>>= 1) {
    for (;;) {
      const block = Module._malloc(size);
      held.push(block);
      Module.HEAPU8.fill(0, block, block + size);
      if (block + size > end) break; // nothing of this size is free any more but memory that is fresh
    }
  }
  held.forEach((block) => Module._free(block));
}

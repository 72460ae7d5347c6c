// In Safari's engine a function that a WebAssembly module exports and the same one in its table are two objects, in all
// others one, as the specification wants. Emscripten asks by identity whether a function has a place in the table, and
// would give it a second one there: every address after that would differ from the snapshot's.
// Here: telling such an engine, and exports as the others would have them. Not here: which function has which place, a
// fact of the file (macros/runtime/slots.py).

// (module (func (export "f")) (table (export "t") 1 funcref) (elem (i32.const 0) 0))
const PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 4, 4, 1, 112, 0, 1, 7, 9, 2, 1, 102, 0, 0, 1, 116, 1, 0, 9,
  7, 1, 0, 65, 0, 11, 1, 0, 10, 4, 1, 2, 0, 11,
]);

/** Whether the table gives other objects than the exports, so that these are to be taken from the table. */
export function differ() {
  const { f, t } = new WebAssembly.Instance(new WebAssembly.Module(PROBE)).exports;
  return /** @type {WebAssembly.Table} */ (t).get(0) !== f;
}

/**
 * An instance whose functions that have a place in its table are the table's own.
 *
 * @param {WebAssembly.Instance} instance  Pyodide's main module
 * @param {Record<string, number>} slots  place by export
 * @returns {{ exports: Record<string, any> }}
 */
export function tableOwn({ exports }, slots) {
  const table = /** @type {WebAssembly.Table} */ (exports.__indirect_function_table);
  const own = Object.entries(slots).map(([name, slot]) => [name, table.get(slot)]);
  return { exports: { ...exports, ...Object.fromEntries(own) } };
}

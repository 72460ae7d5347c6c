// Runs compile.py inside the pinned Pyodide under Node: node compile.mjs CORE_DIR WORK_DIR
// CORE_DIR holds Pyodide's core files; WORK_DIR appears to Python as /work.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [core, work] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(core, "pyodide.mjs")).href);
// As with -OO: neither docstrings, which nobody reads there, nor assertions; and lines without columns, which a traceback
// would underline. snapshot.js has Python run in the same way.
const env = { SOURCE_DATE_EPOCH: "315532800", PYTHONOPTIMIZE: "2", PYTHONNODEBUGRANGES: "1" };
const pyodide = await loadPyodide({ indexURL: core + path.sep, env });
pyodide.mountNodeFS("/work", work);
pyodide.runPython(fs.readFileSync(path.join(import.meta.dirname, "compile.py"), "utf8"));
process.exit(0);

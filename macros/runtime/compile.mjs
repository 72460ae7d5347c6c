// Runs compile.py inside the pinned Pyodide under Node: node compile.mjs CORE_DIR WORK_DIR
// CORE_DIR holds Pyodide's core files; WORK_DIR appears to Python as /work.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [core, work] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(core, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: core + path.sep, env: { SOURCE_DATE_EPOCH: "315532800" } });
pyodide.mountNodeFS("/work", work);
pyodide.runPython(fs.readFileSync(path.join(import.meta.dirname, "compile.py"), "utf8"));
process.exit(0);

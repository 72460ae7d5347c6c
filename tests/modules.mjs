// Calls functions of one of the page's modules that need no page, for tests: reads [[name, ...arguments], …] and writes what
// each gives, or what it throws. {"$random": 7} is a source of chance that is the same each time, {"$result": 0} what an
// earlier call gave.

import { readFileSync } from "node:fs";

const module = await import(process.argv[2]);

/** @param {number} seed */
const chance = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;

/** @type {any[]} */
const results = [];
for (const [name, ...given] of JSON.parse(readFileSync(0, "utf-8"))) {
  const taken = given.map((/** @type {any} */ one) =>
    one?.$random ? chance(one.$random) : one && "$result" in Object(one) ? results[one.$result] : one,
  );
  try {
    results.push(module[name](...taken));
  } catch (error) {
    results.push({ thrown: /** @type {any} */ (error).reason ?? String(error) });
  }
}
process.stdout.write(JSON.stringify(results.map((one) => one ?? null)));

// Attacks the regular expressions in the page's scripts with what each is made of, again and again, and writes which of them
// take far more than in proportion to it: {file, pattern, text}. Those of Python are attacked in calculators/test_patterns.py.

import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** What stands before a pattern, and not before a division. */
const LITERAL = /(?<=[(=,:?&|!\[{;]\s*|return\s)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)/g;
const SHORT = 4_000;
const TIMES = 4;
/** Milliseconds below which nothing is slow: in proportion, the longest text here takes a hundredth of it. */
const SLOW = 10;
const MOST = 8;

/**
 * @param {RegExp} pattern
 * @param {string} text
 */
function taken(pattern, text) {
  const began = process.cpuUsage();
  text.replace(pattern, "");
  const { user } = process.cpuUsage(began);
  return user / 1000;
}

/** @param {string} source */
function pumps(source) {
  const named = { s: " ", d: "1", w: "a", S: "x", D: "x", t: "\t", n: "\n", r: "\r", p: "客", u: "客" };
  const plain = source.replace(/\\(.)/g, (_, letter) => /** @type {Record<string, string>} */ (named)[letter] ?? letter);
  const letters = [...new Set([...plain, ..." 1a,客x"])].slice(0, 60);
  const words = plain.replace(/[()[\]{}^$*+?|]/g, "");
  return [...letters, ...letters.slice(0, 20).map((one, at) => one + letters[(at * 7 + 3) % letters.length]), words].filter(Boolean);
}

/** @type {object[]} */
const slow = [];
let count = 0;
for (const path of process.argv.slice(2)) {
  for (const [, source, flags] of readFileSync(path, "utf-8").matchAll(LITERAL)) {
    const pattern = new RegExp(source, flags);
    count += 1;
    pumps(source).some((pump) =>
      ["", "1", pump].some((lead) =>
        ["", "\0", "x", "x1"].some((end) => {
          const text = (/** @type {number} */ length) => lead + pump.repeat(length / pump.length) + end;
          // What grows beyond all bounds does so early, and need not be waited for.
          for (const length of [64, SHORT / TIMES, SHORT * TIMES]) {
            const long = taken(pattern, text(length));
            if (long <= SLOW) continue;
            if (Math.min(long, taken(pattern, text(length))) <= MOST * taken(pattern, text(length / TIMES))) continue;
            slow.push({ file: basename(path), pattern: source, text: `${lead}${pump}…${end}` });
            return true;
          }
          return false;
        }),
      ),
    );
  }
}
process.stdout.write(JSON.stringify({ count, slow }));

// Drives a browser for driver.py: reads commands as lines of JSON from stdin, answers each with a line on stdout.
// Chromium and Firefox are driven alike, Firefox through WebDriver BiDi.
import readline from "node:readline";

import puppeteer from "puppeteer-core";

const commands = {
  async launch({ browser, executable, args, preferences }) {
    running = await puppeteer.launch({
      browser: browser === "firefox" ? "firefox" : "chrome",
      executablePath: executable,
      headless: true,
      args,
      ...(browser === "firefox" ? { extraPrefsFirefox: preferences } : {}),
    });
    return running.version();
  },
  /** Opens a page, runs the body of an async function in it, and closes it. */
  async visit({ url, script, argument, window }) {
    const page = await running.newPage();
    if (window) await page.setViewport(window);
    page.setDefaultTimeout(0);
    const said = [];
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(`error: ${error}`));
    try {
      await page.goto(url, { waitUntil: "domcontentloaded" });
      const value = await page.evaluate(`(async (argument) => {${script}})(${JSON.stringify(argument ?? null)})`);
      return { value, said };
    } finally {
      await page.close();
    }
  },
  async close() {
    await running?.close();
  },
};

let running;
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { do: name, ...options } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await commands[name](options)) ?? null };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);

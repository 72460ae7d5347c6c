// The page's side of the worker that runs Python: one worker a tab, requests in order, the newest wins.
// Here: starting, restarting, queueing. Not here: what is asked (calculator.js), the worker itself (worker.js).

import { checkWorker, NotArrived } from "./verified.js";
import { newerThere } from "./version.js";
import { REMOTE, startWorker } from "./files.js";

/**
 * @typedef {{ state: "idle" | "loading" | "ready" | "failed", stage?: string, loaded?: number, total?: number,
 *   reason?: string, detail?: string, boot?: string, lacking?: string }} Status
 * @typedef {{ name: string, media: string, content: ArrayBuffer }} Download
 * @typedef {{ id: number, key: string, kind: "reply" | "download", request: object, attachments: Record<string, Blob>,
 *   resolve: (value: any) => void, reject: (reason: Error) => void, broke?: boolean }} Job  broke: one worker already
 */

/** A request that a newer one has replaced; nobody waits for its answer any more. */
export class Superseded extends Error {}

/** What broke two workers, one after the other: a bug in the calculators, as the second reports it. */
export class Broken extends Error {}

/** A file that the browser could not read when it was to be handed over; `message` is its attachment's name. */
export class Unreadable extends Error {}

/** A request that the reader has ended. */
export class Stopped extends Error {}

const PATIENCE_MS = 1000;
/**
 * What a worker may have been given, in bytes, and by how much its memory may have grown since its start, and it goes on when
 * the reader has put that away: memory never shrinks.
 */
const SMALL = 8 * 2 ** 20;
const GROWN = 64 * 2 ** 20;
/** How long after a lost connection Python is started again by itself; each time in vain doubles it, up to the longest. */
const AGAIN_MS = 2000;
const LONGEST_AGAIN_MS = 30_000;
/** For how long a worker whose scripts are right may say nothing: of one that is held back for ever no browser tells. */
const SILENT_MS = 60_000;

export class Python {
  /** @param {string} manifest absolute address of the runtime's manifest */
  constructor(manifest) {
    this.manifest = manifest;
    /** @type {Status} */
    this.status = { state: "idle" };
    /** @type {Set<(status: Status) => void>} */
    this.watchers = new Set();
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Map<string, Blob>} what this worker holds already */
    this.sent = new Map();
    /** @type {Job[]} */
    this.waiting = [];
    /** @type {Job | null} */
    this.running = null;
    /** What this worker's Python has taken, in bytes, when it was ready and by its last answer. */
    this.memory = { first: 0, last: 0 };
    this.lastId = 0;
    this.startMs = 0;
    /** When what is running was handed over. */
    this.handedMs = 0;
    /** @type {Promise<boolean> | null} */
    this.scripts = null;
    this.again = 0;
    this.againMs = AGAIN_MS;
    /** Whether a worker broke that had nothing to do, and none has answered since. */
    this.brokeIdle = false;
    addEventListener("online", () => this.again && this.restart());
  }

  /** Start the worker unless it is there; the first may have been started by the page's head (overrides/main.html). */
  start() {
    if (this.worker) return;
    const early = window.playbookWorker;
    delete window.playbookWorker;
    const began = early ? 0 : performance.now();
    const worker = early?.worker ?? startWorker(this.manifest);
    this.worker = worker;
    this.sent.clear();
    this.announce({ state: "loading", stage: "runtime", loaded: 0, total: 0 });
    // Its scripts are compared while it starts; nothing is asked of it, or taken from it, before that.
    const checked = this.check(worker);
    let heard = false;
    checked.then((goesOn) => {
      if (!goesOn || !REMOTE) return;
      setTimeout(() => !heard && worker === this.worker && this.fail({ reason: "network", detail: "" }), SILENT_MS);
    });
    worker.onerror = async (event) => {
      event.preventDefault();
      if (worker === this.worker && this.status.state === "ready") return this.replace(event.message ?? "");
      // A script that did not arrive has no message; one that the browser cannot read has.
      if (await checked) this.fail({ reason: event.message ? "browser" : "network", detail: event.message ?? "" });
    };
    worker.onmessage = async ({ data }) => {
      heard = true;
      if (data.type === "ready") await checked;
      if (worker !== this.worker) return;
      switch (data.type) {
        case "progress":
          return this.announce({ state: "loading", stage: data.stage, loaded: data.loaded, total: data.total });
        case "ready":
          this.startMs = performance.now() - began;
          this.memory = { first: data.memory, last: data.memory };
          this.againMs = AGAIN_MS;
          this.announce({ state: "ready", boot: data.boot, lacking: data.lacking });
          return this.next();
        case "failed":
          return this.fail(data);
        default:
          return this.settle(data);
      }
    };
    for (const event of early?.said ?? []) worker.dispatchEvent(event);
  }

  /**
   * Compares the worker's scripts, once a tab, and starts another where this one ran something else.
   * @param {Worker} worker
   * @returns {Promise<boolean>} whether the worker goes on
   */
  async check(worker) {
    try {
      this.scripts ??= checkWorker();
      const again = await this.scripts;
      this.scripts = Promise.resolve(false);
      if (again && worker === this.worker) this.restart();
      return worker === this.worker;
    } catch (error) {
      this.scripts = null;
      if (worker !== this.worker || !(error instanceof NotArrived)) return false;
      this.fail({ reason: error.reason, detail: error.file });
      return false;
    }
  }

  /**
   * Ask Python. A reply replaces the one still unanswered of the same key, which is rejected with Superseded.
   * @param {string} key
   * @param {"reply" | "download"} kind
   * @param {object} request
   * @param {Record<string, Blob>} attachments
   * @returns {Promise<any>}
   */
  ask(key, kind, request, attachments) {
    return new Promise((resolve, reject) => {
      const job = { id: ++this.lastId, key, kind, request, attachments, resolve, reject };
      const replaced = (/** @type {Job} */ other) => kind === "reply" && other.kind === "reply" && other.key === key;
      for (const other of this.waiting.filter(replaced)) other.reject(new Superseded());
      this.waiting = this.waiting.filter((other) => !replaced(other));
      this.waiting.push(job);
      const { running } = this;
      if (running && replaced(running)) {
        // Ending the worker costs a start, so it gets the time that a start would take, a second at least.
        setTimeout(() => this.running === running && this.restart(), Math.max(PATIENCE_MS, this.startMs));
      }
      this.start();
      this.next();
    });
  }

  /** @param {Status} status */
  announce(status) {
    this.status = status;
    for (const watcher of this.watchers) watcher(status);
  }

  /** @param {{ reason: string, detail: string }} failure */
  async fail({ reason, detail }) {
    this.stop();
    this.announce({ state: "failed", reason, detail });
    if (reason === "network") {
      this.again = window.setTimeout(() => this.restart(), this.againMs);
      this.againMs = Math.min(2 * this.againMs, LONGEST_AGAIN_MS);
    }
    const { status } = this;
    if ((reason === "file" || reason === "network") && (await newerThere()) && status === this.status) {
      clearTimeout(this.again);
      this.announce({ state: "failed", reason: "upgraded", detail: "" });
    }
  }

  stop() {
    clearTimeout(this.again);
    this.again = 0;
    this.worker?.terminate();
    this.worker = null;
    // An interrupted request is asked again first, unless a newer one is waiting.
    const { running } = this;
    this.running = null;
    if (!running) return;
    const newer = this.waiting.some((job) => job.kind === "reply" && running.kind === "reply" && job.key === running.key);
    if (newer) running.reject(new Superseded());
    else this.waiting.unshift(running);
  }

  /** Begin again with a worker that has been given nothing; nobody waits for what was asked any more. */
  forget() {
    for (const job of this.running ? [this.running, ...this.waiting] : this.waiting) job.reject(new Superseded());
    this.running = null;
    this.waiting = [];
    if (this.worker) this.restart();
  }

  /** For how long a request has been worked on, in milliseconds. */
  get busyMs() {
    return this.running && this.status.state === "ready" ? performance.now() - this.handedMs : 0;
  }

  /** End what is being worked on, and all that waits for it, because the reader does not want it; a new worker is there. */
  halt() {
    for (const job of this.running ? [this.running, ...this.waiting] : this.waiting) job.reject(new Stopped());
    this.running = null;
    this.waiting = [];
    if (this.worker) this.restart();
  }

  /** Give back the memory of what the reader has put away, where it is much. */
  release() {
    let size = 0;
    for (const blob of this.sent.values()) size += blob.size;
    if (size > SMALL || this.memory.last - this.memory.first > GROWN) this.forget();
  }

  /**
   * Go on with a new worker, since this one broke. It is asked the same once more, as after a lost connection: how much stack
   * and memory an engine has for it differs from time to time, and a reader would only press the button again.
   * @param {string} detail
   */
  replace(detail) {
    const { running } = this;
    if (!running && this.brokeIdle) return this.fail({ reason: "unknown", detail });
    if (!running) this.brokeIdle = true;
    else if (running.broke) {
      this.running = null;
      running.reject(new Broken(detail));
    } else {
      running.broke = true; // stop() lets it wait again
      console.warn(`Python broke and is asked once more. ${detail}`);
    }
    this.restart();
  }

  /** Begin again with a new worker; what waits is asked of it. */
  restart() {
    this.stop();
    this.start();
  }

  async next() {
    const { worker } = this;
    if (!worker || this.status.state !== "ready" || this.running) return;
    const job = this.waiting.shift();
    if (!job) return;
    this.running = job;
    /** @type {Record<string, ArrayBuffer>} */
    const attachments = {};
    for (const [name, blob] of Object.entries(job.attachments)) {
      if (this.sent.get(name) === blob) continue;
      try {
        attachments[name] = await blob.arrayBuffer();
      } catch {
        return this.sendFailed(job, new Unreadable(name));
      }
      this.sent.set(name, blob);
    }
    if (this.running !== job || worker !== this.worker) return;
    const { id, kind } = job;
    const request = JSON.stringify({ id, ...job.request });
    this.handedMs = performance.now();
    worker.postMessage({ id, kind, request, attachments }, Object.values(attachments));
  }

  /**
   * @param {Job} job
   * @param {Error} error
   */
  sendFailed(job, error) {
    if (this.running === job) this.running = null;
    job.reject(error);
    this.next();
  }

  /** @param {any} data */
  settle(data) {
    const job = this.running;
    if (!job || job.id !== data.id) return;
    if (data.broken) return this.replace(data.detail);
    this.running = null;
    this.brokeIdle = false;
    if (data.memory) this.memory.last = data.memory;
    if (data.type === "reply") job.resolve(JSON.parse(data.reply));
    else if (data.type === "download") job.resolve(data);
    else job.reject(new Broken(data.detail));
    this.next();
  }
}

// What Material for MkDocs and overrides/main.html put on the window, as far as we use it. For tsc only; not published.

interface Subscribable<T> {
  subscribe(observer: (value: T) => void): { unsubscribe(): void };
}

interface Window {
  /** Emits once after loading and again after every instant navigation. */
  document$: Subscribable<Document>;
  /** Takes the address of a page to load in place. */
  location$: Subscribable<URL> & { next(url: URL): void };
  /** Python's worker as the head of a calculator's page has started it, and the events it has sent, until python.js has them. */
  playbookWorker?: { worker: Worker, said: Event[] };
}

/** In a page opened from a folder: our modules by name, each run when it is first asked for (macros/folder.py). */
declare const $modules: Record<string, any>;

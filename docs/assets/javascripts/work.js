// What a reader has put into a calculator, with every step back; outlives moving between pages. Here no page is read, and
// nothing is asked: that is entry.js and lists.js, and calculator.js.

/**
 * @typedef {{ sheet?: string, unit?: string, columns?: Record<string, string>, answers?: Record<string, string>, aligned?: boolean, delimiter?: string }}
 *   Reading  how to read a table
 * @typedef {{ file: Blob, name: string } | { text: string } | { rows: string[][], name?: string, origin?: string } | {}} Source
 * @typedef {Source & Reading} Table  a table without a source is the worked example
 * @typedef {{ page?: number, sort?: string, down?: boolean, find?: string }} View  how the reader looks at a long table
 * @typedef {{ values: Record<string, string> | null, tables: Record<string, Table>, plan: Blob | null, scenario?: string }}
 *   Inputs  what is not in values and tables is as the plan, or the scenario in it, has it
 * @typedef {{ name: string, inputs: Inputs }} Scenario
 * @typedef {{ inputs: Inputs, scenarios: Scenario[] }} Step  what there was at a time, to be had back
 */

const UNDO_STEPS = 100;

/** What a reader has put into a calculator; outlives moving between pages. */
export class Work {
  /** @type {Inputs} values null: as the plan or the defaults have them */
  inputs = { values: null, tables: {}, plan: null };
  /** What was answered last, with a result or with what is wrong with it. */
  answered = this.inputs;
  /** @type {Step[]} */
  history = [];
  /** @type {Step[]} what was undone, the last of it last */
  undone = [];
  /** @type {Record<string, View>} by table of the result */
  pages = {};
  touched = false;
  /** @type {Inputs | null} what is somewhere else too: saved as a plan, opened from one, kept on this device */
  saved = null;
  /** @type {Inputs | null} what the page in the other language takes over */
  carried = null;
  /** @type {Map<string, any>} what was left in a window that was closed without an answer, by what it asked for */
  left = new Map();
  /** Whether it is about people, so that it is kept nowhere unless the reader says so. */
  people = false;
  /** Whether the reader wants this device to keep it. */
  kept = false;
  /** Whether this device keeps all of it then, and not only some tables. */
  keepsAll = true;
  /** Whether it is what this device has kept, and nothing since. */
  restored = false;
  /** Whether something of it was there and could not be read. */
  damaged = false;
  /** @type {Blob | null} the plan that was there when the page came: kept on this device, or carried along */
  taken = null;
  /** Who decided last, to be offered again. */
  decider = "";
  /** @type {Scenario[]} inputs that the reader has named, to be compared */
  scenarios = [];

  /** Be as new. */
  forget() {
    Object.assign(this, new Work(), { people: this.people, keepsAll: this.keepsAll });
  }

  get keptWhole() {
    return this.kept && this.keepsAll;
  }

  /** Something was typed, chosen or opened that is nowhere else, and would be gone with the page. */
  get unsaved() {
    const { values, tables, plan } = this.inputs;
    const own = plan !== null || Object.keys(tables).length > 0 || Object.keys(values ?? {}).length > 0 || this.scenarios.length > 0;
    return this.left.size > 0 || (own && this.saved !== this.inputs);
  }

  /**
   * What Python is asked about, and the files that go with it.
   * @param {string} id  of the calculator
   */
  request(id) {
    const { asked, attachments } = asRequest(id, this.inputs);
    return { attachments, asked: { calculator: id, ...asked } };
  }

  /**
   * Scenarios as Python is asked about them, and the files that go with them: one that several have goes along once.
   * @param {string} id  of the calculator
   * @param {Scenario[]} [scenarios]
   */
  scenariosAsked(id, scenarios = this.scenarios) {
    /** @type {Record<string, Blob>} */
    const attachments = {};
    const asked = scenarios.map(({ name, inputs }, at) => {
      const one = asRequest(`${id}.s${at}`, inputs);
      Object.assign(attachments, one.attachments);
      return { name, ...one.asked };
    });
    return { asked, attachments };
  }

  /** All that outlives another load of the page: what is here, with every step back, and what it is known to be. */
  get state() {
    const { inputs, answered, history, undone, pages, saved, left, decider, scenarios } = this;
    return { inputs, answered, history, undone, pages, saved, left, decider, scenarios };
  }

  /**
   * Be as another load of the page has left it.
   * @param {Work["state"]} state
   */
  resume(state) {
    Object.assign(this, state, { touched: true });
  }

  /**
   * Have other scenarios from now on, which are nowhere else yet; the former ones can be had back.
   * @param {Scenario[]} scenarios
   */
  keepScenarios(scenarios) {
    this.note();
    this.scenarios = scenarios;
    this.touched = true;
    this.saved = null;
  }

  get step() {
    return { inputs: this.inputs, scenarios: this.scenarios };
  }

  /** Note what is here before it changes. */
  note() {
    this.history.push(this.step);
    if (this.history.length > UNDO_STEPS) this.history.shift();
    this.undone = [];
  }

  /**
   * Take over new inputs; the former ones can be had back.
   * @param {Partial<Inputs>} changes
   */
  change(changes) {
    this.note();
    this.inputs = { ...this.inputs, ...changes };
    this.turnToFirst();
    this.touched = true;
  }

  /** Be at the first page of every table; its order and what is looked for in it stay. */
  turnToFirst() {
    this.pages = Object.fromEntries(Object.entries(this.pages).map(([table, view]) => [table, { ...view, page: 1 }]));
  }

  undo() {
    const before = this.history.pop();
    if (!before) return;
    this.undone.push(this.step);
    Object.assign(this, before);
    this.turnToFirst();
  }

  redo() {
    const after = this.undone.pop();
    if (!after) return;
    this.history.push(this.step);
    Object.assign(this, after);
    this.turnToFirst();
  }

  /** Go back to what was answered last: what has come since is not wanted, or cannot be computed. */
  goBack() {
    const at = this.history.findIndex(({ inputs }) => inputs === this.answered);
    if (at >= 0) this.history.length = at;
    this.inputs = this.answered;
    this.undone = [];
    this.turnToFirst();
  }

  /** Go back to before the plan, which cannot be opened, and so stands for nothing. */
  refusePlan() {
    const { plan } = this.inputs;
    while (this.history.length && this.inputs.plan === plan) this.undo();
    this.undone = [];
  }
}

/**
 * @param {string} id  what the files are called by
 * @param {Inputs} inputs
 */
function asRequest(id, { values, plan, scenario, tables: given }) {
  /** @type {Record<string, Blob>} */
  const attachments = {};
  /** @type {Record<string, object>} */
  const tables = {};
  for (const [name, table] of Object.entries(given)) {
    const attachment = `${id}.${name}`;
    if ("file" in table) attachments[attachment] = table.file;
    tables[name] = "file" in table ? { ...table, file: attachment } : table;
  }
  if (plan) attachments[`${id}.plan`] = plan;
  const planned = plan ? { plan: `${id}.plan`, ...(scenario === undefined ? {} : { scenario }) } : {};
  return { attachments, asked: { values, tables, ...planned } };
}

/** @type {Map<string, Work>} what the reader has put into calculators in this tab, by their ids */
export const works = new Map();

"""A reader's work through another load of the page, and every step back: by the modules themselves, in Node."""

from pathlib import Path

from tests.modules import returned

HEAD = """
const { packed, unpacked } = await import(`${process.argv[2]}/packed.js`);
const { Work } = await import(`${process.argv[2]}/work.js`);
globalThis.FileReader = class {
  readAsDataURL(blob) {
    blob.arrayBuffer().then((bytes) => {
      this.result = `data:;base64,${Buffer.from(bytes).toString("base64")}`;
      this.onload();
    });
  }
};
"""


def test_work_comes_out_of_another_load_as_it_was(tmp_path: Path) -> None:
    """Files, steps back and forth, scenarios, half-filled windows; what was the same object is the same again."""
    body = """
    const work = new Work();
    const table = { file: new Blob(["甲\\t5"]), name: "a.csv" };
    work.change({ values: { target: "1" }, tables: { people: table } });
    work.keepScenarios([{ name: "一", inputs: work.inputs }]);
    work.change({ values: { target: "2" } });
    work.saved = work.inputs;
    work.left.set("edit people", { of: table, rows: [["x"]] });
    work.undo();
    const again = new Work();
    again.resume(unpacked(await packed(work.state)));
    const now = again.inputs;
    return [
      await now.tables.people.file.text(),
      again.scenarios[0].inputs === now,
      again.left.get("edit people").of === now.tables.people,
      again.saved === now,
      again.unsaved,
      (again.redo(), again.inputs.values.target),
      again.saved === again.inputs,
      (again.undo(), again.undo(), again.undo(), again.scenarios.length),
    ];
    """
    assert returned(HEAD, body, tmp_path) == ["甲\t5", True, True, False, True, "2", True, 0]


def test_what_is_no_work_is_refused(tmp_path: Path) -> None:
    """Of another version of the site, damaged, or of others on the same host: it is told of, and not taken for work."""
    body = """
    const refused = [];
    const broken = (await packed(new Work().state)).replace('{"list":[]}', '{"keys":[]}');
    for (const text of [JSON.stringify({ version: 99, nodes: [] }), JSON.stringify({ inputs: {} }), "{", broken]) {
      try { unpacked(text); } catch (error) { refused.push(error.name); }
    }
    return refused;
    """
    assert returned(HEAD, body, tmp_path) == ["RangeError", "RangeError", "SyntaxError", "TypeError"]


def test_a_scenario_that_was_taken_out_is_had_back(tmp_path: Path) -> None:
    """Undo and redo go over scenarios as over inputs, and an opened plan's scenarios make way for the former ones."""
    body = """
    const work = new Work();
    work.change({ values: { target: "1" } });
    work.keepScenarios([{ name: "一", inputs: work.inputs }]);
    work.keepScenarios([]);
    const counts = [];
    for (const step of ["undo", "redo", "undo"]) counts.push((work[step](), work.scenarios.length));
    work.change({ plan: {}, values: null });
    work.scenarios = [{ name: "a" }, { name: "b" }];
    counts.push((work.undo(), work.scenarios[0].name));
    return counts;
    """
    assert returned(HEAD, body, tmp_path) == [1, 0, 1, "一"]

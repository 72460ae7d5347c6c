"""A calculator's inputs in an address: what goes in comes out, and whatever else stands there changes nothing."""

import json
from pathlib import Path

import pytest

from tests.modules import returned

HEAD = """
const { fragmentOf, linkedIn } = await import(`${process.argv[2]}/link.js`);
const written = async (text) => {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate"));
  return "#with=" + Buffer.from(await new Response(packed).arrayBuffer()).toString("base64url");
};
let seed = 1;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
"""


def test_a_link_gives_back_what_was_put_in(tmp_path: Path) -> None:
    """Chinese, quotes and line breaks too, in letters that chat programs leave alone."""
    values = {"target": "12.5万", "days_off": "2027-02-14\n春节", "name": '"<&>\\'}
    body = f"""
    const fragment = await fragmentOf({{ calculator: "goal_breakdown", values: {json.dumps(values)} }});
    return [/^#with=[A-Za-z0-9_-]+$/.test(fragment), await linkedIn(fragment), fragment.length < 250];
    """
    assert returned(HEAD, body, tmp_path) == [True, {"calculator": "goal_breakdown", "values": values}, True]


def test_what_is_too_long_for_a_link_makes_none(tmp_path: Path) -> None:
    """Nothing is cut off silently."""
    body = """
    const values = { text: Array.from({ length: 20_000 }, () => String.fromCharCode(33 + 90 * random())).join("") };
    return fragmentOf({ calculator: "a", values });
    """
    assert returned(HEAD, body, tmp_path) is None


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ('"a text"', "broken"),
        ("null", "broken"),
        ("[1, 2]", "broken"),
        ("{}", "broken"),
        ('{ version: 2, calculator: "a", values: {} }', "other_version"),
        ("{ version: 2 }", "other_version"),
        ('{ version: "1", calculator: "a", values: {} }', "broken"),
        ("{ version: 1, calculator: 7, values: {} }", "broken"),
        ('{ version: 1, calculator: "a", values: [] }', "broken"),
        ('{ version: 1, calculator: "a", values: null }', "broken"),
        ('{ version: 1, calculator: "a", values: { target: 5 } }', "broken"),
        ('{ version: 1, calculator: "a", values: { target: { toString: "x" } } }', "broken"),
    ],
)
def test_a_link_that_says_something_else_is_refused_in_whole(said: str, wrong: str, tmp_path: Path) -> None:
    """Of the wrong kind, or of another version; one wrong value is enough."""
    assert returned(HEAD, f"return linkedIn(await written(JSON.stringify({said})));", tmp_path) == wrong


def test_hostile_links_end_soon_and_without_an_error(tmp_path: Path) -> None:
    """Random bytes, every cut and many changed letters of a good one, a bomb, brackets without end, other addresses."""
    body = """
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const letter = () => letters[Math.floor(64 * random())];
    const good = await fragmentOf({ calculator: "a", values: { target: "12345", rule: "include", note: "春节" } });
    const bad = ["#with=", "#with=%", "#with===", "#with=AAAA", `#with=${"A".repeat(100_000)}`, "#with=a b", "#with=é"];
    for (let at = 6; at < good.length; at += 1) bad.push(good.slice(0, at));
    const some = () => Array.from({ length: 1 + 200 * random() }, letter).join("");
    for (let at = 0; at < 300; at += 1) bad.push(`#with=${some()}`);
    const much = [" ".repeat(50_000_000), "[".repeat(60_000), '{"a":'.repeat(10_000)];
    for (const text of much) bad.push(await written(text));
    bad.push(await written(JSON.stringify({ version: 1, calculator: "a", values: { big: "x".repeat(1_000_000) } })));
    const begun = Date.now();
    const refused = await Promise.all(bad.map(linkedIn));
    const changed = [];
    for (let at = 0; at < 300; at += 1) {
      const place = 6 + Math.floor((good.length - 6) * random());
      const said = await linkedIn(good.slice(0, place) + letter() + good.slice(place + 1));
      changed.push(typeof said === "string" || Object.values(said.values).every((value) => typeof value === "string"));
    }
    const others = await Promise.all(["", "#", "#results", "#With=AAAA"].map(linkedIn));
    return [new Set(refused).size, refused[0], changed.every(Boolean), others, Date.now() - begun < 20_000];
    """
    assert returned(HEAD, body, tmp_path) == [1, "broken", True, [None] * 4, True]


def test_names_that_objects_have_by_nature_are_only_names(tmp_path: Path) -> None:
    """What a link calls its fields changes nothing of the page's own objects."""
    body = """
    const said = '{"version":1,"calculator":"a","values":{"__proto__":"x","constructor":"y","hasOwnProperty":"z"}}';
    const { values } = await linkedIn(await written(said));
    return [Object.keys(values), {}.x === undefined && Object.prototype.hasOwnProperty.call({ a: 1 }, "a")];
    """
    assert returned(HEAD, body, tmp_path) == [["__proto__", "constructor", "hasOwnProperty"], True]

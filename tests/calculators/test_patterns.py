"""No regular expression that meets an input takes more than in proportion to its length, whatever the input is.

All of them are found: those that modules hold, and by the syntax tree those that are written where they are used. Each
is attacked with what its own parts suggest: the strings that lead up to a repeat, what is repeated many times, and an
end that does not fit. So are the functions that read a cell.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from re import _constants as c  # type: ignore[attr-defined]  # as sre_constants, which warns
from re import _parser as parser  # type: ignore[attr-defined]  # as sre_parse, likewise
from types import ModuleType
from typing import Any

import pytest

import calculators
from calculators.engine.asks import currencies
from calculators.engine.reads import amounts, dates, headings, number_formats, percentages, periods, total_labels
from calculators.engine.reads.amounts import NotAnAmount
from calculators.engine.reads.sources import clean
from tests.bounded import Hangs, within

SHORT, LONG = 1_024, 4_096
"""Lengths of an attack; beyond a regular expression's own, so that what is bounded has to say so."""
SLOW = 0.02
"""Seconds below which nothing is slow, whatever the ratio: in proportion, these lengths take a hundredth of it."""
MOST = 8
"""How many times longer an input may take that is four times as long: in proportion 4, by the square 16."""
ENDS = ("", "\0", "x")
METHODS = ("search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split")
AT_RUN_TIME: Mapping[str, Sequence[str | bytes]] = {
    "amounts.digits": [r"(-?)(?:[¥￥]\ ?)?([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?"],
    "amounts.words": [currencies.pattern(currencies.NAMING)],
    "settings.pattern": [r"https?://\S+", r"[^\s@?&]+@[^\s@?&]+"],
    "pseudonyms": [r"(?<![A-Za-z])Ann\ Lee(?![A-Za-z])|林默", "[a-z ]"],
    "total_labels.words_with(stems)": [total_labels.words_with(["total", "rate", "其中"])],
    "xlsx.needle": [rb""" t=["']e["']""", rb""" s=["'](?:1|2|33)["']"""],
}
"""What patterns may be that are put together at run time, by module and name."""


def modules() -> Iterator[ModuleType]:
    """Yield all modules of the calculators."""
    for found in pkgutil.walk_packages(calculators.__path__, "calculators."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def held(value: object, depth: int = 0) -> Iterator[tuple[re.Pattern[Any], str]]:
    """Yield the patterns in a module's value, each with the method by which it is used."""
    owner = getattr(value, "__self__", None)
    if isinstance(value, re.Pattern):
        yield value, "finditer"
    elif isinstance(owner, re.Pattern):
        yield owner, str(getattr(value, "__name__", ""))
    elif isinstance(value, list | tuple | set | frozenset | dict) and depth < 3:
        for one in value.values() if isinstance(value, dict) else value:
            yield from held(one, depth + 1)


WORDS = ("acme", "a.b", "客户")
"""What stands where a pattern is made of a word."""


def written(module: ModuleType) -> Iterator[tuple[str, str | bytes, int, str]]:
    """Yield the patterns that are written where they are used: place, pattern, flags and method.

    What is put into one at run time is a word; how a sheet's tags are prefixed is nothing.
    """
    tree = ast.parse(inspect.getsource(module))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in {call for function in functions for call in ast.walk(function)}:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        name = node.func
        if not (isinstance(name.value, ast.Name) and name.value.id == "re") or name.attr in ("escape", "error"):
            continue
        flags = 0
        for flag in ("IGNORECASE", "ASCII", "VERBOSE", "DOTALL", "MULTILINE"):
            flags |= getattr(re, flag) if f"re.{flag}" in ast.unparse(node) else 0
        how = name.attr if name.attr in ("search", "match", "fullmatch") else "finditer"
        for pattern in made(node.args[0], module):
            yield f"{module.__name__}:{node.lineno}", pattern, flags, how


def made(node: ast.expr, module: ModuleType) -> list[str | bytes]:
    """Return the patterns that an expression may make."""
    match node:
        case ast.Constant(value=str() | bytes() as text):
            return [text]
        case ast.BinOp(left=ast.Constant(value=bytes() as text), op=ast.Mod()):
            return [text.replace(b"%s", b"")]
        case ast.JoinedStr(values=parts):
            texts = []
            for word in WORDS:
                said = [str(one.value) if isinstance(one, ast.Constant) else re.escape(word) for one in parts]
                texts.append("".join(said))
            return list(texts)
        case ast.Name(id=name) if isinstance(vars(module).get(name), str):
            return [vars(module)[name]]
    module_name = module.__name__.rpartition(".")[2]
    for name in (module_name, f"{module_name}.{ast.unparse(node)}"):
        if name in AT_RUN_TIME:
            return list(AT_RUN_TIME[name])
    pytest.fail(f"{module.__name__}:{node.lineno}: say here what {ast.unparse(node)!r} may be")


def all_patterns() -> dict[str, tuple[re.Pattern[Any], str]]:
    """Return every pattern by where it is."""
    found: dict[tuple[object, int, str], str] = {}
    patterns: dict[str, tuple[re.Pattern[Any], str]] = {}

    def note(place: str, pattern: re.Pattern[Any], how: str) -> None:
        key = (pattern.pattern, pattern.flags, how)
        if key not in found:
            found[key] = place
            patterns[f"{place} {how}" if place not in patterns else f"{place} {how} {len(patterns)}"] = pattern, how

    for module in modules():
        for name, value in vars(module).items():
            for pattern, how in held(value):
                note(f"{module.__name__}.{name}", pattern, how)
        for place, text, flags, how in written(module):
            note(place, re.compile(text, flags), how)
    return patterns


# --- Attacks ---------------------------------------------------------------------------------------


def character(items: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Yield characters of a class, one of each of its parts."""
    if items[0][0] is c.NEGATE:
        yield from "xa1 (,;"
        return
    kinds = {
        c.CATEGORY_SPACE: " ", c.CATEGORY_DIGIT: "1", c.CATEGORY_WORD: "a",
        c.CATEGORY_NOT_SPACE: "x", c.CATEGORY_NOT_DIGIT: "x", c.CATEGORY_NOT_WORD: "-",
    }  # fmt: skip
    for kind, value in items:
        if kind is c.LITERAL:
            yield chr(value)
        elif kind is c.RANGE:
            yield chr(value[0])
        elif kind is c.CATEGORY:
            yield kinds[value]


def inner(kind: Any, value: Any) -> list[Any]:
    """Return the patterns within a part of one."""
    if kind in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is c.SUBPATTERN:
        return [value[3]]
    if kind is c.BRANCH:
        return list(value[1])
    if kind is c.ATOMIC_GROUP:
        return [value]
    return [value[1]] if kind in (c.ASSERT, c.ASSERT_NOT) else []


def matching(parts: Iterable[tuple[Any, Any]], most: int = 6) -> list[str]:
    """Return some short strings that a pattern matches."""
    found = [""]
    for kind, value in parts:
        here = [""]
        if kind is c.LITERAL:
            here = [chr(value)]
        elif kind is c.NOT_LITERAL:
            here = ["x" if value != ord("x") else "y"]
        elif kind is c.ANY:
            here = ["x"]
        elif kind is c.IN:
            here = list(dict.fromkeys(character(value)))[:most]
        elif kind in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            least = value[0]
            here = ([""] if least == 0 else []) + [one * max(least, 1) for one in matching(value[2], 3)]
        elif kind not in (c.ASSERT, c.ASSERT_NOT):
            here = [one for part in inner(kind, value) for one in matching(part, 2)][:most] or [""]
        found = [before + one for before in found for one in here][: 2 * most]
    return found


def pumps(parts: Iterable[tuple[Any, Any]], before: Sequence[str] = ("",)) -> Iterator[tuple[str, str]]:
    """Yield what leads up to each repeat, and what it repeats."""
    leading = list(before)
    for kind, value in parts:
        if kind in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT) and value[1] > 8:
            for one in dict.fromkeys(matching(value[2])):
                yield from ((lead, one) for lead in leading[:3])
        for part in inner(kind, value):
            yield from pumps(part, leading)
        here = matching([(kind, value)], 3)
        leading = list(dict.fromkeys(lead + one for lead in leading[:3] for one in here))[:6]


def letters(parts: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """Yield the characters that a pattern is made of."""
    for kind, value in parts:
        if kind is c.LITERAL:
            yield chr(value)
        elif kind is c.IN:
            yield from character(value)
        for part in inner(kind, value):
            yield from letters(part)


def attacks(pattern: re.Pattern[Any]) -> set[tuple[str, str]]:
    """Return beginnings and what is to be repeated after them."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parts = parser.parse(text, pattern.flags & ~re.UNICODE)
    found = {(lead, one) for lead, one in pumps(parts) if one}
    found |= {("", one) for one in list(dict.fromkeys(letters(parts)))[:40]}
    return found | {("", one) for one in matching(parts, 2) if one}


def seconds(use: Callable[[str], object], text: str) -> float:
    """Return how long it takes, in time of the processor."""
    began = time.process_time()
    use(text)
    return time.process_time() - began


def is_slow(use: Callable[[str], object], lead: str, pump: str, end: str) -> bool:
    """Say whether an input takes far more than four times as long as a quarter of it."""

    def taken(length: int) -> float:
        text = lead + pump * (length // len(pump)) + end
        taken = seconds(use, text)
        return min(taken, seconds(use, text)) if taken > SLOW else taken

    for length in (64, SHORT, LONG):  # what grows beyond all bounds does so early, and need not be waited for
        if (long := taken(length)) > SLOW:
            return long > MOST * taken(length // 4)
    return False


def user(pattern: re.Pattern[Any], how: str) -> Callable[[str], object]:
    """Return what uses a pattern as the program does."""
    encode = isinstance(pattern.pattern, bytes)

    def use(text: str) -> object:
        given: Any = text.encode("utf-8", "replace") if encode else text
        return (
            list(pattern.finditer(given))
            if how not in ("search", "match", "fullmatch")
            else getattr(pattern, how)(given)
        )

    return use


PATTERNS = all_patterns()


def test_all_patterns_are_found() -> None:
    """Those that modules hold, and those that are written where they are used."""
    assert len(PATTERNS) > 100
    places = " ".join(PATTERNS)
    assert "amounts._AMOUNT fullmatch" in places
    assert "xlsx:" in places  # of a sheet's own XML
    sources = [path.read_text(encoding="utf-8") for path in Path(calculators.__path__[0]).rglob("*.py")]
    assert not any("import regex" in source or "from re import" in source for source in sources)


def test_no_pattern_takes_more_than_in_proportion_to_what_it_is_given() -> None:
    """Whatever it is: what is slow is named with the input that shows it."""
    slow = []
    for place, (pattern, how) in PATTERNS.items():
        use = user(pattern, how)
        for lead, pump in sorted(attacks(pattern)):
            try:
                with within(5):
                    bad = next((end for end in ENDS if is_slow(use, lead, pump, end)), None)
            except Hangs:
                bad = "?"
            if bad is not None:
                slow.append((place, lead, pump, bad))
                break
    assert slow == []


def test_the_attack_finds_what_is_slow() -> None:
    """By the square, and beyond all bounds."""
    for text, how in ((r"\s+$", "search"), (r"\(.*?\)", "finditer"), (r"[0-9]+\.?[0-9]*", "fullmatch")):
        pattern = re.compile(text)
        assert any(is_slow(user(pattern, how), lead, pump, end) for lead, pump in attacks(pattern) for end in ENDS)
    with within(0.5), pytest.raises(Hangs):
        is_slow(user(re.compile("(?:a|a)*b"), "fullmatch"), "", "a", "")
    assert not any(is_slow(user(re.compile("[a-z]++"), "fullmatch"), "", "a", end) for end in ENDS)


def swallowed(read: Callable[[str], object]) -> Callable[[str], object]:
    """Return a reader that says nothing of what is no amount."""

    def use(cell: str) -> object:
        try:
            return read(cell)
        except NotAnAmount:
            return None

    return use


READERS: dict[str, Callable[[str], object]] = {
    "amount": amounts.parse_amount,
    "currency beside": lambda cell: amounts.currency_beside(cell, "CNY"),
    "currency named": lambda cell: amounts.currency_named(cell, "CNY"),
    "currency of a title": lambda cell: amounts.currency_of_title(cell, "CNY"),
    "heading's unit": amounts.parse_heading,
    "column of amounts": lambda cell: amounts.parse_column([cell]),
    "date": dates.parse_date,
    "column of dates": lambda cell: dates.parse_dates([cell]),
    "percentages": lambda cell: percentages.are_grades([cell]),
    "heading": lambda cell: headings.rank(cell, "revenue"),
    "contrary heading": lambda cell: headings.is_contrary(cell, "revenue"),
    "heading of currencies": lambda cell: headings.currency_columns([cell], (), "amount"),
    "neutral heading": headings.is_neutral,
    "period": periods.period_of,
    "label": total_labels.label_of,
    "labels": lambda cell: total_labels.labels_of([cell]),
    "footnote": total_labels.is_footnote,
    "footnotes": lambda cell: total_labels.footnotes_of([cell]),
    "number format": number_formats.shown.__wrapped__,
    "cell": clean,
}
ALPHABET = (
    "0123456789 .,-+'\"()[]【】（）%:：;/\\|_*#=$€¥元万亿年月日第周季"
    "eEkKmMwqQ合计总小平均total客金额收入usd\t\n\0\u3000\xa0"
)


@pytest.mark.parametrize("name", READERS)
def test_no_reader_of_a_cell_takes_more_than_in_proportion_to_it(name: str) -> None:
    """Each character and many pairs, alone, after a figure and before a word."""
    use = swallowed(READERS[name])
    single = list(dict.fromkeys(ALPHABET))
    pairs = [single[at] + single[at * 7 % len(single)] for at in range(len(single))] + [
        "1 ",
        " 1",
        "1,",
        "a(",
        "(1)",
        "usd ",
    ]
    for pump in (*single, *pairs):
        for lead, end in (("", ""), ("1", "x"), ("合计", "\0")):
            with within(5):
                assert not is_slow(use, lead, pump, end), (lead, pump, end)

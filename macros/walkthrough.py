"""The whole of a small calculator, as the README shows it: the one text that pages print and that a test builds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).resolve().parent.parent / "README.md"
_PARTS = re.compile(
    r"\*\*`(?P<name>[^`]+)`\*\*|^```(?P<language>\w+)\n(?P<text>.*?)^```$|^## ", re.MULTILINE | re.DOTALL
)


class ShownFile(NamedTuple):
    """A file, from the root of the checkout, its language as a fence has it, and its text; of mkdocs.yml a line."""

    name: str
    language: str
    text: str


def files() -> Iterator[ShownFile]:
    """Yield the files in their order; a file is named in bold, the text in the next fence that has no name yet."""
    section = README.read_text(encoding="utf-8").partition("\n## Add a calculator\n")[2]
    names: list[str] = []
    for part in _PARTS.finditer(section):
        if part["name"]:
            names.append(part["name"])
        elif part["language"]:
            yield ShownFile(names.pop(0), part["language"], part["text"])
        else:
            return  # the next section


def walkthrough() -> str:
    """Return every file in Markdown, its name above it; none of it is found by a search, which is for readers."""
    shown = (f"**`{name}`**\n\n```{language}\n{text}```" for name, language, text in files())
    return "<div data-search-exclude markdown>\n\n" + "\n\n".join(shown) + "\n\n</div>"

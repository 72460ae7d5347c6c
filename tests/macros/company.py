"""A company's folder that a test fills, of which every module that reads one knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import calculators
from calculators import configuration, measures, stages
from calculators.engine.shows import text
from macros import handbook, layers
from macros.templates import model


@contextmanager
def company_in(folder: Path, files: dict[str, str]) -> Iterator[Path]:
    """Yield a company's folder with these files; afterwards there is none again."""
    company = folder / "company"
    for name, written in files.items():
        path = company / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    company.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        for module in (calculators, configuration, layers, measures, model, stages, text):
            patch.setattr(module, "COMPANY", company)
        patch.setattr(layers, "OWN", company / "docs")
        patch.setattr(text.spoken, "__defaults__", (company,))
        forget()
        for module in (measures, stages):
            patch.setattr(module, "WRONG", module._read()[1])
        yield company
    forget()


def forget() -> None:
    """Let the company's folder be read afresh."""
    for kept in (text.company_words, text._topic, model.own_templates, model.data_of, model.words, handbook.words):
        kept.cache_clear()

"""The company whose whole site the tests look at (``own_site``): begun from answers, and what it adds to that.

It has a name that markup would break, tiers and a limit of its own, no prefetching; a page of ours that is overdue, one
that it replaces, one that it adds; README's calculator among ours, and two in its own folder, one of them as
``playbook new`` writes it. All other settings are left out of its playbook.yml.
"""

import re
import subprocess
import sys
from pathlib import Path

from calculators.engine.shows.text import LANGUAGES
from macros.walkthrough import files

ANSWERS = (
    """\
company_zh = '"<甲&公司'
company_en = """
    + "'''</script><b>\"&'`{{ 7 }}|*Company A'''"
    + """
currency = "CNY"
week = "china"
customers = [15, 35, 50]
products = ["Alpha", "<Gamma> {{ 7 }}"]
roles = "head_of_sales = 销售总监 / Sales director"
"""
)
OWN_FIGURES = """
prefetch: false
changes: {repository: "https://gitlab.example.com/sales/playbook", mail: sales-ops@example.com}
rebates: {limit: 45}
"""
OVERDUE = "stage-1/quarter-goal"
REPLACED = "source"
"""The page of ours that the company has one of its own of."""
OWN_CALCULATOR = "gift_cards"
REBATES = {"zh": ("返利上限", "看清哪些返利超过了上限"), "en": ("Rebates", "See which rebates are beyond the limit")}
ADDED = {"zh": "我们的目录", "en": "Our catalogue"}
"""A page of the company's with a picture, by its title."""
FILES = {
    "calculators/rebates/__init__.py": '''
"""Rebates agreed, against the company's limit: a calculator of a company's own."""

from dataclasses import dataclass

from calculators.engine.answers.result import Figure, Result, Section
from calculators.engine.asks import settings
from calculators.engine.asks.fields import Declaration, Field, Group
from calculators.engine.asks.tables import ColumnSpec, TableSpec


@dataclass(frozen=True)
class Limit(settings.Section):
    KEY = "rebates"
    limit: int = 10

    @classmethod
    def read(cls, reader, place, raw):
        given = reader.mapping(place, raw, ("limit",))
        return cls(reader.whole(f"{place}.limit", given.get("limit", cls.limit), 1, 99))

    def as_mapping(self):
        return {"limit": self.limit}


SETTINGS = Limit


def declare(settings):
    limit = Field("limit", "whole", "rule", settings.section(Limit).limit, 1, 99)
    return Declaration((limit,), (Group("rule"),), (TableSpec("rebates", (ColumnSpec("rebate", "number"),)),))


def calculate(inputs):
    over = sum(rebate > inputs.limit for rebate in inputs.rebates.frame["rebate"])
    return Result((Section("rebates", (Figure("over", "count", over),)),))
''',
    **{
        f"calculators/rebates/words.{language}.toml": f"""
group.rule.label = "{rule}"
field.limit.label = "{limit}"
setting.limit = "{limit}"
table_input.rebates.label = "{rebates}"
section.rebates.label = "{rebates}"
figure.over.label = "{over}"
column.rebate = "{rebate}"
"""
        for language, rule, limit, rebates, over, rebate in (
            ("zh", "规则", "上限", "返利清单", "超过上限", "返利"),
            ("en", "Rule", "Limit", "Rebates agreed", "Beyond the limit", "Rebate"),
        )
    },
    "calculators/rebates/headings.toml": '[rebate]\nzh = ["返利"]\nen = ["kickback"]\n',
    "calculators/rebates/examples/rebates.zh.csv": "返利\n40\n50\n",
    "calculators/rebates/examples/rebates.en.csv": "Kickback\n40\n50\n",
}
FILES |= {
    f"docs/{language}/stage-1/catalogue.md": f"---\ntitle: {title}\ndescription: {title}\n"
    f"after: stage-1/seed-customers\n---\n\n![{title}](../../assets/images/ours.svg)\n"
    for language, title in ADDED.items()
} | {"docs/assets/images/ours.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'}
FILES |= {
    f"docs/{language}/calculators/rebates.md": f"---\ntitle: {title}\ndescription: {description}\n"
    'after: calculators/discounts\n---\n\n{{ calculator("rebates") }}\n'
    for language, (title, description) in REBATES.items()
}
_INDEX = "      - calculators/index.md\n"


def begin(checkout: Path) -> None:
    """Have all of it in a checkout, by its commands and as README says."""
    shown = {file.name: file.text for file in files()}
    configuration = (checkout / "mkdocs.yml").read_text(encoding="utf-8")
    assert configuration.count(_INDEX) == 1
    shown["mkdocs.yml"] = configuration.replace(_INDEX, _INDEX + shown["mkdocs.yml"])
    answers = checkout.with_name("answers.toml")
    answers.write_text(ANSWERS, encoding="utf-8")
    commands = (["init", "--answers", str(answers)], ["copy", REPLACED], ["new", "calculator", OWN_CALCULATOR])
    for arguments in commands:
        command = [sys.executable, "-m", "playbook", *arguments]
        subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    for name, text in {**shown, **{f"company/{name}": text for name, text in FILES.items()}}.items():
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text(text, encoding="utf-8")
    with (checkout / "company/playbook.yml").open("a", encoding="utf-8") as figures:
        figures.write(OWN_FIGURES)
    for language in LANGUAGES:
        page = checkout / f"company/docs/{language}/{REPLACED}.md"
        page.write_text(f"{page.read_text(encoding='utf-8')}\n\nOur own last line.\n", encoding="utf-8")
    neglect(checkout)


def neglect(checkout: Path) -> None:
    """Let the review of a page be past in both languages."""
    for page in (checkout / "docs").glob(f"*/{OVERDUE}.md"):
        text = re.sub(r"^reviewed: .*$", "reviewed: 2020-01-01", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        page.write_text(re.sub(r"^next_review: .*$", "next_review: 2020-07-01", text, flags=re.M), encoding="utf-8")

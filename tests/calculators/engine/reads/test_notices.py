"""What is said while tables are read: each code with its values, and the sentences in both languages."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import Formatter

import openpyxl
import pytest

from calculators.engine.asks.errors import InvalidInputs, Sentence
from calculators.engine.asks.limits import MAX_BYTES
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.names import more_than_once
from calculators.engine.reads.sources import File, Pasted, Rows, Source
from calculators.engine.reads.tables import raw_rows, read_table
from calculators.engine.shows.text import LANGUAGES, Text, words_of
from tests.table_files import CUSTOMERS, ole_file, openpyxl_file, zip_file

PLAN = TableSpec(
    "plan",
    (
        ColumnSpec("person", "text"),
        ColumnSpec("start", "date", required=False),
        ColumnSpec("attainment", "percent", required=False),
        ColumnSpec("weight", "number", required=False),
        ColumnSpec("initiative_weight", "number", required=False, relative=True),
        ColumnSpec("moved_to", "choice", required=False, options={"star": ("明星", "Star"), "core": ("骨干", "Core")}),
    ),
)
"""A table with a column of every other kind."""


@dataclass(frozen=True)
class Said:
    """A problem of a row, a remark (row None), or why all was refused (row 0): its code and values; its sentences."""

    row: int | None
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Case:
    """A source and how it is read, and everything that is said of it."""

    name: str
    source: Source
    says: Sequence[Said]
    spec: TableSpec = CUSTOMERS
    options: Mapping[str, object] = field(default_factory=dict)


def heard(source: Source, spec: TableSpec = CUSTOMERS, **options: object) -> list[tuple[int | None, str, object]]:
    """Return what is said of a source: problems by row, then remarks."""
    try:
        reading = read_table(source, spec, **options)  # type: ignore[arg-type]  # read_table checks them
    except InvalidInputs as invalid:
        return [(0, error.code.removeprefix("tables."), dict(error.params)) for error in invalid.errors]
    said: list[tuple[int | None, str, object]] = [
        (one.row, one.code.removeprefix("tables."), dict(one.params)) for one in reading.problems
    ]
    return said + [(None, one.code.removeprefix("tables."), dict(one.params)) for one in reading.remarks]


def sheets(
    *rows: Sequence[object], touch: Callable[[openpyxl.Workbook], None] = lambda _: None, **more: object
) -> File:
    """Return a workbook whose first sheet has these rows; ``more`` are sheets after it."""
    content: dict[str, object] = {"名单": rows, **more}
    return File("名单.xlsx", openpyxl_file(content, touch))  # type: ignore[arg-type]  # sheets of rows


def damaged_styles() -> bytes:
    """A list in a workbook whose styles are cut off."""
    out = io.BytesIO()
    whole = io.BytesIO(openpyxl_file({"客户": [["客户", "收入(元)"], ["甲", 5]]}))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 200 if name == "xl/styles.xml" else None])
    return out.getvalue()


def hidden(book: openpyxl.Workbook) -> None:
    """Hide the third row."""
    book["名单"].row_dimensions[3].hidden = True


def merged(book: openpyxl.Workbook) -> None:
    """Merge the first two cells of names."""
    book["名单"].merge_cells("A2:A3")


def merged_amount(book: openpyxl.Workbook) -> None:
    """Merge the amounts."""
    book["名单"].merge_cells(f"B2:B{book['名单'].max_row}")


def in_thousands(book: openpyxl.Workbook) -> None:
    """Show the first amount in thousands."""
    book["名单"]["B2"].number_format = "#,##0,"


CASES = (
    Case(
        "amounts that are none, each in its way",
        Pasted('客户,收入(元)\n甲,#N/A\n乙,=A1\n丙,许多\n丁,2024-03-01\n戊,5%\n己,"1,23.4"\n庚,$5\n辛,1e99\n壬,7\n'),
        [
            Said(
                2,
                "excel_error",
                {"cell": "#N/A"},
                zh="“#N/A”是 Excel 的错误值。请在表格里改好公式再导入。",
                en="“#N/A” is an Excel error. Fix the formula in your spreadsheet and choose it again.",
            ),
            Said(
                3,
                "formula",
                {"cell": "=A1"},
                zh="“=A1”是公式，文件里没有保存它的结果。请用 Excel 或 WPS 打开，保存一次再导入。",
                en="“=A1” is a formula whose result the file does not hold. Open it in Excel, save it once, and choose it again.",
            ),
            Said(
                4,
                "not_an_amount",
                {"cell": "许多"},
                zh="“许多”不是金额。请填数字，如 1,234.50 或 12.5万；金额未定的可以留空。",
                en="“许多” is not an amount. Enter a number such as 1,234.50 or 12.5k; leave the cell blank if the amount is not known.",
            ),
            Said(
                5,
                "date",
                {"cell": "2024-03-01"},
                zh="“2024-03-01”是日期，不是金额。请检查金额列选得对不对，或在 Excel 里把这一格改成数字格式。",
                en="“2024-03-01” is a date, not an amount. Check that you chose the right column, or give the cell a number format in Excel.",
            ),
            Said(
                6,
                "percentage",
                {"cell": "5%"},
                zh="“5%”是百分比，不是金额。请填金额。",
                en="“5%” is a percentage, not an amount. Enter the amount.",
            ),
            Said(
                7,
                "separators",
                {"cell": "1,23.4"},
                zh="“1,23.4”里的逗号和小数点看不明白：逗号应每三位一个，小数点只有一个。请改成 1234.50 这样的写法。",
                en="The commas and points in “1,23.4” can be read in more than one way. Write it as 1234.50.",
            ),
            Said(
                8,
                "foreign_currency",
                {"currency": "USD", "own": "CNY", "cell": "$5"},
                zh="“$5”是外币（USD），这里按 CNY 计算，没有替你换算。请换算后再填。",
                en="“$5” is in another currency (USD); this playbook computes in CNY and does not convert. Convert it first.",
            ),
            Said(
                9,
                "amount_too_large",
                {"limit": 1000000000000000, "cell": "1e99"},
                zh="“1e99”超过了能计算的最大金额 ¥10,000,000,000,000。请检查单位是否选错，例如把元当成了万元。",
                en="“1e99” is above the largest amount that can be computed, ¥10,000,000,000,000. Check the unit: were single units taken for thousands?",
            ),
        ],
    ),
    Case(
        "rows that are no record",
        Pasted("客户,收入(元)\n甲,5\n客户,收入(元)\n合计,5\n,6\n#REF!,1\n乙,7\n,\n备注：估计\n"),
        [
            Said(
                3,
                "repeated_header",
                {"header": "客户", "cell": "客户"},
                zh="这一行与表头重复，没有计入。",
                en="The header once more, so it was left out.",
            ),
            Said(
                4,
                "total_row",
                {"header": "客户", "cell": "合计"},
                zh="这是汇总行（“合计”），不是明细，没有计入。",
                en="A line about other rows (“合计”), not a record of its own, so it was left out.",
            ),
            Said(
                5,
                "blank_text",
                {"header": "客户", "cell": ""},
                zh="“客户”是空的，不知道这一行算谁的。请补上后再算。",
                en="“客户” is blank, so there is no telling whose row this is. Fill it in.",
            ),
            Said(6, "excel_error", {"header": "客户", "cell": "#REF!"}),
            Said(
                9,
                "footnote",
                {"header": "客户", "cell": "备注：估计"},
                zh="这是表格后面的说明（“备注：估计”），不是明细，没有计入。",
                en="A note below the table (“备注：估计”), not a record of its own, so it was left out.",
            ),
            Said(
                None,
                "totals_agree",
                {"count": 1},
                zh="有 1 个合计行没有计入，与读到的各行相符。",
                en="One total row was left out; it agrees with the rows read.",
            ),
            Said(
                None,
                "blank_rows",
                {"count": 1},
                zh="跳过了中间的 1 个空行。",
                en="One blank row in the middle was skipped.",
            ),
        ],
    ),
    Case(
        "totals that agree, and one that does not",
        Pasted("客户,收入(元)\n甲,\n甲：一期,5\n甲：二期,6\nTotal for 甲,11\n乙,7\n华北合计,7\n合计,20\n"),
        [
            Said(
                2,
                "group_heading",
                {"header": "客户", "cell": "甲"},
                zh="这是下面一组的名称（“甲”），不是明细，没有计入。",
                en="The name of the group below (“甲”), not a record of its own, so it was left out.",
            ),
            Said(5, "total_row", {"header": "客户", "cell": "Total for 甲"}),
            Said(7, "total_row", {"header": "客户", "cell": "华北合计"}),
            Said(8, "total_row", {"header": "客户", "cell": "合计"}),
            Said(
                None,
                "totals_differ",
                {
                    "cell": "合计",
                    "row": 8,
                    "stated": Sentence("tables.ask.totals.money", {"amount": 2000}),
                    "read": Sentence("tables.ask.totals.money", {"amount": 1800}),
                    "difference": Sentence("tables.ask.totals.money", {"amount": 200}),
                    "count": 1,
                    "others": 0,
                },
                zh="有 1 个合计与读到的各行不符。差得最多的是第 8 行“合计”：写的是 ¥20，各行算下来是 ¥18，相差 ¥2。可能有的行被隐藏、缺失或没有用上。",
                en="“合计” (row 8) says ¥20, and the rows read come to ¥18: ¥2 apart. Rows may be hidden, missing or not used.",
            ),
        ],
    ),
    Case(
        "nothing but names of groups",
        Pasted("客户,收入(元)\n华东,\n  一部,\n    合计,5\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.group_heading", "count": 3, "row": 2, "cell": "华东", "header": "客户"},
                zh="读到 3 行，没有一行能用，比如第 2 行：这是下面一组的名称。请检查列选得对不对。",
                en="None of the 3 rows can be used; row 2, for one: it names the group below. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "a comma without quotes",
        File("名单.csv", "客户,收入(元)\n甲,1,234\n乙,5\n".encode()),
        [
            Said(
                2,
                "too_many_cells",
                {"count": 3, "expected": 2, "cell": ""},
                zh="这一行有 3 格，表头只有 2 格，多半是金额或名称里的逗号把一格拆成了两格。请给带逗号的内容加上英文双引号，或另存为 XLSX。",
                en="This row has 3 cells and the header 2: most likely a comma in a name or an amount cut a cell in two. Put double quotes around it, or save the file as XLSX.",
            )
        ],
    ),
    Case(
        "a comma without quotes, and no cell too many",
        File("名单.csv", "客户,收入(元),负责人\n甲,1,234\n乙,5,张三\n".encode()),
        [
            Said(
                2,
                "split_amount",
                {"cell": "甲,1,234"},
                zh="这一行的金额（“甲,1,234”）没加引号，可能被里面的逗号拆成了两格。请给金额加上英文双引号，或另存为 XLSX。",
                en="A comma without quotes may have cut an amount of this row in two (“甲,1,234”). Put double quotes around the amount, or save the file as XLSX.",
            )
        ],
    ),
    Case(
        "nothing but amounts cut in two",
        File("名单.csv", "客户,收入(元),\n甲,1,234\n".encode()),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.split_amount", "count": 1, "row": 2, "cell": "甲,1,234", "header": ""},
                zh="读到 1 行，没有一行能用，比如第 2 行：金额没加引号，可能被逗号拆成了两格。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: a comma without quotes may have cut its amount in two. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "a note beside the table",
        Pasted("客户\t收入(元)\n甲\t5\t大客户\n乙\t6\n"),
        [
            Said(
                None,
                "extra_cells",
                {"count": 1},
                zh="有 1 行在最后一个表头的右边还有内容，没有使用。",
                en="One row has something to the right of the last header; it was not used.",
            )
        ],
    ),
    Case(
        "rows in another currency",
        Pasted("客户,币种,金额\n甲,USD,5\n乙,CNY,6\n"),
        [
            Said(
                2,
                "foreign_row",
                {"currency": "USD", "own": "CNY", "cell": "USD"},
                zh="这一行的币种是 USD，这里按 CNY 计算，没有替你换算。请换算后再填。",
                en="This row is in USD; this playbook computes in CNY and does not convert. Convert it first.",
            ),
            Said(
                None,
                "unit_assumed",
                {"header": "金额"},
                zh="“金额”没有写单位，按元（一个货币单位）计算。如果是万元或千元，请选单位。",
                en="“金额” names no unit, so numbers were read as single currency units. Choose the unit if they are thousands or 万.",
            ),
        ],
    ),
    Case(
        "a currency that nobody knows, and none",
        Pasted("客户,币种,金额(元)\n甲,待定,5\n乙,CNY,6\n丙,,7\n"),
        [
            Said(
                2,
                "unknown_currency",
                {"header": "币种", "cell": "待定"},
                zh="“币种”里写的“待定”看不出是什么币种，这一行没有使用。请写货币代码，如 CNY、USD。",
                en="“待定” under “币种” names no currency that is known here, so this row was not used. Write a currency code, such as CNY or USD.",
            ),
            Said(
                None,
                "currency_assumed",
                {"header": "币种", "count": 1, "own": "CNY"},
                zh="“币种”有 1 行空着，没写币种，按 CNY 计算。",
                en="One row names no currency under “币种”; it was read as CNY.",
            ),
        ],
    ),
    Case(
        "what each row's amount counts, and one that nobody knows",
        Pasted("客户,金额,计量单位\n甲,5,万\n乙,6,件\n丙,7,元\n"),
        [
            Said(
                3,
                "unknown_unit",
                {"header": "计量单位", "cell": "件"},
                zh="“计量单位”里写的“件”看不出是什么单位，这一行没有使用。请写明单位，如元、万元。",
                en="“件” under “计量单位” names no unit that is known here, so this row was not used. Write one, such as CNY, thousand or 万.",
            ),
            Said(
                None,
                "unit_by_row",
                {"header": "计量单位", "count": 2, "units": ["万", "元"]},
                zh="“计量单位”给 2 行分别写了金额的单位（万、元），每行按自己的单位换算。",
                en="“计量单位” says what the amounts of 2 rows count (万, 元); each was multiplied by its own.",
            ),
        ],
    ),
    Case(
        "units that nobody knows",
        Pasted("客户,金额,单位\n甲,abc,万\n乙,6,件\n丙,7,件\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.unknown_unit", "count": 3, "row": 3, "cell": "件", "header": "金额"},
                zh="读到 3 行，没有一行能用，比如第 3 行：看不出金额的单位。请检查列选得对不对。",
                en="None of the 3 rows can be used; row 3, for one: what its amount counts is not known. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "days whose year stands above",
        Pasted("2025 年名单,\n姓名,入职日期\n甲,3月5日\n乙,20-May\n"),
        [
            Said(
                None,
                "header_row",
                {"row": 2},
            ),
            Said(
                None,
                "year_taken",
                {"header": "入职日期", "count": 2, "cell": "3月5日", "year": 2025},
                zh="“入职日期”有 2 格没写年份，按表里别处写明的年份读取：“3月5日”是 2025 年。",
                en="2 cells of “入职日期” name no year (such as “3月5日”, which is of 2025); the table says which.",
            ),
        ],
        spec=PLAN,
    ),
    Case(
        "damaged styles",
        File("名单.xlsx", damaged_styles()),
        [
            Said(
                None,
                "formats_lost",
                {"count": 1},
                zh="工作簿的格式部分已损坏，只读出了各格的值：日期、百分比和币种可能成了普通数字。请用 Excel 或 WPS 打开，另存一次，再核对。",
                en="The workbook's styles are damaged; the values of its cells were read, but dates, percentages and currencies may have become plain numbers. Open it in Excel, save it again, and compare.",
            ),
        ],
    ),
    Case(
        "currencies that nobody knows alone",
        Pasted("客户,币种,金额\n甲,圣杯,5\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.unknown_currency", "count": 1, "row": 2, "cell": "圣杯", "header": "金额"},
                zh="读到 1 行，没有一行能用，比如第 2 行：看不出是什么币种。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: its currency is not known. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "a title, a unit above the header, a blank row inside",
        Pasted("客户表,\n单位：万元,\n客户,收入\n甲,1.5\n,\n乙,2\n"),
        [
            Said(
                None,
                "header_row",
                {"row": 3},
                zh="表头在第 3 行，上面的标题没有当作数据。",
                en="The header is in row 3; the lines above it were not read as data.",
            ),
            Said(
                None,
                "unit_stated",
                {"header": "单位：万元", "unit": 10000, "written": "万元"},
                zh="“单位：万元”注明了单位，所以每个数都乘以 10,000。",
                en="“单位：万元” names a unit, so every number was multiplied by 10,000.",
            ),
            Said(None, "blank_rows", {"count": 1}),
        ],
    ),
    Case(
        "a title longer than a hundred characters that names a unit",
        Pasted(
            "单位：万元。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。,\n客户,收入(元)\n甲,5\n"
        ),
        [Said(None, "header_row", {"row": 2})],
    ),
    Case(
        "a unit in the heading",
        Pasted("客户,收入(万元)\n甲,5\n"),
        [Said(None, "unit_stated", {"header": "收入(万元)", "unit": 10000, "written": "万元"})],
    ),
    Case(
        "no unit, finer than fen, in powers, with a unit of its own",
        Pasted("客户,收入\n甲,5.5555\n乙,1e3\n丙,3万\n"),
        [
            Said(None, "unit_assumed", {"header": "收入"}),
            Said(
                None,
                "rounded",
                {"header": "收入", "count": 1},
                zh="“收入”有 1 格精确到分以下，已四舍五入到分。",
                en="One amount in “收入” was finer than 0.01 CNY and was rounded, halves upwards.",
            ),
            Said(
                None,
                "own_units",
                {"header": "收入", "count": 1},
                zh="“收入”有 1 格自带单位（如 12.5万），按格子里的单位算。",
                en="One cell of “收入” brings a unit of its own (such as 12.5k), which was used for it.",
            ),
            Said(
                None,
                "scientific",
                {"header": "收入", "count": 1},
                zh="“收入”有 1 格写成 1.2E+07 这样，可能已经丢了尾数。请在 Excel 里改成数字格式后重新导出。",
                en="One amount in “收入” is written like 1.2E+07 and may have lost its last digits. Give the column a number format in Excel and export again.",
            ),
        ],
    ),
    Case(
        "a unit that is chosen against the heading's",
        Pasted("客户,收入(万元)\n甲,5\n"),
        [
            Said(
                None,
                "unit_overruled",
                {"header": "收入(万元)", "unit": 1000, "written": "万元", "stated": 10000},
                zh="“收入(万元)”写的单位是“万元”，但按你选的单位计算：每个数乘以 1,000。",
                en="“收入(万元)” says “万元”, but the unit you chose was used: every number was multiplied by 1,000.",
            )
        ],
        options={"unit": 1000},
    ),
    Case(
        "two columns of revenue",
        Pasted("客户,收入(元),回款(元)\n甲,5,5\n"),
        [
            Said(
                None,
                "other_columns",
                {"header": "收入(元)", "others": ["回款(元)"]},
                zh="用的是“收入(元)”这一列；同样合适的还有：回款(元)。如果应该用别的，请另选。",
                en="“收入(元)” was used; 回款(元) would fit too. Choose again if that is the one you mean.",
            )
        ],
    ),
    Case(
        "a quote never closed",
        Pasted('客户,收入(元),备注\n甲,5,"来电\n乙,6,无\n丙,7,"无"\n'),
        [
            Said(
                None,
                "quote_mended",
                {"count": 1, "rows": [2]},
                zh="有 1 处双引号没有成对（第 2 行），把后面几行并成了一格。已把它当作普通符号，各行照旧分开读取。",
                en="One double quote was never closed (row 2) and had made one cell of what follows. It was taken as a"
                " sign, so that each line is a row again.",
            )
        ],
    ),
    Case(
        "a column per month",
        Pasted("客户\t1月(元)\t2月(元)\n甲\t5\t6\n"),
        [
            Said(
                None,
                "summed_columns",
                {"headers": ["1月(元)", "2月(元)"], "count": 2},
                zh="已把每行的 2 列相加：1月(元)、2月(元)。",
                en="2 columns were added up for each row: 1月(元), 2月(元).",
            )
        ],
    ),
    Case(
        "a header of two rows, and a total",
        Pasted("客户\t收入(元)\t\t\n\tQ1\tQ2\t合计\n甲\t5\t6\t11\n"),
        [
            Said(
                None,
                "sum_of_columns",
                {"header": "收入(元) · 合计", "headers": ["收入(元) · Q1", "收入(元) · Q2"], "count": 2},
                zh="“收入(元) · 合计”在每一行都等于旁边 2 列之和（收入(元) · Q1、收入(元) · Q2），因此用了它。",
                en="“收入(元) · 合计” is the sum of the 2 columns beside it (收入(元) · Q1, 收入(元) · Q2) in every row, so it"
                " was used.",
            ),
            Said(
                None,
                "header_rows",
                {"row": 1, "last": 2},
                zh="表头占第 1 行至第 2 行，每列的名称由各行合成。",
                en="The header takes rows 1 to 2; each column is named by all of them.",
            ),
        ],
    ),
    Case(
        "only the contrary",
        Pasted("客户\t丢单金额(元)\n甲\t5\n"),
        [
            Said(
                None,
                "contrary_column",
                {"header": "丢单金额(元)"},
                zh="用的是“丢单金额(元)”，但从表头看，它不是这里要的数。如有别的列，请改选。",
                en="“丢单金额(元)” was used, though by its heading it is not what is sought. Choose another column if there is"
                " one.",
            )
        ],
    ),
    Case(
        "headings that nobody foresaw",
        Pasted("Kunde\tUmsatz (EUR)\nA\t5\n"),
        [
            Said(
                None,
                "guessed_text",
                {"header": "Kunde"},
                zh="没有列的表头像是名称。“Kunde”是唯一可能的一列，因此用了它；不对请改选。",
                en="No column is headed as one of names. “Kunde” was taken for it, being the only one that can be. Choose"
                " another if that is wrong.",
            ),
            Said(
                None,
                "guessed_money",
                {"header": "Umsatz (EUR)"},
                zh="没有列的表头像是金额。“Umsatz (EUR)”是唯一可能的一列，因此用了它；不对请改选。",
                en="No column is headed as one of amounts. “Umsatz (EUR)” was taken for it, being the only one that can be."
                " Choose another if that is wrong.",
            ),
        ],
        options={"currency": "EUR"},
    ),
    Case(
        "a date that nobody foresaw",
        Pasted("姓名\t来的那天\n林默\t2026-03-02\n"),
        [
            Said(
                None,
                "guessed_date",
                {"header": "来的那天"},
                zh="没有列的表头像是日期。“来的那天”是唯一可能的一列，因此用了它；不对请改选。",
                en="No column is headed as one of dates. “来的那天” was taken for it, being the only one that can be. Choose"
                " another if that is wrong.",
            )
        ],
        spec=TableSpec("team", (ColumnSpec("person", "text"), ColumnSpec("start", "date"))),
    ),
    Case(
        "decimal commas",
        Pasted("客户;收入(元)\n甲;1.234,50\n"),
        [
            Said(
                None,
                "decimal_comma",
                {"header": "收入(元)"},
                zh="“收入(元)”用逗号作小数点（如 1.234,50），已按此读取。",
                en="“收入(元)” uses a comma for decimals (1.234,50) and was read that way.",
            )
        ],
    ),
    Case(
        "no header",
        Pasted("甲公司\t100\n乙公司\t2000"),
        [Said(None, "no_header"), Said(None, "unit_assumed", {"header": "B"})],
    ),
    Case(
        "ids that Excel has ruined",
        Pasted("客户编号,收入(元)\n1.23E+11,5\n1.23E+11,6\n甲,1\n"),
        [
            Said(
                None,
                "ruined",
                {"count": 2, "rows": [2, 3], "cell": "1.23E+11"},
                zh="有 2 个编号被 Excel 改坏了（如“1.23E+11”，在第 2、3 行），已经无法还原，可能是不同的客户，所以各行分开算、不合并。请把这一列设为文本格式后重新导出。",
                en="Excel has ruined 2 ids (such as “1.23E+11”; rows 2, 3) beyond repair. They may be different customers, so their rows were never merged. Format the column as text and export again.",
            )
        ],
    ),
    Case(
        "an encoding that is not stated",
        File("名单.csv", "客户,收入(元)\n甲,5\n".encode("gb18030")),
        [
            Said(
                None,
                "encoding",
                {"encoding": "GB18030"},
                zh="文件没有标明编码，按 GB18030 读取。如果名称是乱码，请另存为“CSV UTF-8”或 XLSX。",
                en="The file does not say how its text is encoded; it was read as GB18030. If names look garbled, save it as “CSV UTF-8” or XLSX.",
            )
        ],
    ),
    Case(
        "an encoding that is stated",
        File("名单.csv", "\ufeff客户,收入(元)\n甲,5\n".encode("utf-16-le")),
        [
            Said(
                None,
                "encoding_marked",
                {"encoding": "UTF-16"},
                zh="文件编码是 UTF-16。",
                en="The file is encoded as UTF-16.",
            )
        ],
    ),
    Case(
        "a damaged character",
        File("名单.csv", ("客户,收入(元)\n" + "甲,5\n" * 100).encode() + b"\xe4"),
        [
            Said(
                None,
                "damaged_characters",
                {"count": 1},
                zh="有 1 个字符已损坏，显示为“�”。如果影响客户名称，请重新导出。",
                en="One character is damaged and shows as “�”. Export the file again if it is in a name.",
            )
        ],
    ),
    Case(
        "two damaged characters",
        File("名单.csv", ("客户,收入(元)\n" + "甲,5\n" * 200).encode() + b"\xe4,\xe4"),
        [Said(202, "not_an_amount", {"cell": "�"}), Said(None, "damaged_characters", {"count": 2})],
    ),
    Case(
        "a workbook of two sheets",
        sheets(["客户", "收入(元)"], ["甲", 5], 说明=[["怎么用"]]),
        [
            Said(
                None,
                "sheet_chosen",
                {"sheet": "名单", "sheets": ["名单", "说明"], "count": 2},
                zh="文件里有 2 张工作表（名单、说明），读的是“名单”。要读别的，请另选。",
                en="The file has 2 sheets (名单, 说明); “名单” was read. Choose another if that is wrong.",
            )
        ],
    ),
    Case(
        "a sheet that is not there",
        sheets(["客户", "收入(元)"], ["甲", 5], 说明=[["怎么用"]]),
        [
            Said(
                0,
                "no_such_sheet",
                {"sheet": "汇总", "sheets": ["名单", "说明"]},
                zh="文件里没有名为“汇总”的工作表。现有：名单、说明。请重新选择。",
                en="The file has no sheet called “汇总”. It has: 名单, 说明. Choose one of those.",
            )
        ],
        options={"sheet": "汇总"},
    ),
    Case(
        "an empty sheet",
        sheets(["客户", "收入(元)"], ["甲", 5], 空=[]),
        [
            Said(
                0,
                "empty_sheet",
                {"sheet": "空"},
                zh="工作表“空”是空的。请换一张工作表，或检查文件是否已保存。",
                en="The sheet “空” is empty. Choose another sheet, or check that the file was saved.",
            )
        ],
        options={"sheet": "空"},
    ),
    Case(
        "a hidden row",
        sheets(["客户", "收入(元)"], ["甲", 5], ["乙", 6], touch=hidden),
        [
            Said(
                None,
                "hidden_rows",
                {"count": 1},
                zh="有 1 行在 Excel 里是隐藏或被筛掉的，同样计入了。不想计入，请删掉这些行再导入。",
                en="One row is hidden or filtered out in Excel; it was read all the same. Delete it if you do not want it.",
            )
        ],
    ),
    Case(
        "an amount that is merged over two customers",
        sheets(["客户", "收入(元)"], ["甲", 5], ["乙", None], touch=merged_amount),
        [
            Said(
                3,
                "merged_amount",
                {"name": "甲", "cell": "5"},
                zh="金额（“5”）写在合并单元格里，已按所选记在“甲”名下。要用这一行，请单独写上它的金额。",
                en="Its amount (“5”) stands in a merged cell and is counted with “甲”, as chosen. Write an amount for each row to use it.",
            )
        ],
        options={"answers": {"merged.revenue": "once"}},
    ),
    Case(
        "nothing but rows whose amount is another's",
        sheets(["客户", "收入(元)"], ["甲", "待议"], ["乙", None], ["丙", None], touch=merged_amount),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.merged_amount", "count": 3, "row": 3, "cell": "待议", "header": "收入(元)"},
            )
        ],
        options={"answers": {"merged.revenue": "once"}},
    ),
    Case(
        "an order that is there twice",
        Pasted("单号,客户,收入(元)\nS1,甲,5\nS1,甲,5\nS2,乙,6\n"),
        [
            Said(
                3,
                "twin",
                {"header": "单号", "cell": "S1"},
                zh="每一格都和前面某一行相同（“单号”S1），按所选没有重复计入。",
                en="It says in every cell what an earlier row does (“单号” S1), so it was left out, as chosen.",
            )
        ],
        options={"answers": {"twins": "once"}},
    ),
    Case(
        "nothing but the same order",
        Pasted("单号,客户,收入(元)\n" + "S1,甲,待议\n" * 5 + "S2,乙,待议\nS3,丙,待议\n" + "S4,丁,待议\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.twin", "count": 8, "row": 3, "cell": "S1", "header": ""},
            )
        ],
        options={"answers": {"twins": "once"}},
    ),
    Case(
        "merged names",
        sheets(["客户", "收入(元)"], ["甲", 5], [None, 6], touch=merged),
        [
            Said(
                None,
                "merged_filled",
                {"header": "客户", "count": 1},
                zh="“客户”有合并单元格，下面 1 行沿用了上面的内容。",
                en="“客户” has merged cells: one row took over what stands above it.",
            )
        ],
    ),
    Case(
        "a number shown smaller than it is",
        sheets(["客户", "收入(元)"], ["甲", 5000], touch=in_thousands),
        [
            Said(
                None,
                "scaled_numbers",
                {"count": 1},
                zh="有 1 个数字的格式把数缩小了显示（例如按万显示），这里按存着的数读取。如果表头写的单位只是显示的单位，请把单位改选为元。",
                en="One number is shown smaller than it is stored, by its format; it was read as stored. If the header's unit is only that of what is shown, choose single units.",
            )
        ],
    ),
    Case(
        "a formula without its value",
        sheets(["客户", "收入(元)"], ["甲", "=1+1"], ["乙", 6]),
        [
            Said(2, "formula", {"cell": "=1+1"}),
            Said(
                None,
                "formulas_without_value",
                {"count": 1},
                zh="有 1 个公式没有保存结果。请用 Excel 或 WPS 打开，保存一次再导入。",
                en="One formula was saved without its result. Open the file in Excel, save it once, and choose it again.",
            ),
        ],
    ),
    Case(
        "formulas only",
        sheets(["客户", "收入(元)"], ["甲", "=1+1"]),
        [
            Said(
                0,
                "only_formulas",
                {"count": 1, "row": 2, "cell": "=1+1", "header": "收入(元)"},
                zh="“收入(元)”一列全是公式，文件里没有保存算好的结果。请用 Excel 或 WPS 打开，保存一次，再导入。",
                en="The column “收入(元)” is all formulas, and the file does not hold their results. Open it in Excel, save it once, and choose it again.",
            )
        ],
    ),
    Case(
        "columns of every kind, each with a cell that is none",
        Pasted(
            "person,start,attainment,weight,initiative weight,moved to\nAnn,2026-02-30,,,,\nBen,03/04/2026,,,,\nCy,46023,,many,,\nDi,,,5%,,\nEve,,,,2024-03-01,\nFay,,,1.005,1,Moon\nGil,,95%,3.5,1,Star\nHal,,1.2,,,\nIda,2026-03-01,88,1.005,,核心\nJo,25/12/2026,,,,\nKim,12/25/2026,,,,\n"
        ),
        [
            Said(
                2,
                "not_a_date",
                {"header": "start", "cell": "2026-02-30"},
                zh="“2026-02-30”不是日期。请写成 2026-03-01 或 2026年3月1日；不知道的可以留空。",
                en="“2026-02-30” is not a date. Write it as 2026-03-01 or 1 March 2026; leave the cell blank if it is not known.",
            ),
            Said(
                3,
                "unclear_date",
                {"header": "start", "cell": "03/04/2026"},
                zh="“03/04/2026”看不出哪个是日、哪个是月。请写成 2026-03-01 这样。",
                en="Nothing tells the day from the month in “03/04/2026”. Write it as 2026-03-01.",
            ),
            Said(
                4,
                "not_a_number",
                {"cell": "many"},
                zh="“many”不是数字。请填数字，如 12 或 3.5；不知道的可以留空。",
                en="“many” is not a number. Enter one such as 12 or 3.5; leave the cell blank if it is not known.",
            ),
            Said(5, "not_a_number", {"cell": "5%"}),
            Said(6, "not_a_number", {"cell": "2024-03-01"}),
            Said(
                7,
                "not_an_option",
                {"zh": "明星、骨干", "en": "Star, Core", "cell": "Moon"},
                zh="“Moon”不在可选项里。可以写：明星、骨干。",
                en="“Moon” is not a choice here. Write one of: Star, Core.",
            ),
            Said(
                9,
                "percent_or_fraction",
                {"cell": "1.2"},
                zh="这一列有的带百分号、有的不带，“1.2”看不出是比例还是百分数。请加上 %，或整列都不加。",
                en="Some cells of this column have a percent sign, and “1.2” might be a fraction or a percentage. Add the sign, or take it from the whole column.",
            ),
            Said(10, "not_an_option", {"zh": "明星、骨干", "en": "Star, Core", "cell": "核心"}),
            Said(
                None,
                "day_numbers",
                {"header": "start", "count": 1, "cell": "46023", "date": date(2026, 1, 1)},
                zh="“start”有 1 格日期丢了格式，按 Excel 的天数读取：“46023”就是 2026年1月1日。",
                en="One date in “start” has lost its format and was read as Excel counts days: “46023” is 1 January 2026.",
            ),
        ],
        spec=PLAN,
    ),
    Case(
        "fractions, days first, weights as percentages",
        Pasted(
            'person,start,attainment,weight,initiative weight,moved to\nAnn,25/12/2026,0.95,1,12.5%,\nBen,03/04/2026,0.123456,"1,5",87.5%,\n'
        ),
        [
            Said(
                None,
                "day_first",
                {"header": "start"},
                zh="“start”里的日期按“日/月/年”读取。",
                en="Dates in “start” were read as day/month/year.",
            ),
            Said(
                None,
                "fractions",
                {"header": "attainment", "count": 2},
                zh="“attainment”没有百分号，按比例读取：0.95 就是 95%。",
                en="“attainment” has no percent signs and was read as fractions: 0.95 is 95%.",
            ),
            Said(None, "decimal_comma", {"header": "weight"}),
        ],
        spec=PLAN,
    ),
    Case(
        "percentages without signs, one of them small; months first",
        Pasted(
            "person,start,attainment,weight,initiative weight,moved to\nAnn,12/25/2026,95,1,1,\nBen,03/04/2026,2,1,1,\n"
        ),
        [
            Said(
                None,
                "month_first",
                {"header": "start"},
                zh="“start”里的日期按“月/日/年”读取。",
                en="Dates in “start” were read as month/day/year.",
            ),
            Said(
                None,
                "percents",
                {"header": "attainment", "count": 2},
                zh="“attainment”没有百分号，按百分数读取：95 就是 95%。",
                en="“attainment” has no percent signs and was read as percentages: 95 is 95%.",
            ),
            Said(
                None,
                "small_percents",
                {"header": "attainment", "count": 1, "cell": "2"},
                zh="“attainment”里有 1 格（如“2”）比其他格小得多，也可能是小数写法的比例；这里按 2% 读取。请加上百分号，免得误会。",
                en="One cell of “attainment”, “2”, might be a fraction among percentages; it was read as 2%. Add percent signs to be sure.",
            ),
        ],
        spec=PLAN,
    ),
    Case(
        "blank cells beyond the header, a long name that begins like a note, a name that is none",
        Pasted(
            "客户,收入(元)\n甲,5,,\n备注：xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,\nn/a,7\n"
        ),
        [Said(4, "blank_text", {"header": "客户", "cell": ""})],
    ),
    Case(
        "a unit above the header, after a bracket with another",
        Pasted("销售（万）单位：千元,\n客户,收入\n甲,5\n"),
        [
            Said(None, "header_row", {"row": 2}),
            Said(None, "unit_stated", {"header": "销售（万）单位：千元", "unit": 1000, "written": "千元"}),
        ],
    ),
    Case(
        "a percentage that is none",
        Pasted("person,attainment\nAnn,lots\nBen,90%\n"),
        [Said(2, "not_a_number", {"cell": "lots"})],
        spec=PLAN,
    ),
    Case(
        "nothing pasted",
        Pasted("  \n"),
        [Said(0, "empty_paste")],
    ),
    Case(
        "an empty file",
        File("名单.csv", b""),
        [
            Said(
                0,
                "empty_file",
                {"name": "名单.csv"},
                zh="文件“名单.csv”是空的。请换一个有内容的文件。",
                en="“名单.csv” is empty. Choose a file with something in it.",
            )
        ],
    ),
    Case(
        "a table of nothing",
        File("名单.csv", b",,\r\n,,\r\n"),
        [Said(0, "empty_table")],
    ),
    Case(
        "a header alone",
        Pasted("客户,收入\n"),
        [
            Said(
                0,
                "no_rows",
                {"row": 1},
                zh="只有表头，下面没有数据。请在表头下面填上内容再试。",
                en="There is a header and nothing below it. Add rows under the header and try again.",
            )
        ],
    ),
    Case(
        "a picture",
        File("名单.csv", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        [
            Said(
                0,
                "image",
                {"name": "名单.csv", "format": "PNG"},
                zh="“名单.csv”是图片（PNG），不是表格。请选择导出的 CSV 或 XLSX 文件；截图里的数字需要先录入表格。",
                en="“名单.csv” is a picture (PNG), not a table. Use the CSV or XLSX export itself; figures in a screenshot have to be typed in first.",
            )
        ],
    ),
    Case(
        "a PDF",
        File("名单.csv", b"%PDF-1.7\n"),
        [
            Said(
                0,
                "not_a_table",
                {"name": "名单.csv", "format": "PDF"},
                zh="“名单.csv”是 PDF 文件，不是表格。请选择 CSV 文件或工作簿（XLSX、XLS、XLSB、ODS）。",
                en="“名单.csv” is a file of type PDF, not a table. Use a CSV file or a workbook (XLSX, XLS, XLSB, ODS).",
            )
        ],
    ),
    Case(
        "bytes of nothing",
        File("名单.csv", bytes(range(256)) * 4),
        [
            Said(
                0,
                "binary",
                {"name": "名单.csv"},
                zh="“名单.csv”不是能读的表格文件，或者已经损坏。请在 Excel 或 WPS 里打开，另存为 XLSX 或“CSV UTF-8”后再导入。",
                en="“名单.csv” is not a table this page can read, or it is damaged. Open it in Excel, save it as XLSX or “CSV UTF-8”, and choose that file.",
            )
        ],
    ),
    Case(
        "half an old workbook",
        File("名单.xls", ole_file("Workbook")),
        [Said(0, "broken_workbook", {"name": "名单.xls"})],
    ),
    Case(
        "a locked workbook",
        File("名单.xlsx", ole_file("EncryptedPackage")),
        [
            Said(
                0,
                "encrypted",
                {"name": "名单.xlsx"},
                zh="“名单.xlsx”加了打开密码。请在 Excel 或 WPS 里取消密码后另存，再导入。",
                en="“名单.xlsx” is protected by a password. Remove the password in Excel, save, and choose it again.",
            )
        ],
    ),
    Case(
        "a web page",
        File("名单.xls", b"<html><table><tr><td>1"),
        [
            Said(
                0,
                "html",
                {"name": "名单.xls"},
                zh="“名单.xls”其实是网页，只是用了表格的扩展名，不少系统的“导出 Excel”就是这样。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
                en="“名单.xls” is really a web page with a spreadsheet's extension, as many “Export to Excel” buttons make. Open it in Excel, save it as .xlsx, and choose that file.",
            )
        ],
    ),
    Case(
        "an XML spreadsheet",
        File("名单.xls", b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>"),
        [
            Said(
                0,
                "xml",
                {"name": "名单.xls"},
                zh="“名单.xls”是 XML 格式的表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
                en="“名单.xls” is an XML spreadsheet. Open it in Excel, save it as .xlsx, and choose that file.",
            )
        ],
    ),
    Case(
        "a Numbers document",
        File("名单.numbers", zip_file("Index/Document.iwa")),
        [
            Said(
                0,
                "other_workbook",
                {"name": "名单.numbers", "format": "Numbers"},
                zh="“名单.numbers”是 Numbers 格式的表格，这里读不了。请另存为 .xlsx 或 CSV 后再导入。",
                en="“名单.numbers” is a spreadsheet in Numbers format, which this page cannot read. Save it as .xlsx or CSV and choose that file.",
            )
        ],
    ),
    Case(
        "half a workbook",
        File("名单.xlsx", openpyxl_file({"客户": [["客户", "收入"]]})[:2000]),
        [
            Said(
                0,
                "broken_workbook",
                {"name": "名单.xlsx"},
                zh="“名单.xlsx”不完整或已损坏，打不开。请重新导出，或用 Excel、WPS 打开后另存为 .xlsx。",
                en="“名单.xlsx” is incomplete or damaged and cannot be opened. Export it again, or open it in Excel and save it as a new .xlsx.",
            )
        ],
    ),
    Case(
        "a plan",
        File("名单.csv", b'{"format": "x"}'),
        [
            Said(
                0,
                "json",
                {"name": "名单.csv"},
                zh="“名单.csv”是 JSON 数据，不是表格。如果它是这里保存的方案，请用“打开方案”；否则请选择 CSV 文件或工作簿（XLSX、XLS、XLSB、ODS）。",
                en="“名单.csv” is JSON data, not a table. If it is a plan saved here, use “Open a plan”; otherwise choose a CSV file or a workbook (XLSX, XLS, XLSB, ODS).",
            )
        ],
    ),
    Case(
        "a file of 51 MB",
        File("名单.csv", bytes(MAX_BYTES + 1)),
        [
            Said(
                0,
                "too_large",
                {"name": "名单.csv", "size": 51, "limit": 50},
                zh="内容有 51 MB，最多能读 50 MB。请删去用不到的列，或按区域拆成几个文件。",
                en="That is 51 MB, and 50 MB is the most that can be read. Delete columns you do not need, or split the file by region.",
            )
        ],
    ),
    Case(
        "201 columns",
        Rows.of([["客户", "收入", *map(str, range(199))], ["甲", "5"]]),
        [
            Said(
                0,
                "too_many_columns",
                {"count": 201, "limit": 200},
                zh="表格有 201 列，最多能读 200 列。请只保留客户、收入等用得到的列。",
                en="The table has 201 columns, and 200 is the most that can be read. Keep only those you need, such as customer and revenue.",
            )
        ],
    ),
    Case(
        "an open quote",
        Pasted('客户,备注,收入(元)\n甲,"来电\n' + "乙,,6\n" * 50),
        [
            Said(
                0,
                "unclosed_quote",
                {"row": 2},
                zh="从第 2 行开始有一个英文双引号没有配对，后面的内容都连成了一格。请补上或删掉这个引号。",
                en="A double quote opened in row 2 is never closed, so everything after it became one cell. Close the quote or delete it.",
            )
        ],
    ),
    Case(
        "no names",
        Pasted("数量,收入\n5,5\n"),
        [
            Said(
                0,
                "no_text_column",
                {
                    "headers": ["数量", "收入"],
                    "zh": ["客户名称", "客户", "客户名", "客户全称"],
                    "en": ["customer name", "customer", "client name", "client"],
                },
                zh="没有找到名称列（客户名称、客户、客户名、客户全称这类表头）。表头里有：数量、收入。请把表头改成其中一个名字，或手动指定是哪一列。",
                en="No column of names was found (customer name, customer, client name, client or the like). The headers are: 数量, 收入. Rename one, or choose the column yourself.",
            )
        ],
    ),
    Case(
        "no amounts",
        Pasted("客户,部门\n甲,销售部\n"),
        [
            Said(
                0,
                "no_money_column",
                {
                    "headers": ["客户", "部门"],
                    "zh": ["收入", "营收", "营业收入", "销售收入"],
                    "en": ["revenue", "amount", "sales", "sales amount"],
                },
                zh="没有找到金额列（收入、营收、营业收入、销售收入这类表头）。表头里有：客户、部门。请把表头改成其中一个名字，或手动指定是哪一列。",
                en="No column of amounts was found (revenue, amount, sales, sales amount or the like). The headers are: 客户, 部门. Rename one, or choose the column yourself.",
            )
        ],
    ),
    Case(
        "a column chosen that is not there",
        Pasted("客户,收入(元)\n甲,5\n"),
        [
            Said(
                0,
                "no_such_column",
                {"number": 8, "count": 2},
                zh="指定了第 8 列，但表格只有 2 列。请重新选择。",
                en="Column 8 was chosen, but the table has only 2. Choose again.",
            )
        ],
        options={"mapping": {"customer": 7}},
    ),
    Case(
        "one column for two",
        Pasted("客户,收入(元)\n甲,5\n"),
        [
            Said(
                0,
                "same_column",
                {"header": "收入(元)"},
                zh="“收入(元)”一列被用了两次。请为每一项各选一列。",
                en="The column “收入(元)” is used twice. Choose a different column for each.",
            )
        ],
        options={"mapping": {"customer": 1, "revenue": 1}},
    ),
    Case(
        "a column in dollars",
        Pasted("客户,收入(USD)\n甲,5\n"),
        [
            Said(
                0,
                "foreign_column",
                {"header": "收入(USD)", "currency": "USD", "own": "CNY"},
                zh="“收入(USD)”的币种是 USD，而这里按 CNY 计算。请先在表格里换算成 CNY，再改掉表头里的币种。",
                en="“收入(USD)” is in USD, and this playbook computes in CNY. Convert the amounts to CNY in your spreadsheet, then change the header.",
            )
        ],
    ),
    Case(
        "a table in dollars",
        Pasted("客户表,\n单位：万美元,\n客户,收入\n甲,5"),
        [Said(0, "foreign_column", {"header": "单位：万美元", "currency": "USD", "own": "CNY"})],
    ),
    Case(
        "a column in fen",
        Pasted("客户,收入(分)\n甲,5\n"),
        [
            Said(
                0,
                "unit_too_small",
                {"header": "收入(分)", "unit": "分"},
                zh="“收入(分)”的单位是“分”，比一个货币单位还小。请先在表格里换算好，再改掉表头里的单位。",
                en="“收入(分)” counts in 分, less than one currency unit. Convert the amounts to whole currency units in your spreadsheet, then change the header.",
            )
        ],
    ),
    Case(
        "amounts of words",
        Pasted("客户,收入(元)\n甲,待签\n乙,商谈中\n"),
        [
            Said(
                0,
                "no_amounts",
                {"count": 2, "row": 2, "cell": "待签", "header": "收入(元)"},
                zh="“收入(元)”一列没有一个能用的金额，比如第 2 行写的是“待签”。请检查金额列选得对不对。",
                en="The column “收入(元)” holds no usable amount; row 2, for one, says “待签”. Check that you chose the right column.",
            )
        ],
    ),
    Case(
        "amounts of dates",
        Pasted("客户,收入(元)\n甲,2024-03-01\n"),
        [Said(0, "no_amounts", {"count": 1, "row": 2, "cell": "2024-03-01", "header": "收入(元)"})],
    ),
    Case(
        "amounts of percentages",
        Pasted("客户,收入(元)\n甲,5%\n乙,合同\n丙,6%\n"),
        [Said(0, "no_amounts", {"count": 3, "row": 2, "cell": "5%", "header": "收入(元)"})],
    ),
    Case(
        "nothing but totals",
        Pasted("客户,收入(元)\n合计,5\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.total_row", "count": 1, "row": 2, "cell": "合计", "header": "客户"},
                zh="读到 1 行，没有一行能用，比如第 2 行：这是汇总行。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: it is about other rows. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "another table below",
        Pasted("客户,收入(元)\n甲,5\n\n负责人,目标\n林,7\n"),
        [
            Said(
                4,
                "other_table",
                {"first": 4, "headers": ["负责人", "目标"], "cell": "负责人"},
                zh="这一行属于另一张表（从第 4 行“负责人、目标”开始），没有计入。要用就把每张表各放一个工作表。",
                en="In another table that begins in row 4 (负责人, 目标), so it was left out. Put each table on a sheet of its own to use it.",
            ),
            Said(5, "other_table", {"first": 4, "headers": ["负责人", "目标"], "cell": "林"}),
            Said(None, "blank_rows", {"count": 1}),
        ],
    ),
    Case(
        "the part of another year",
        Pasted("2025年\n客户,收入(元)\n甲,5\n2026年\n客户,收入(元)\n甲,6\n"),
        [
            Said(
                3,
                "other_part",
                {"cell": "甲"},
                zh="这一行（“甲”）属于另一个时段，按所选没有计入。",
                en="In the part of another period (“甲”), so it was left out, as chosen.",
            ),
            Said(4, "group_heading", {"cell": "2026年"}),
            Said(5, "repeated_header", {"cell": "客户"}),
            Said(None, "header_row", {"row": 2}),
        ],
        options={"answers": {"parts": "last"}},
    ),
    Case(
        "what another measure says",
        Pasted("客户,金额(元),类型\n甲,5,目标\n甲,6,实际\n"),
        [
            Said(
                2,
                "other_measure",
                {"header": "类型", "cell": "目标"},
                zh="这一行的“类型”写的是“目标”，按所选没有计入。",
                en="“类型” says “目标” of it, so it was left out, as chosen.",
            )
        ],
        options={"answers": {"measure": "kind.1"}},
    ),
    Case(
        "nothing that is measured as chosen",
        Pasted("客户,金额(元),类型\n甲,5,目标\n乙,7,目标\n,6,实际\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.other_measure", "count": 3, "row": 2, "cell": "目标", "header": ""},
                zh="读到 3 行，没有一行能用，比如第 2 行：有一列写明它是另一种。请检查列选得对不对。",
                en="None of the 3 rows can be used; row 2, for one: a column says that it is something else. Check that you chose the right columns.",
            )
        ],
        options={"answers": {"measure": "kind.1"}},
    ),
    Case(
        "nothing but another table",
        Pasted("客户,收入(元)\n\n负责人,目标\n林,7\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.other_table", "count": 2, "row": 3, "cell": "负责人", "header": ""},
                zh="读到 2 行，没有一行能用，比如第 3 行：属于另一张表。请检查列选得对不对。",
                en="None of the 2 rows can be used; row 3, for one: it is in another table. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing in the part that is chosen",
        Pasted("2025年\n客户,收入(元)\n甲,5\n乙,6\n丙,7\n\n2026年\n客户,收入(元)\n,8\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.other_part", "count": 6, "row": 3, "cell": "甲", "header": ""},
                zh="读到 6 行，没有一行能用，比如第 3 行：属于另一个时段。请检查列选得对不对。",
                en="None of the 6 rows can be used; row 3, for one: it is in the part of another period. Check that you chose the right columns.",
            )
        ],
        options={"answers": {"parts": "last"}},
    ),
    Case(
        "nothing but headers",
        Pasted("客户,收入(元)\n客户,收入(元)\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.repeated_header", "count": 1, "row": 2, "cell": "客户", "header": "客户"},
                zh="读到 1 行，没有一行能用，比如第 2 行：与表头重复。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: it repeats the header. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but footnotes",
        Pasted("客户,收入(元)\n备注：x,\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.footnote", "count": 1, "row": 2, "cell": "备注：x", "header": "客户"},
                zh="读到 1 行，没有一行能用，比如第 2 行：这是表格后面的说明。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: it is a note below the table. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but nameless",
        Pasted("客户,收入(元)\n,5\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.blank_text", "count": 1, "row": 2, "cell": "", "header": "客户"},
                zh="读到 1 行，没有一行能用，比如第 2 行：名称是空的。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: the name is blank. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but errors",
        Pasted("客户,收入(元)\n#REF!,5\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.excel_error", "count": 1, "row": 2, "cell": "#REF!", "header": "客户"},
                zh="读到 1 行，没有一行能用，比如第 2 行：格子里是 Excel 的错误值。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: it holds an Excel error. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but separators",
        Pasted('客户,收入(元)\n甲,"1,23.4"\n'),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.separators", "count": 1, "row": 2, "cell": "1,23.4", "header": "收入(元)"},
                zh="读到 1 行，没有一行能用，比如第 2 行：金额里的逗号和小数点看不明白。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: the commas and points of its amount are unclear. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but foreign amounts",
        Pasted("客户,收入(元)\n甲,$5\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.foreign_currency", "count": 1, "row": 2, "cell": "$5", "header": "收入(元)"},
                zh="读到 1 行，没有一行能用，比如第 2 行：金额是外币，没有换算。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: its amount is in another currency. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but too large",
        Pasted("客户,收入(元)\n甲,1e99\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {
                    "reason": "tables.reason.amount_too_large",
                    "count": 1,
                    "row": 2,
                    "cell": "1e99",
                    "header": "收入(元)",
                },
                zh="读到 1 行，没有一行能用，比如第 2 行：金额太大，单位可能选错了。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: its amount is too large; the unit may be wrong. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but commas",
        File("名单.csv", "客户,收入(元)\n甲,1,234\n".encode()),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.too_many_cells", "count": 1, "row": 2, "cell": "", "header": ""},
                zh="读到 1 行，没有一行能用，比如第 2 行：格数比表头多，多半是有逗号没加引号。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: it has more cells than the header, probably from a comma without quotes. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but foreign rows",
        Pasted("客户,币种,金额\n甲,USD,5\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.foreign_row", "count": 1, "row": 2, "cell": "USD", "header": "金额"},
                zh="读到 1 行，没有一行能用，比如第 2 行：这一行是外币，没有换算。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: it is in another currency. Check that you chose the right columns.",
            )
        ],
    ),
    Case(
        "nothing but no choices",
        Pasted("person,start,attainment,weight,moved to\nAnn,,,,Moon\n"),
        [
            Said(
                0,
                "no_options",
                {"zh": "明星、骨干", "en": "Star, Core", "count": 1, "row": 2, "cell": "Moon", "header": "moved to"},
                zh="读到 1 行，没有一行能用：“moved to”一列要写这些之一：明星、骨干；比如第 2 行写的是“Moon”。",
                en="None of the rows read (1) can be used: the column “moved to” takes one of: Star, Core; row 2, for one, says “Moon”.",
            )
        ],
        spec=PLAN,
    ),
    Case(
        "nothing but no numbers",
        Pasted("person,start,attainment,weight,moved to\nAnn,,,many,\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.not_a_number", "count": 1, "row": 2, "cell": "many", "header": "weight"},
                zh="读到 1 行，没有一行能用，比如第 2 行：数字列写的不是数字。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: what stands for the number is not one. Check that you chose the right columns.",
            )
        ],
        spec=PLAN,
    ),
    Case(
        "nothing but no dates",
        Pasted("person,start,attainment,weight,moved to\nAnn,soon,,,\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.not_a_date", "count": 1, "row": 2, "cell": "soon", "header": "start"},
                zh="读到 1 行，没有一行能用，比如第 2 行：日期列写的不是日期。请检查列选得对不对。",
                en="The only row, row 2, cannot be used: what stands for the date is not one. Check that you chose the right columns.",
            )
        ],
        spec=PLAN,
    ),
    Case(
        "two digits for a year, a week and a quarter",
        Pasted("person\tstart\nAnn\t15-Jan-26\nBo\t2026年第三周\nCy\tQ3 2026\n"),
        [
            Said(
                None,
                "short_years",
                {"header": "start", "count": 1, "cell": "15-Jan-26", "date": date(2026, 1, 15)},
                zh="“start”有 1 个日期的年份只有两位，00 到 49 算本世纪，50 到 99 算上世纪：“15-Jan-26”是 2026年1月15日。",
                en="One date in “start” has a year of two digits; 00 to 49 were read as of this century, 50 to 99 of the last: “15-Jan-26” is 15 January 2026.",
            ),
            Said(
                None,
                "first_days",
                {"header": "start", "count": 2, "cell": "2026年第三周", "date": date(2026, 1, 12)},
                zh="“start”有 2 格写的是周、月或季度，按其中第一天算（周从周一起，按国际标准计周）：“2026年第三周”是 2026年1月12日。",
                en="2 cells of “start” name a week, a month or a quarter and were read as its first day (weeks as ISO counts them, from Monday): “2026年第三周” is 12 January 2026.",
            ),
        ],
        spec=PLAN,
    ),
    Case(
        "the year first, with two digits",
        Pasted("person\tstart\nAnn\t26/01/31\n"),
        [
            Said(
                None,
                "short_years",
                {"header": "start", "count": 1, "cell": "26/01/31", "date": date(2026, 1, 31)},
            ),
            Said(
                None,
                "year_first",
                {"header": "start"},
                zh="“start”里的日期按“年/月/日”读取。",
                en="Dates in “start” were read as year/month/day.",
            ),
        ],
        spec=PLAN,
        options={"answers": {"order.start": "year"}},
    ),
    Case(
        "nothing but unclear dates",
        Pasted(
            "person,start,attainment,weight,moved to\nAnn,03/04/2026,,,\nBo,05/06/2026,,,\nCy,07/08/2026,,,\n"
            "Di,25/12/2026,,many,\nEd,12/25/2026,,many,\n"
        ),
        [
            Said(
                0,
                "no_usable_rows",
                {"reason": "tables.reason.unclear_date", "count": 5, "row": 2, "cell": "03/04/2026", "header": "start"},
                zh="读到 5 行，没有一行能用，比如第 2 行：看不出哪个是日、哪个是月。请检查列选得对不对。",
                en="None of the 5 rows can be used; row 2, for one: nothing tells the day from the month of its date. Check that you chose the right columns.",
            )
        ],
        spec=PLAN,
    ),
    Case(
        "nothing but percentages or fractions",
        Pasted("person,attainment,weight\nAnn,5%,many\nBen,0.5,\nCy,0.6,\n"),
        [
            Said(
                0,
                "no_usable_rows",
                {
                    "reason": "tables.reason.percent_or_fraction",
                    "count": 3,
                    "row": 3,
                    "cell": "0.5",
                    "header": "attainment",
                },
                zh="读到 3 行，没有一行能用，比如第 3 行：百分号有的写了、有的没写。请检查列选得对不对。",
                en="None of the 3 rows can be used; row 3, for one: some percentages have a sign and some do not. Check that you chose the right columns.",
            )
        ],
        spec=PLAN,
    ),
    Case(
        "no column of number",
        Pasted("person,x\nAnn,1\n"),
        [
            Said(
                0,
                "no_number_column",
                {
                    "headers": ["person", "x"],
                    "zh": ["权重", "系数", "目标系数", "目标权重"],
                    "en": ["weight", "quota weight", "factor", "quota factor"],
                },
                zh="没有找到数字列（权重、系数、目标系数、目标权重这类表头）。表头里有：person、x。请把表头改成其中一个名字，或手动指定是哪一列。",
                en="No column of numbers was found (weight, quota weight, factor, quota factor or the like). The headers are: person, x. Rename one, or choose the column yourself.",
            )
        ],
        spec=TableSpec("plan", (ColumnSpec("person", "text"), ColumnSpec("weight", "number"))),
    ),
    Case(
        "no column of percent",
        Pasted("person,x\nAnn,1\n"),
        [
            Said(
                0,
                "no_percent_column",
                {
                    "headers": ["person", "x"],
                    "zh": ["业绩达成率", "达成率", "目标达成率", "完成率"],
                    "en": ["attainment", "quota attainment", "attainment rate", "target attainment"],
                },
                zh="没有找到百分比列（业绩达成率、达成率、目标达成率、完成率这类表头）。表头里有：person、x。请把表头改成其中一个名字，或手动指定是哪一列。",
                en="No column of percentages was found (attainment, quota attainment, attainment rate, target attainment or the like). The headers are: person, x. Rename one, or choose the column yourself.",
            )
        ],
        spec=TableSpec("plan", (ColumnSpec("person", "text"), ColumnSpec("attainment", "percent"))),
    ),
    Case(
        "no column of date",
        Pasted("person,x\nAnn,1\n"),
        [
            Said(
                0,
                "no_date_column",
                {
                    "headers": ["person", "x"],
                    "zh": ["入职日期", "入职时间", "入职日", "到岗日期"],
                    "en": ["start date", "hire date", "date hired", "joining date"],
                },
                zh="没有找到日期列（入职日期、入职时间、入职日、到岗日期这类表头）。表头里有：person、x。请把表头改成其中一个名字，或手动指定是哪一列。",
                en="No column of dates was found (start date, hire date, date hired, joining date or the like). The headers are: person, x. Rename one, or choose the column yourself.",
            )
        ],
        spec=TableSpec("plan", (ColumnSpec("person", "text"), ColumnSpec("start", "date"))),
    ),
    Case(
        "no column of an event",
        Pasted("person,x\nAnn,1\n"),
        [
            Said(
                None,
                "no_event",
                {"zh": "通过日期", "en": "passed"},
                zh="没有“通过日期”这一列，按每一行都还没发生算。",
                en="There is no column “passed”: in no row is it taken to have happened yet.",
            )
        ],
        spec=TableSpec(
            "plan", (ColumnSpec("person", "text"), ColumnSpec("passed", "date", required=False, event=True))
        ),
        options={"mapping": {"passed": None}},
    ),
    Case(
        "no column of choice",
        Pasted("person,x\nAnn,1\n"),
        [
            Said(
                0,
                "no_choice_column",
                {
                    "headers": ["person", "x"],
                    "zh": ["改到", "新格", "调整后", "调整到"],
                    "en": ["moved to", "to", "after"],
                },
                zh="没有找到改到、新格、调整后、调整到这样的列。表头里有：person、x。请把表头改成其中一个名字，或手动指定是哪一列。",
                en="No column headed moved to, to, after or the like was found. The headers are: person, x. Rename one, or choose the column yourself.",
            )
        ],
        spec=TableSpec(
            "plan", (ColumnSpec("person", "text"), ColumnSpec("moved_to", "choice", options={"star": ("明星", "Star")}))
        ),
    ),
)

MONKEYED = {"too_many_rows", "too_many_to_compute"}
LIMITS = {
    *("unpacks_too_large", "packed_too_tight", "cell_too_long", "heading_too_long", "format_too_long"),
    "too_many_marks",
    *("too_many_merges", "too_deep", "left_unread"),
}
"""In test_limits.py, with the inputs that go beyond them."""
"""Limits that no test reaches in a reasonable time: `test_tables` lowers them; the second is a calculator's own."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_a_source(case: Case) -> None:
    """Problems by row and remarks in order, with their values and sentences; or why all is refused."""
    assert heard(case.source, case.spec, **case.options) == [(one.row, one.code, one.params) for one in case.says]
    for one in case.says:
        for language, sentence in zip(LANGUAGES, (one.zh, one.en), strict=True):
            if sentence:
                assert Text(language, Settings())(f"tables.{one.code}", **one.params) == sentence


def test_every_column_has_a_type_of_its_own() -> None:
    """The browser's Python would find others by itself."""
    frame = read_table(Pasted("person,start,attainment,moved to\nAnn,2026-03-01,95%,Star"), PLAN).frame
    assert {name: str(frame[name].dtype) for name in ("person", "start", "attainment", "weight", "moved_to")} == {
        "person": "object",
        "start": "object",
        "attainment": "object",
        "weight": "object",
        "moved_to": "object",
    }


def test_an_editor_has_merged_cells_filled_in_the_column_that_is_chosen() -> None:
    """As the reading has them."""
    file = sheets(["客户", "收入(元)"], ["甲", 5], [None, 6], touch=merged)
    assert raw_rows(file, spec=CUSTOMERS).rows == [["客户", "收入(元)"], ["甲", "5"], ["甲", "6"]]
    assert raw_rows(file, spec=CUSTOMERS, mapping={"customer": 1}).rows[2] == ["", "6"]


def test_what_is_there_more_than_once_is_named_once() -> None:
    """In order."""
    assert more_than_once(["b", "a", "b", "c", "a"]) == ["a", "b"]


def test_everything_that_can_be_said_is_in_the_table() -> None:
    """Each code, each reason for which no row is left, and each sentence that has values in it."""
    words = dict(words_of("tables", "en"))
    reasons = words.pop("reason")
    del words["open_question"]  # in test_questions.py, with what is asked
    del words["ask"]  # in the tests of what is asked about
    for code in LIMITS:
        del words[code]
    said = [one for case in CASES for one in case.says]
    assert {one.code for one in said} == words.keys() - MONKEYED
    assert {str(one.params.get("reason")).rpartition(".")[2] for one in said} - {"None"} == reasons.keys()
    spelt = {one.code for one in said if one.zh and one.en}
    assert {code for code, sentence in words.items() if any(Formatter().parse(str(sentence)))} >= spelt
    filled = {code for code, text in words.items() if any(name for _, name, _, _ in Formatter().parse(_sentence(text)))}
    assert filled - MONKEYED <= spelt


def _sentence(text: object) -> str:
    return " ".join(text.values()) if isinstance(text, dict) else str(text)

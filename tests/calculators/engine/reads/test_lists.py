"""Lists as they really come: each kind that was once read wrong in silence gives the right sum, or asks by name.

Every input is made here. What a list says beside its sum is in test_notices.py; how each kind is found is tested with
the module that finds it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import openpyxl
import pytest

from calculators import CALCULATORS
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import TableSpec
from calculators.engine.reads.sources import File
from calculators.engine.reads.tables import Asked, Reading, read_table
from tests.calculators.engine.reads.test_workbooks import MAKES, partly
from tests.table_files import CUSTOMERS, openpyxl_file

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Case:
    """A file, what its records come to in the currency's own units, and the rows that are listed as not used.

    ``asks`` is the question by which it is read, where there is one; ``is_open`` says that it is refused until that is
    answered with ``answer``.
    """

    file: File
    right: float
    listed: Sequence[int] = ()
    asks: str = ""
    answer: str = ""
    currency: str = "CNY"
    spec: TableSpec = field(default=CUSTOMERS)

    @property
    def is_open(self) -> bool:
        """Whether nobody but the reader knows."""
        return bool(self.answer)


def text(name: str, content: str, encoding: str = "utf-8") -> File:
    """A text file."""
    return File(name, content.encode(encoding))


def book(*rows: Sequence[object], touch: Callable[[openpyxl.Workbook], None] = lambda _: None) -> File:
    """A workbook of one sheet."""
    return File("a.xlsx", openpyxl_file({"Sheet": rows}, touch))


def merge(*areas: str) -> Callable[[openpyxl.Workbook], None]:
    """What merges areas of the first sheet."""

    def touch(workbook: openpyxl.Workbook) -> None:
        for area in areas:
            workbook.worksheets[0].merge_cells(area)

    return touch


def indented(workbook: openpyxl.Workbook) -> None:
    """Indent every name that is a customer's: whose second letter is small and who has no total below."""
    sheet = workbook.worksheets[0]
    for row in (3, 4, 6):
        sheet.cell(row, 1).alignment = openpyxl.styles.Alignment(indent=1)


def formatted(code: str) -> Callable[[openpyxl.Workbook], None]:
    """What gives the amounts a number format."""

    def touch(workbook: openpyxl.Workbook) -> None:
        for (cell,) in workbook.worksheets[0].iter_rows(min_row=2, min_col=2, max_col=2):
            cell.number_format = code

    return touch


def many_sheets(workbook: openpyxl.Workbook) -> None:
    """Put notes before the list, and a sheet of something else after it."""
    for at in range(12):
        sheet = workbook.create_sheet(f"说明{at}", 0)
        sheet.append(["事项", "备注"])
        sheet.append([f"事项{at}", "=1+1"])


CASES: Mapping[str, Case] = {
    "thousands by a point": Case(
        text("a.csv", "Kunde;Umsatz\nEiche GmbH;2.345\nEsche AG;14.250\nFichte KG;930\nTanne OHG;7.000\n"),
        24_525,
        asks="point.revenue",
    ),
    "a report's footer": Case(
        text(
            "a.csv",
            '"客户名称","金额","负责人"\n"松科","900","林"\n"柏科","700","周"\n\n\n"赢单一览"\n"内部资料"\n"某公司"\n',
        ),
        1_600,
        [6, 7, 8],
    ),
    "groups with a count behind": Case(
        book(
            ["客户", "负责人", "收入"],
            ["松科 (2)", None, 700],
            ["松科", "林", 300],
            ["松科", "周", 400],
            ["柏科 (1)", None, 90],
            ["柏科", "林", 90],
        ),
        790,
        [2, 5],
    ),
    "owners above indented customers": Case(
        book(
            ["Customer", "Sum of Sales"],
            ["Ida", 730],
            ["Pine", 330],
            ["Yew", 400],
            ["Jon", 90],
            ["Fir", 90],
            ["Grand Total", 820],
            touch=indented,
        ),
        820,
        [2, 5, 7],
    ),
    "a header of two rows in a workbook": Case(
        book(
            ["客户", "收入", None, None],
            [None, "上半年", "下半年", "合计"],
            ["松科", 120, 330, 450],
            ["柏科", 70, 20, 90],
            touch=merge("B1:D1", "A1:A2"),
        ),
        540,
    ),
    "a header of two rows in a text": Case(
        text(
            "a.csv", "Account,Sales,,,Costs,,\n,Q1,Q2,Total,Q1,Q2,Total\nPine,120,330,450,1,2,3\nYew,70,20,90,3,4,7\n"
        ),
        540,
    ),
    "a header of three rows": Case(
        text("a.csv", "客户,2026年,,,\n,收入,,成本,\n,一季度,二季度,一季度,二季度\n松科,120,330,1,2\n柏科,70,20,3,4\n"),
        540,
        asks="periods.revenue",
    ),
    "a group without its total": Case(
        text("a.csv", "Account,Sales,,\n,Home,Export,Owner\nPine,120,330,Ida\nYew,70,20,Jon\n"),
        540,
        asks="column.revenue",
        answer="sum",
    ),
    "formulas without results, some": Case(File("a.xlsx", partly("<f>50*12</f>")), 1_200, [3, 4]),
    **{
        f"odd makes: {name}": Case(File("a.xlsx", MAKES[name]), 2_040.5)
        for name in ("a style with a pattern that no version knows", "a grouped pivot", "part names in capitals")
    },
    "Total for X below its jobs": Case(
        text(
            "a.csv",
            "Customer,Total\nPine,\nPine:Roof,310.00\nPine:Wall,140.00\nTotal for Pine,450.00\nYew,90.00\nTOTAL,540.00\n",
        ),
        540,
        [2, 5, 7],
    ),
    "a total under a label not known": Case(
        text("a.csv", "客户,收入\n松科,4507\n柏科,913\n华南合计数,5420\n"), 5_420, [4]
    ),
    "currencies by name": Case(
        text("a.csv", "客户,金额,币种\n松科,450,人民币\n柏科,90,Yuan\n榆科,70,英镑\n杉科,30,US Dollar\n"), 540, [4, 5]
    ),
    "a quote never closed": Case(
        text("a.csv", '客户,收入,备注\n松科,450,"三月来电\n柏科,90,无\n榆科,70,"无"\n杉科,30,无\n'), 640
    ),
    "a quote never closed, all cells quoted": Case(
        text("a.tsv", '"Account"\t"Sales"\t"Note"\n"Pine"\t"450"\t"called\n"Yew"\t"90"\t"ok"\n"Elm"\t"70"\t""\n'), 610
    ),
    "lines in a cell that may be rows": Case(
        text("a.csv", 'Account,Sales,Note\nPine,450,"see\nYew,90,ok\nElm,70,5"\nFir,30,x\n'),
        640,
        asks="quotes",
        answer="rows",
    ),
    "addresses and notes of several lines": Case(
        text("a.csv", 'Account,Address,Sales\nPine,"1 High St,\nBath, UK",450\nYew,"a, b, c\nd, e, f",90\n'), 540
    ),
    "a dollar format in a company of dollars": Case(
        book(["Account", "Sales"], ["Pine", 450.5], ["Yew", 90], touch=formatted('"$"#,##0.00')), 540.5, currency="SGD"
    ),
    "averages between customers": Case(
        text("a.csv", "客户,收入\n松科,110\n松科,340\n松科 平均,225\n柏科,90\n柏科 平均,90\n总平均,180\n"),
        540,
        [4, 6, 7],
    ),
    "a dash for no hundredths": Case(
        text("a.csv", "Kunde;Umsatz\nArve;1'450.-\nFöhre;CHF 90.–\nLärche;700.—\n"), 2_240, currency="CHF"
    ),
    "lost before won": Case(
        text("a.csv", "Account,Closed lost amount,Closed won amount\nPine,700,450\nYew,10,90\n"), 540
    ),
    "refunds before sales": Case(text("a.csv", "客户,退款金额,实付金额\n松科,7,450\n柏科,1,90\n"), 540),
    "budget, prior year and actual": Case(
        text("a.csv", "客户,预算收入,上年收入,实际收入\n松科,500,300,450\n柏科,80,70,90\n"), 540
    ),
    "two columns alike": Case(
        text("a.csv", "客户,赢单金额,回款金额\n松科,450,300\n柏科,90,10\n"),
        540,
        asks="column.revenue",
        answer="column.2",
    ),
    "two years side by side": Case(
        text("a.csv", "Account,Revenue 2025,Revenue 2026\nPine,1,450\nYew,2,90\n"),
        540,
        asks="column.revenue",
        answer="column.3",
    ),
    "net and gross under no heading known": Case(
        text("a.csv", "Account,Netto,Brutto\nPine,450,540\nYew,90,108\n"), 540, asks="column.revenue", answer="column.2"
    ),
    "thousands of merged areas": Case(
        book(
            ["客户", None, "收入"],
            *([f"客户{at}", None, at * 10] for at in range(1, 1_001)),
            touch=merge(*(f"A{at}:B{at}" for at in range(2, 1_002))),
        ),
        5_005_000,
    ),
    "a list behind many sheets": Case(book(["客户", "收入"], ["松科", 450], ["柏科", 90], touch=many_sheets), 540),
    "thousands without quotes, and a last column left blank": Case(
        text("a.csv", "客户,收入,负责人\n松科,1,450,\n柏科,90,林\n榆科,2,700,\n杉科,30,周\n"), 4_270
    ),
    "a row of units": Case(text("a.csv", "客户,收入,占比\n,万元,%\n松科,45,83\n柏科,9,17\n"), 540_000),
    "units in brackets for one column": Case(
        text("a.csv", "Account,Sales,Staff\n,(kEUR),\nPine,45,8\nYew,9,1\n"), 54_000, currency="EUR"
    ),
    "a column per month": Case(
        text("a.csv", "客户,2026-01,2026-02,2026-03\n松科,100,150,200\n柏科,30,,60\n"), 540, asks="periods.revenue"
    ),
    "a column per month, and their total": Case(
        text("a.csv", "Account,Jan,Feb,Mar,Total\nPine,100,150,200,450\nYew,30,,60,90\n"), 540
    ),
    "a total that is not the months' sum": Case(
        text("a.csv", "Account,Jan,Feb,Mar,Total\nPine,100,150,200,450\nYew,30,,60,91\n"), 541, asks="periods.revenue"
    ),
    "targets and takings by quarter": Case(
        text("a.csv", "客户,一季度目标,一季度回款,二季度目标,二季度回款\n松科,500,150,500,300\n柏科,50,30,50,60\n"),
        540,
        asks="periods.revenue",
    ),
    "months of two years": Case(
        text("a.csv", "客户,2025年1月,2025年2月,2026年1月,2026年2月\n松科,1,2,150,300\n柏科,1,2,30,60\n"),
        540,
        asks="periods.revenue",
        answer="year.2026",
    ),
    "headings that nobody foresaw": Case(
        text("a.csv", "Nr,Mandant,Ort,Erlös\n1,Arve,Chur,450\n2,Föhre,Chur,90\n", "cp1252"), 540
    ),
    "lines and columns of nothing": Case(
        text(
            "EXPORT.CSV",
            "客户,收入,,,,\n" + ",,,,,\n" * 3_000 + "松科,450,,,,\n" + "\n" * 2_000 + "柏科,90,,,,\n" + ",,,,,\n" * 500,
        ),
        540,
    ),
    "hundreds of blank columns": Case(
        text("名单", "客户" + "," * 400 + "收入\n松科" + "," * 400 + "450\n柏科" + "," * 400 + "90\n", "gb18030"), 540
    ),
    "an escape in a name": Case(book(["Account", "Sales"], ["Pine_x000D_\nLtd", 450], ["Yew", 90]), 540),
}


def read(case: Case, answers: Mapping[str, str] | None = None) -> Reading:
    """Read a case as it is."""
    return read_table(case.file, case.spec, currency=case.currency, answers=answers)


@pytest.mark.parametrize("name", CASES)
def test_a_list_as_it_comes_is_read_right_or_asked_about(name: str) -> None:
    """Its sum, the rows that are not used, and the question by which it is read, which has the other sums beside it."""
    case = CASES[name]
    answers = None
    if case.is_open:
        with pytest.raises(Asked, match="open_question") as asked:
            read(case)
        assert [question.name for question in asked.value.known.questions if question.chosen is None] == [case.asks]
        assert case.answer in asked.value.known.questions[0].options
        answers = {case.asks: case.answer}
    reading = read(case, answers)

    assert int(reading.frame["revenue"].sum()) == round(case.right * 100)
    assert reading.frame["revenue_known"].all()
    assert [problem.row for problem in reading.problems] == list(case.listed)
    assert [question.name for question in reading.questions] == ([case.asks] if case.asks else [])


def table_of(calculator: str, name: str) -> TableSpec:
    """A calculator's own table."""
    (found,) = (spec for spec in CALCULATORS[calculator].declare(Settings()).tables if spec.name == name)
    return found

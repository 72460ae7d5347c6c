"""Lists as they really come: each kind that was once read wrong in silence gives the right sum, or asks by name.

Every input is made here. What a list says beside its sum is in test_notices.py; how each kind is found is tested with
the module that finds it.
"""

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Any

import openpyxl
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import TableSpec
from calculators.engine.reads.sources import File
from calculators.engine.reads.sources import Rows as RowsAsText
from calculators.engine.reads.tables import Asked, Reading, raw_rows, read_table
from tests.calculators.engine.reads.test_workbooks import MAKES, partly
from tests.table_files import CUSTOMERS, csv_text, openpyxl_file

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Case:
    """A file, what its records come to, in hundreds of its smallest unit, and the rows that are listed as not used.

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


def indented_below(workbook: openpyxl.Workbook) -> None:
    """Indent the two customers below the first row."""
    for row in (3, 4):
        workbook.worksheets[0].cell(row, 1).alignment = openpyxl.styles.Alignment(indent=1)


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
            "Customer,Total\nPine,\nPine:Roof,310.00\nPine:Wall,140.00\nTotal for Pine,450.00\nYew,90.00\n"
            "TOTAL,540.00\n",
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
        text("a.csv", "客户,收入,负责人\n松科,1,450,\n柏科,90,林\n榆科,2,700,\n杉科,30,周\n"), 4_270, asks="commas"
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
    "a header in two languages": Case(
        text("a.csv", "客户名称,销售收入,负责人\nCustomer,Revenue,Owner\n松科,450,林\n柏科,90,周\n"), 540, [2]
    ),
    "columns numbered in brackets": Case(text("a.csv", "客户,收入\n(1),(2)\n松科,450\n柏科,90\n"), 540),
    "columns numbered, texts by stems": Case(
        text("a.csv", "客户,负责人,收入,成本\n甲,乙,1,2\n松科,林,450,9\n柏科,周,90,8\n"), 540
    ),
    "customers called by numbers and stems": Case(text("a.csv", "客户,收入\n甲,1\n2,3\n"), 4),
    "another table below": Case(
        text("a.csv", "客户,收入\n松科,450\n柏科,90\n\n本季目标\n负责人,目标\n林,1000\n周,2000\n"), 540, [5, 6, 7, 8]
    ),
    "a word for an amount after a blank line": Case(
        text("a.csv", "客户,收入\n松科,450\n\n杉科,见合同\n柏科,90\n"), 540, [4]
    ),
    "pages with the title and the header again": Case(
        text("a.csv", "客户收入表\n客户,收入\n松科,450\n客户收入表\n客户,收入\n柏科,90\n"), 540, [4, 5]
    ),
    "regions below one another": Case(
        text("a.csv", "East\nAccount,Sales\nPine,450\n\nWest\nAccount,Sales\nYew,90\n"), 540, [5, 6]
    ),
    "years below one another": Case(
        text("a.csv", "2025年\n客户,收入\n松科,450\n\n2026年\n客户,收入\n松科,90\n"),
        90,
        [3, 5, 6],
        asks="parts",
        answer="last",
    ),
    "months below one another, all meant": Case(
        text("a.csv", "January\nAccount,Sales\nPine,450\n\nFebruary\nAccount,Sales\nPine,90\n"),
        540,
        [5, 6],
        asks="parts",
        answer="all",
    ),
    "row labels of a Chinese pivot": Case(
        book(["行标签", "求和项:收入"], ["林", 540], ["松科", 450], ["柏科", 90], ["总计", 540], touch=indented_below),
        540,
        [2, 5],
    ),
    "chapters in Chinese over their customers": Case(
        text("a.csv", "客户,收入\n一、华东,540\n松科,450\n柏科,90\n二、华西,70\n榆科,70\n"), 610, [2, 5]
    ),
    "chapters without sums": Case(
        text("a.csv", "客户,收入\n（一）华东,\n松科,450\n柏科,90\n（二）华西,\n榆科,70\n"), 610, [2, 5]
    ),
    "rows numbered by chapter": Case(
        text("a.csv", "No.,Account,Sales\n1,East,540\n1.1,Pine,450\n1.2,Yew,90\n2,West,70\n2.1,Elm,70\n"), 610, [2, 5]
    ),
    "parts of the row above": Case(
        text("a.csv", "客户,收入\n松科,450\n其中：北京,300\n柏科,90\n其中：上海,20\n"), 540, [3, 5]
    ),
    "the tax below the list": Case(
        text("a.csv", "Account,Sales\nPine,450\nYew,90\nSubtotal,540\nVAT 13%,70.2\nTotal,610.2\n"), 540, [4, 5, 6]
    ),
    "税额与价税合计": Case(
        text("a.csv", "客户,收入\n松科,450\n柏科,90\n小计,540\n税额,70.2\n价税合计,610.2\n"), 540, [4, 5, 6]
    ),
    "目标 and 实际 in one column": Case(
        text("a.csv", "客户,金额,类型\n松科,500,目标\n松科,450,实际\n柏科,80,目标\n柏科,90,实际\n"),
        540,
        [2, 4],
        asks="measure",
        answer="kind.1",
    ),
    "won and lost in one column": Case(
        text("a.csv", "Account,Amount,Stage\nPine,450,Closed Won\nYew,90,Closed Won\nElm,70,Closed Lost\n"),
        540,
        [4],
        asks="measure",
        answer="kind.2",
    ),
    "kinds of customers in one column": Case(text("a.csv", "客户,收入,类型\n松科,450,新签\n柏科,90,续约\n"), 540),
    "Austria's January": Case(
        text("a.csv", "Kunde;Jänner;Februar;März\nEiche;100;150;200\nEsche;30;0;60\n"), 540, asks="periods.revenue"
    ),
    "Italian months that are words, too": Case(
        text("a.csv", "Cliente;gen;feb;mar;apr;mag;set\nPino;100;150;200;1;2;3\n"), 456, asks="periods.revenue"
    ),
    "a unit in German letters": Case(
        text("a.csv", "Kunde;Umsatz (Mrd. €)\nEiche;4,5\nEsche;0,9\n"), 5.4e9, currency="EUR"
    ),
    "a unit in French": Case(
        text("a.csv", "Client;CA (en milliers d'euros)\nPin;450\nIf;90\n"), 540_000, currency="EUR"
    ),
    "a unit behind a currency": Case(
        text("a.csv", "Account,Revenue (EUR (thousands))\nPine,450\nYew,90\n"), 540_000, currency="EUR"
    ),
    "crores": Case(text("a.csv", "Account,Revenue (₹ Cr)\nPine,4.5\nYew,0.9\n"), 5.4e7, currency="INR"),
    "a credit is no crore": Case(text("a.csv", "Account,Revenue (Cr)\nPine,450\nYew,90\n"), 540),
    "a letter for thousands above the table": Case(
        text("a.csv", "单位：RMB k,\n客户,收入\n松科,450\n柏科,90\n"), 540_000
    ),
    "numerals": Case(
        text("a.csv", "客户,收入\n松科,一万二千\n柏科,壹仟贰佰元整\n榆科,1亿2000万\n杉科,两万五\n"), 120_038_200
    ),
    "an Indian slash and a Danish point": Case(
        text("a.csv", 'Account,Revenue\nPine,"Rs 4,500/-"\nYew,90\n'), 4_590, currency="INR"
    ),
    "a currency with a point": Case(text("a.csv", "Kunde;Omsætning\nEg;kr. 1.450,00\nAsk;90\n"), 1_540, currency="DKK"),
    "currencies said twice in a column of no name": Case(
        text(
            "a.csv", "客户,金额,备用\n松科,450,RMB 人民币\n柏科,90,CNY - Chinese Yuan\n榆科,70,USD 美元\n杉科,30,元\n"
        ),
        570,
        [4],
    ),
    "errors of other languages for names": Case(
        text("a.csv", "客户,收入\n松科,450\n#NV,5\n#BEZUG!,6\n#Н/Д,7\n####,8\nErr:502,9\n柏科,90\n"),
        540,
        [3, 4, 5, 6, 7],
    ),
    "Traditional Chinese of Taiwan": Case(
        text("a.csv", "客戶名稱,銷售額,負責人\n松柏實業,450,陳\n華興貿易,90,林\n", "big5"), 540
    ),
    "Japanese without kana": Case(text("a.csv", "顧客,金額\n松井商事,450\n田中工業,90\n", "cp932"), 540),
    "an old Mac's accents": Case(
        text("a.csv", "Kunde,Umsatz\nMüller,450\nJäger,90\n", "mac-roman"), 540, asks="encoding"
    ),
    "notes without a blank line": Case(
        text(
            "a.csv",
            "Kunde,Umsatz\nEiche,450\nEsche,90\nQuelle: ein System\n* ohne Steuer\n2 rows affected\nEnd of report\n",
        ),
        540,
        [4, 5, 6, 7],
    ),
    "an escape in a name": Case(book(["Account", "Sales"], ["Pine_x000D_\nLtd", 450], ["Yew", 90]), 540),
    "years of a customer in rows": Case(
        text("a.csv", "客户,年份,收入\n松科,2025,300\n松科,2026,450\n柏科,2025,20\n柏科,2026,90\n"),
        540,
        [2, 4],
        asks="rows",
        answer="latest",
    ),
    "seasons of a customer in rows": Case(
        text("a.csv", "Account,Season,Sales\nPine,2024/25,300\nPine,2025/26,450\nYew,2024/25,20\nYew,2025/26,90\n"),
        320,
        [3, 5],
        asks="rows",
        answer="year.2024",
    ),
    "year and month in columns of their own": Case(
        text("a.csv", "Account,Year,Month,Sales\nPine,2025,1,300\nPine,2026,1,150\nPine,2026,2,300\nYew,2026,2,90\n"),
        840,
        asks="rows",
        answer="all",
    ),
    "months of a customer in rows": Case(
        text("a.csv", "客户,月份,收入\n松科,1,150\n松科,2,300\n柏科,1,30\n柏科,2,60\n合计,,540\n"),
        540,
        [6],
        asks="rows",
    ),
    "posting periods of two years": Case(
        text("a.csv", "Account,Period,Sales\nPine,012.2025,300\nPine,012.2026,450\nYew,012.2025,20\nYew,012.2026,90\n"),
        540,
        [2, 4],
        asks="rows",
        answer="latest",
    ),
    "the year that each customer was founded": Case(
        text("a.csv", "Account,Founded,Sales\nPine,1999,450\nYew,2003,90\nPine,1999,30\n"), 570
    ),
    "orders with their months": Case(
        text("a.csv", "Account,Month,Sales\nPine,2026-01,150\nPine,2026-01,150\nPine,2026-02,150\nYew,2026-02,90\n"),
        540,
    ),
    "an amount merged over two customers": Case(
        book(["客户", "收入"], ["松科", 450], ["柏科", None], ["榆科", 90], touch=merge("B2:B3")),
        540,
        [3],
        asks="merged.revenue",
        answer="once",
    ),
    "an amount merged over two customers, for each": Case(
        book(["Account", "Sales"], ["Pine", 450], ["Yew", None], ["Elm", 90], touch=merge("B2:B3")),
        990,
        asks="merged.revenue",
        answer="each",
    ),
    "a part that the word alone begins": Case(
        text("a.csv", "客户,收入\n华东,4507\n其中：上海,3001\n杭州,1506\n华北,913\n"),
        5_420,
        [3, 4],
        asks="totals.parts",
    ),
    "a part whose figures are round": Case(
        text("a.csv", "客户,收入\n华东,450\n其中：上海,300\n杭州,150\n华北,90\n"),
        540,
        [3, 4],
        asks="totals.parts",
        answer="leave_out",
    ),
    "parts below the total are records": Case(
        text("a.csv", "客户,收入\n合计,540\n其中：松科,450\n柏科,90\n"), 540, [2]
    ),
    "parts of the total above": Case(
        text("a.csv", "客户,收入\n松科,450\n柏科,90\n合计,540\n其中：出口,300\n"), 540, [4, 5]
    ),
    "a part beside an indented one": Case(
        text("a.csv", "客户,收入\n华东,450\n其中：上海,300\n      杭州,100\n华北,90\n"), 540, [3, 4]
    ),
    "a bookshop called like a part": Case(
        text("a.csv", "客户,收入\n松科,450\n其中堂书店,90\n柏科,20\n"),
        560,
        asks="totals.parts",
        answer="count",
    ),
    "a bookshop that is no part": Case(text("a.csv", "客户,收入\n松科,450\n其中堂书店,900\n柏科,20\n"), 1_370),
    "a part beyond its whole": Case(
        text("a.csv", "Account,Sales\nPine,450\nof which Export,900\nYew,20\n"),
        470,
        [3],
        asks="totals.parts",
        answer="leave_out",
    ),
    "a part beyond its whole, and the total": Case(
        text("a.csv", "Account,Sales\nPine,450\nof which Export,900\nYew,20\nTotal,470\n"), 470, [3, 5]
    ),
    "German parts": Case(
        text("a.csv", "Kunde;Umsatz\nEiche;450\n  davon Berlin;300\nEsche;90\ndavon: Bonn;20\n"), 540, [3, 5]
    ),
    "French parts": Case(
        text("a.csv", "Client;Montant\nPin;450\ndont Nord;300\nIf;90\n"),
        540,
        [3],
        asks="totals.parts",
        answer="leave_out",
    ),
    "a studio called like a part": Case(text("a.csv", "Client;Montant\nPin;450\nDontnod;300\n"), 750),
    "parts that are only indented": Case(
        text("a.csv", "Account,Sales\nPine,450\n  North,200\n  South,100\nYew,90\n"),
        540,
        [3, 4],
        asks="totals.parts",
        answer="leave_out",
    ),
    "refunds beside sales": Case(
        text("a.csv", "客户,类型,金额\n松科,销售,450\n松科,退款,50\n柏科,销售,90\n"),
        490,
        asks="kinds.2",
        answer="subtract",
    ),
    "refunds with a minus": Case(text("a.csv", "客户,类型,金额\n松科,销售,450\n松科,退款,-50\n柏科,销售,90\n"), 490),
    "cancelled orders": Case(
        text("a.csv", "Account,Status,Amount\nPine,Completed,450\nElm,Cancelled,70\nYew,Completed,90\n"),
        540,
        [3],
        asks="kinds.2",
        answer="leave_out",
    ),
    "deals that are not won yet": Case(
        text("a.csv", "Account,Stage,Amount\nPine,Closed Won,450\nElm,Negotiation,70\nYew,Closed Won,90\n"),
        540,
        [3],
        asks="kinds.2",
        answer="leave_out",
    ),
    "debit and credit": Case(
        text("a.csv", "客户,方向,金额\n松科,贷,450\n松科,借,50\n柏科,贷,90\n"),
        490,
        asks="sides.2",
        answer="first",
    ),
    "a measure per row": Case(
        text("a.csv", "Account,Metric,Value\nPine,Revenue,450\nPine,Units,3\nYew,Revenue,90\nYew,Units,1\n"),
        540,
        [3, 5],
        asks="measure",
        answer="kind.1",
    ),
    "invoices and payments": Case(
        text("a.csv", "客户,摘要,金额\n松科,开票,450\n松科,回款,450\n柏科,开票,90\n"),
        540,
        [3],
        asks="measure",
        answer="kind.2",
    ),
    "orders there twice": Case(
        text("a.csv", "订单编号,客户,金额\nS1,松科,450\nS1,松科,450\nS2,柏科,90\n"),
        540,
        [3],
        asks="twins",
        answer="once",
    ),
    "orders alike under numbers of their own": Case(
        text("a.csv", "Order no,Account,Amount\nS1,Pine,450\nS2,Pine,450\nS3,Yew,90\n"), 990
    ),
    "names in the first row of each group": Case(
        text("a.csv", "Account,Order,Amount\nPine,S1,300\n,S2,150\nYew,S3,30\n,S4,60\n"),
        540,
        asks="nameless",
        answer="above",
    ),
    "names that nobody wrote": Case(
        text("a.csv", "Account,Order,Amount\nPine,S1,300\n,S2,150\nYew,S3,30\n,S4,60\n"),
        330,
        [3, 5],
        asks="nameless",
        answer="leave_out",
    ),
    "balances carried from page to page": Case(
        text("a.csv", "客户,收入\n期初余额,1000\n松科,450\n转下页,1450\n承上页,1450\n柏科,90\n期末余额,1540\n"),
        540,
        [2, 4, 5, 7],
    ),
    "an opening balance beside its customer": Case(
        text("a.csv", "Account,Text,Amount\nPine,Opening balance,1000\nPine,Sale,450\nYew,Sale,90\n"), 540, [2]
    ),
    "a rate below the list": Case(text("a.csv", "Account,Amount\nPine,450\nYew,90\nRate USD/CNY,7.1\n"), 540, [4]),
    "a budget below the total, and how far off it is": Case(
        text("a.csv", "Account,Amount\nPine,450\nYew,90\nTotal,540\nBudget,600\nVariance,-60\n"),
        540,
        [4, 5, 6],
        asks="totals.below",
        answer="leave_out",
    ),
    "tax that is in the row above": Case(
        text("a.csv", "Account,Amount\nPine,450\nincl. VAT,72\nYew,90\n"),
        540,
        [3],
        asks="totals.parts",
        answer="leave_out",
    ),
    "a unit that the format shows, too": Case(
        book(["客户", "收入(千元)"], ["松科", 450_000], ["柏科", 90_000], touch=formatted("#,##0,")),
        540_000,
        asks="unit.revenue",
        answer="stored",
    ),
    "a heading of one cell over the amounts": Case(
        text("a.csv", "Sales by Customer\nJanuary - December 2026\n\n,Total\nPine,450.00\nYew,90.00\nTOTAL,540.00\n"),
        540,
        [7],
    ),
    "contacts under a year": Case(
        text(
            "a.csv",
            "Income by Contact\nFor the year ended 31 December 2026\n\nContact,2026\nPine,450\nYew,90\nTotal,540\n",
        ),
        540,
        [7],
    ),
    "a pivot with labels over its columns": Case(
        book(
            ["求和项:收入", "列标签", None, None],
            ["行标签", "一季度", "二季度", "总计"],
            ["松科", 150, 300, 450],
            ["柏科", 30, 60, 90],
            ["总计", 180, 360, 540],
        ),
        540,
        [5],
    ),
    "regions over their customers": Case(
        text("a.csv", "客户,负责人,收入\n华东区,,\n松科,林,450\n华北区,,\n柏科,周,90\n"), 540, [2, 4], asks="sections"
    ),
    "years as parts of a list": Case(
        book(["客户", "收入"], ["2025年"], ["松科", 300], ["柏科", 20], ["2026年"], ["松科", 450], ["柏科", 90]),
        540,
        [2, 3, 4, 5],
        asks="parts",
        answer="last",
    ),
    "years merged over their customers": Case(
        book(
            ["年份", "客户", "收入"],
            [2025, "松科", 300],
            [None, "柏科", 20],
            [2026, "松科", 450],
            [None, "柏科", 90],
            touch=merge("A2:A3", "A4:A5"),
        ),
        540,
        [2, 3],
        asks="rows",
        answer="latest",
    ),
    "the year below its months": Case(
        text("a.csv", "客户,月份,收入\n松科,1月,150\n松科,2月,300\n松科,全年,450\n柏科,1月,90\n柏科,全年,90\n"),
        540,
        [4, 6],
        asks="rows",
    ),
    "with tax and without in one column": Case(
        text("a.csv", "Account,Measure,Amount\nPine,Gross,500\nPine,Net,450\nYew,Gross,100\nYew,Net,90\n"),
        540,
        [2, 4],
        asks="measure",
        answer="kind.2",
    ),
    "drafts in a column read as a region": Case(
        text("a.csv", "Account,State,Amount\nPine,Posted,450\nElm,Draft,70\nYew,Posted,90\n"),
        540,
        [3],
        asks="kinds.2",
        answer="leave_out",
    ),
    "ten thousands of won": Case(text("a.csv", "고객,매출(만원)\n한빛,45\n서울,9\n"), 5_400, currency="KRW"),
}


QUIET: Mapping[str, tuple[str, float]] = {
    "customers that are gone": ("客户,状态,收入\n松科,正常,450\n柏科,流失,90\n", 540),
    "new and renewed": ("Account,Type,Amount\nPine,New,450\nYew,Renewal,90\n", 540),
    "grades C and D": ("客户,等级,收入\n松科,C,450\n柏科,D,90\n", 540),
    "a note on a refund": ("客户,收入,备注\n松科,450,上月曾退款后重签\n柏科,90,\n", 540),
    "a product called returns": ("Account,Product,Amount\nPine,Returns management,450\nYew,Billing,90\n", 540),
    "lines of one order": ("Order ID,Account,Product,Amount\n1,Pine,A,300\n1,Pine,B,150\n3,Yew,A,90\n", 540),
    "branches larger than their head": ("Account,Amount\nPine HQ,100\n  Pine North,300\n  Pine South,140\n", 540),
    "names with rates and accounts": ("Account,Amount\nCorporate Ltd,450\nRate My Car,60\nDiscount Bros,30\n", 540),
    "names like balances": ("Account,Amount\nForward Air,450\nBalance Studio,60\nSaldo GmbH,30\n", 540),
    "期初科技": ("客户,收入\n期初科技,450\n年末商贸,60\n人数科技,30\n", 540),
    "customers nobody has asked yet": ("客户,收入\n松科,\n柏科,90\n杉科,\n榆科,450\n", 540),
    "one name that is missing": ("Account,Owner,Amount\n" + "Pine,Ida,60\n" * 9 + ",Ida,70\n", 540),
    "a quarter per customer": ("Account,Quarter,Amount\nPine,Q1,450\nYew,Q2,90\n", 540),
}
"""Lists that look a little like those that are asked about, and what they come to."""


@pytest.mark.parametrize("name", QUIET)
def test_an_ordinary_list_is_read_without_a_question(name: str) -> None:
    """Who is asked too often does not read the question that matters."""
    content, right = QUIET[name]
    reading = read_table(text("a.csv", content), CUSTOMERS)

    assert int(reading.frame["revenue"].sum()) == right * 100
    assert reading.questions == ()


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


def test_an_amount_merged_over_the_contacts_of_a_customer_counts_once() -> None:
    """Whoever stands in the other rows, they are the same customer's."""
    rows: Rows = [["Account", "Contact", "Sales"], ["Pine", "a", 450], [None, "b", None], ["Yew", "c", 90]]
    reading = read_table(book(*rows, touch=merge("A2:A3", "C2:C3")), CUSTOMERS)

    assert int(reading.frame["revenue"].sum()) == 54_000
    assert reading.questions == ()


@pytest.mark.parametrize("answer", [None, "once", "each"])
def test_rows_that_go_on_as_text_keep_what_a_merged_amount_is(answer: str | None) -> None:
    """In a plan and in the editor nothing is merged: a row whose amount another has is never read as having none."""
    file = book(["客户", "收入"], ["松科", 450], ["柏科", None], ["榆科", 90], touch=merge("B2:B3"))
    answers = {"merged.revenue": answer} if answer else {}
    rows = raw_rows(file, spec=CUSTOMERS, answers=answers).rows
    reading = read_table(RowsAsText.of(rows), CUSTOMERS, answers=answers)

    assert int(reading.frame["revenue"].sum()) == (99_000 if answer == "each" else 54_000)
    assert [problem.row for problem in reading.problems] == ([] if answer == "each" else [3])


@pytest.mark.parametrize(
    ("content", "table", "people"),
    [
        ("姓名,权重\n华东区,\n林,1\n周,0.5\n华北区,\n吴,1\n", ("goal_breakdown", "people"), ["林", "周", "吴"]),
        (
            "Name,Attainment,Output score\nTeam A,,\nIda,105%,8\nTeam B,,\nJon,92%,6\n",
            ("nine_box", "people"),
            ["Ida", "Jon"],
        ),
        ("姓名,权重\n林,1\n周,1\n人数,2\n", ("goal_breakdown", "people"), ["林", "周"]),
        ("姓名,入职日期,通过日期\n林,2026-03-01,\n周,2026-03-15,\n共2人,,\n", ("self_check", "hires"), ["林", "周"]),
        (
            "Week,Closed deals\n2026-W01,5\n2026-W02,3\nCumulative,8\n",
            ("efficiency_alert", "weeks"),
            ["2026-W01", "2026-W02"],
        ),
        ("姓名,业绩\n林,100\n其中：老客户,60\n周,50\n", ("self_check", "results"), ["林", "周"]),
    ],
)
def test_rosters_and_weeks_hold_nobody_who_is_none(content: str, table: tuple[str, str], people: list[str]) -> None:
    """Headings of groups, counts, sums and parts stand in the lists of all calculators."""
    spec = table_of(*table)

    assert read_table(text("a.csv", content), spec).frame[spec.columns[0].name].tolist() == people


@pytest.mark.parametrize(
    ("calculator", "table", "event", "known"),
    [
        ("self_check", "hires", "passed", "通过日期"),
        ("self_check", "accounts", "alert", "预警日期"),
        ("self_check", "accounts", "churned", "流失日期"),
        ("solo_signing", "newcomers", "signed", "首次独立签单日期"),
    ],
)
def test_what_has_not_happened_is_a_blank_cell_and_no_missing_column(
    calculator: str, table: str, event: str, known: str
) -> None:
    """Without a column of that name it is asked which one has the days, or whether none has happened."""
    spec = table_of(calculator, table)
    named = {"newcomer": "姓名", "started": "入职日期", "customer": "客户", "alert": "预警日期", "churned": "流失日期"}
    others = [column.name for column in spec.columns if column.name in named and column.name != event]
    cells = {name: "林" if name in ("newcomer", "customer") else "2026-03-02" for name in others}
    head, row = [*(named[name] for name in others), "某日"], [*cells.values(), "2026-04-01"]
    content = text("a.csv", f"{','.join(head)}\n{','.join(row)}\n")
    at = len(others)

    with pytest.raises(Asked) as refused:
        read_table(content, spec)
    (question,) = refused.value.known.questions
    assert (question.name, question.sentence.params["zh"], question.chosen) == (f"event.{event}", known, None)
    assert list(question.options) == [f"column.{at}", "nowhere"]
    assert question.options[f"column.{at}"].params == {"header": "某日"}

    found = read_table(content, spec, answers={question.name: f"column.{at}"})
    assert found.frame[event].tolist() == [datetime.date(2026, 4, 1)]
    assert "tables.no_event" not in {remark.code for remark in found.remarks}
    for none in (
        read_table(content, spec, answers={question.name: "nowhere"}),
        read_table(content, spec, mapping={event: None}),
    ):
        assert none.frame[event].tolist() == [None]
        (said,) = (remark for remark in none.remarks if remark.code == "tables.no_event")
        assert said.params["zh"] == known


def test_a_merged_day_is_of_each_row() -> None:
    """Who began on one day may share its cell."""
    rows: Rows = [["姓名", "入职日期", "通过日期"], ["林", datetime.date(2026, 3, 2), None], ["周", None, None]]
    reading = read_table(book(*rows, touch=merge("B2:B3")), table_of("self_check", "hires"))

    assert [str(day) for day in reading.frame["started"]] == ["2026-03-02", "2026-03-02"]


def table_of(calculator: str, name: str) -> TableSpec:
    """A calculator's own table."""
    (found,) = (spec for spec in CALCULATORS[calculator].declare(Settings()).tables if spec.name == name)
    return found


def test_one_share_far_beyond_the_others_is_a_fraction_like_them() -> None:
    """Attainments of .92, 1.1 and .7 beside 4.2 are 92%, 110%, 70% and 420%."""
    reading = read_table(
        text("a.csv", "姓名,达成率,产出\n林,0.92,8\n周,1.1,6\n吴,.7,3\n郑,4.2,9\n"), table_of("nine_box", "people")
    )

    assert reading.frame["attainment"].tolist() == [Fraction(one, 100) for one in (92, 110, 70, 420)]


def test_days_with_years_of_two_digits_are_days() -> None:
    """As English and American exports write them; which they are is told by the column."""
    content = "Name,Start date,Exit test passed\nIda,17-Mar-26,9-Apr-26\nJon,3-Feb-26,21-Feb-26\n"
    reading = read_table(text("a.csv", content), table_of("self_check", "hires"))

    assert [str(day) for day in reading.frame["started"]] == ["2026-03-17", "2026-02-03"]
    assert [str(day) for day in reading.frame["passed"]] == ["2026-04-09", "2026-02-21"]


def test_days_that_excel_may_have_swapped_are_asked_about_or_said() -> None:
    """Real dates whose days are all months too, beside text whose days are not."""
    rows: Rows = [
        ["姓名", "入职日期", "通过日期"],
        ["林", "14/02/2026", "26/02/2026"],
        ["周", datetime.datetime(2026, 6, 2), datetime.datetime(2026, 6, 3)],
        ["吴", datetime.datetime(2026, 8, 4), "28/04/2026"],
    ]
    reading_or_asked: Sequence[str]
    try:
        reading = read_table(book(*rows), table_of("self_check", "hires"))
        reading_or_asked = [*(one.code for one in reading.remarks), *(one.name for one in reading.questions)]
    except Asked as asked:
        reading_or_asked = [one.name for one in asked.known.questions]
    assert any("swap" in one for one in reading_or_asked), reading_or_asked


def test_numbers_of_days_count_from_1904_where_the_workbook_says_so() -> None:
    """Without a date format, too."""

    def of_1904(workbook: openpyxl.Workbook) -> None:
        workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    reading = read_table(
        book(["姓名", "入职日期", "通过日期"], ["林", 44_620, 44_650], touch=of_1904), table_of("self_check", "hires")
    )

    assert [str(day) for day in (*reading.frame["started"], *reading.frame["passed"])] == ["2026-03-01", "2026-03-31"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [(("0.2", "0.303", "0.007", "0.49"), "General"), ((0.2, 0.303, 0.007, 0.49), "0.0%")],
    ids=["fine fractions", "percents of a workbook"],
)
def test_weights_keep_what_is_written(cells: Sequence[object], code: str) -> None:
    """A fifth, and seven thousandths, are no hundredths."""
    rows = [["姓名", "权重"], *zip(["林", "周", "吴", "郑"], cells, strict=True)]
    bridge = Bridge(Settings())
    file = book(*rows, touch=formatted(code))
    request = {"calculator": "goal_breakdown", "language": "zh", "values": {"target": "1000000"}}
    reply = json.loads(
        bridge.reply(
            json.dumps({**request, "tables": {"people": {"file": "f", "name": "a.xlsx"}}}), {"f": file.content}
        )
    )

    assert reply["ok"], reply
    totals = {row["person"]: row["total"] for row in reply["result"]["tables"]["people"]}
    assert totals == {"林": 20_000_000, "周": 30_300_000, "吴": 700_000, "郑": 49_000_000}


# --- A known list in random dress ------------------------------------------------------------------


@dataclass(frozen=True)
class Dressed:
    """A list of customers with what each brought in, in hundredths, and the file that somebody made of it."""

    rows: Rows
    records: Mapping[str, int]
    currency: str
    file: File = field(repr=False)


NAMES_OF = {
    "zh": ("松科", "柏华（上海）", "榆林贸易", "杉木 家具", "桐城,分公司", "槐南", "银杏堂", "枫桥"),
    "en": ("Pine Ltd", "Yew & Sons", "Elm, Inc.", "Fir GmbH", "O'Ash", 'The "Oak" Co', "Société Hêtre", "Müller"),
}
WORDS = {
    "zh": {
        "name": "客户名称",
        "money": "收入",
        "owner": "负责人",
        "total": "合计",
        "group": "回款",
        "quarters": ("一季度", "二季度"),
    },
    "en": {
        "name": "Account",
        "money": "Revenue",
        "owner": "Owner",
        "total": "Grand Total",
        "group": "Sales",
        "quarters": ("Q1", "Q2"),
    },
}


def in_style(amount: int, style: str, places: int, sign: str) -> str:
    """An amount of hundredths as people of different countries write it."""
    whole, rest = divmod(abs(amount), 100)
    grouped = f"{whole:,}" if style != "plain" else str(whole)
    decimals = f"{rest:02d}" if places or rest else ""
    if style == "comma":
        grouped = grouped.replace(",", ".")
    elif style == "swiss":
        grouped = grouped.replace(",", "’")
    mark = "," if style == "comma" else "."
    written = f"{sign}{grouped}{mark + decimals if decimals else ''}"
    return f"-{written}" if amount < 0 else written


@st.composite
def dressed(draw: st.DrawFn) -> Dressed:
    """Draw a list and its dress: language, numbers, unit, header, title, total, footer, delimiter, encoding, writer."""
    language = draw(st.sampled_from(("zh", "en")))
    words: Mapping[str, Any] = WORDS[language]
    names = draw(st.lists(st.sampled_from(NAMES_OF[language]), min_size=2, max_size=8, unique=True))
    unit = draw(st.sampled_from(("none", "heading", "row")))
    size = 10_000 if language == "zh" else 1_000
    fineness = 1 if unit == "none" else size
    shares = draw(st.lists(st.tuples(*[st.integers(-50_000, 9_999_999)] * 2), min_size=len(names), max_size=len(names)))
    header = draw(st.sampled_from(("plain", "owner", "groups", "periods", "periods and total")))
    style = draw(st.sampled_from(("plain", "point", "comma", "swiss")))
    places = draw(st.sampled_from((0, 2)))
    currency = "CNY" if language == "zh" else "EUR"
    sign = draw(st.sampled_from(("", "¥" if language == "zh" else "€")))
    written = {"zh": "万元", "en": "kEUR"}[language]
    money = f"{words['money']}({written})" if unit == "heading" else words["money"]

    def row(name: str, first: int, second: int) -> list[object]:
        say = partial(in_style, style=style, places=places, sign=sign)
        if header in ("plain", "owner"):
            return [name, say(first + second), *(["Ida"] if header == "owner" else [])]
        both = [say(first), say(second)]
        return [name, *both, *([say(first + second)] if header != "periods" else [])]

    quarters, total = list(words["quarters"]), words["total"].removeprefix("Grand ")
    heads: list[list[object]] = {
        "plain": [[words["name"], money]],
        "owner": [[words["name"], money, words["owner"]]],
        "groups": [[words["name"], money, "", ""], ["", *quarters, total]],
        "periods": [[words["name"], *quarters]],
        "periods and total": [[words["name"], *quarters, total]],
    }[header]
    if unit == "heading" and header.startswith("periods"):
        heads = [[words["name"], *(f"{one}({written})" for one in heads[0][1:])]]
    if unit == "row":
        heads.append(
            ["", *[written] * (len(heads[-1]) - 1 - (header == "owner")), *([""] if header == "owner" else [])]
        )
    body = [row(name, *pair) for name, pair in zip(names, shares, strict=True)]
    if draw(st.booleans()):
        body.append(row(words["total"], sum(first for first, _ in shares), sum(second for _, second in shares)))
    if draw(st.booleans()):
        body += [[], [{"zh": "数据来源：某系统", "en": "Source: some system"}[language]]]
    title = draw(st.sampled_from(([], [["2026"]], [[{"zh": "客户回款表", "en": "Takings by account"}[language]], []])))
    rows: list[Sequence[object]] = [*title, *heads, *body]
    records = {name: sum(pair) * fineness for name, pair in zip(names, shares, strict=True)}
    if draw(st.integers(0, 3)) == 0:
        return Dressed(rows, records, currency, book(*rows))
    delimiter = draw(st.sampled_from((";", "\t", "|") if style == "comma" else (",", ";", "\t", "|")))
    encodings = ("utf-8", "utf-8-sig", "utf-16", "gb18030") if language == "zh" else ("utf-8", "utf-16", "cp1252")
    encoding = draw(st.sampled_from(encodings))
    content = csv_text(rows, delimiter, draw(st.sampled_from(("\n", "\r\n"))))
    return Dressed(rows, records, currency, File("a.csv", content.encode(encoding, "replace")))


@given(dressed())
def test_a_known_list_in_any_dress_is_read_back_or_asked_about(given_list: Dressed) -> None:
    """Every customer with what it brought in, or a question, or its row among those not used: never another amount."""
    try:
        reading = read_table(given_list.file, CUSTOMERS, currency=given_list.currency)
    except Asked as asked:
        event("asked: " + ", ".join(question.name for question in asked.known.questions if question.chosen is None))
        return
    found = dict(zip(reading.frame["customer"].tolist(), reading.frame["revenue"].tolist(), strict=True))
    if any(question.name != "periods.revenue" for question in reading.questions) and found != given_list.records:
        event("assumed: " + ", ".join(question.name for question in reading.questions))
        return
    missing = given_list.records.keys() - found.keys()
    event("read" if not missing else "rows not used")
    assert {name: given_list.records.get(name) for name in found} == found
    assert reading.frame["revenue_known"].all()
    assert missing <= {problem.cell for problem in reading.problems} or len(missing) <= len(reading.problems)


@pytest.mark.parametrize("style", ["plain", "point", "comma", "swiss"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_list_with_both_marks_leaves_nothing_to_ask(style: str, encoding: str) -> None:
    """What the property allows is no way out where the file says all."""
    amounts = {"松科": 123_456_78, "柏华": 9_876_54, "榆林": -1_234_05}
    rows = [["客户名称", "收入(元)"], *([name, in_style(fen, style, 2, "")] for name, fen in amounts.items())]
    reading = read_table(File("a.csv", csv_text(rows, ";").encode(encoding)), CUSTOMERS)

    assert dict(zip(reading.frame["customer"], reading.frame["revenue"], strict=True)) == amounts
    assert reading.questions == ()

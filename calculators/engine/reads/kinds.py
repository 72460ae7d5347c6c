"""What a column says of each row that is no sale like the others: another measure, a refund, cancelled, not won yet.

Counted in silence such rows make a sum of what does not belong together; which are meant is asked here. Amounts of
another currency or unit are for ``foreign``, periods for ``by_period``.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import parse_column
from calculators.engine.reads.headings import is_contrary, is_neutral, rank
from calculators.engine.reads.number_style import Number
from calculators.engine.reads.rows import LISTED, TableRows, cell_at

_SEEN: Final = 50  # rows by which most columns are known to be something else
_MEASURES: Final = 6  # different things that a column may say its rows measure
_SAMPLE: Final = 1_000
_KINDS: Final = 200  # different cells of a column that tells kinds of rows apart; others are names or notes
_OTHER_MEASURES: Final = re.compile(
    r"毛利[额率]?|利润[额率]?|净利[润率]?|销?数?量|数量|单价|均价|客户数|订单数|件数|台数|吨数|占比|增长率|回款率|完成率|费用率"
    r"|units?|qty|quantity|volume|(?:unit )?price|(?:gross |net )?(?:profit|margin)(?: %)?|headcount|orders|deals|count"
    r"|hours|visits|cogs|opex|ebit|ebitda|share|growth|stück|menge|marge|quantité",
    re.IGNORECASE,
).fullmatch
_STAGES: Final = re.compile(
    r"含税|不含税|税前|税后|毛额|净额|gross|net|brutto|netto|签约|签单|合同|下单|订单|发货|出库|开票|回款|收款|到账|确认收入"
    r"|(?:sales )?(?:invoices?|payments?|receipts?|orders?|bills?|deliver(?:y|ies)|shipments?|contracts?)"
    r"|rechnung(?:en)?|zahlung(?:en)?|auftrag|aufträge|lieferung(?:en)?|facture|paiement",
    re.IGNORECASE,
).fullmatch
"""The same money on its way, or with tax and without: who adds up invoices and payments counts it twice."""
_REVERSED: Final = re.compile(
    r"(?:部分|全额|整单|销售|客户|订单|已)?(?:退款|退货|退貨|退回|退单|退费|红字|紅字|红冲|冲红|冲销|冲减|沖銷|贷项|红票|负数)"
    r"(?:单|票|发票|订单|凭证|通知单|成功|完成|已完成)?"
    r"|(?:sales? |customer |full |partial )?(?:credit[ -]?(?:notes?|memos?)|refund(?:ed|s)?|return(?:s|ed)?"
    r"|revers(?:als?|ed)|charge-?backs?)"
    r"|(?:rechnungs)?gutschrift|storno(?:rechnung)?|storniert|avoirs?|nota de cr[ée]dito|nota di credito"
    r"|[ck]r[ée]dit ?nota|factura rectificativa|retoure",
    re.IGNORECASE,
).fullmatch
_NO_SALE: Final = re.compile(
    r"(?:已|订单|合同)?(?:取消|作废|作廢|失效|删除|驳回|终止)|无效|草稿|初稿|草案|旧版|未成交|输单|丢单|失单|报价单|形式发票"
    r"|(?:closed |deal )?lost|closed[ -]lost|cancell?ed|void(?:ed)?|deleted|rejected|declined|draft|expired|failed"
    r"|abandoned|superseded|quotes?|quotation|estimates?|pro[ -]?forma.{0,10}|annulé|annullato|cancelado"
    r"|geannuleerd|entwurf|abgelehnt|verloren|devis|angebot|presupuesto|preventivo",
    re.IGNORECASE,
).fullmatch
_NOT_YET: Final = re.compile(
    r"(?:0?[0-9][.、)]? ?)?(?:negotiat.*|proposal.*|qualif.*|prospect.*|discovery|needs analysis|value proposition"
    r"|perception analysis|id\. decision makers|open|in progress|pending.*|forecast|pipeline|commit|best case|upside"
    r"|contract sent|decision maker.*|presentation.*|appointment.*|lead|offen|in verhandlung"
    r"|跟进中?|洽谈中?|谈判中?|商务谈判|报价中?|方案.{0,4}|初步.{0,4}|需求.{0,4}|待签约?|待审核?|待确认|待付款"
    r"|未签约?|未付款|审批中|审核中|意向.{0,4}|线索|立项.{0,4}|招投标|投标.{0,2})",
    re.IGNORECASE,
).fullmatch
_WON: Final = re.compile(
    r"(?:closed |deal )?won|closed[ -]won|赢单|贏單|中标|已?成交|已?签约|已?签单|已完成|已付款|已收款"
    r"|completed?|paid|fulfilled|gewonnen|gagné",
    re.IGNORECASE,
).fullmatch
_TELLS_STATES: Final = re.compile(
    r".*(?:阶段|状态|階段|狀態|结果|进度|stage|status|outcome|phase)", re.IGNORECASE
).fullmatch
_IS_A_NUMBER: Final = re.compile(
    r".*(?:单号|编号|票号|合同号|订单号|流水号|凭证号|單號|編號)|(?:.*[^a-z])?(?:id|no|no\.|nr|nr\.|number|#|ref|reference)"
    r"|(?:order|invoice|document|deal|voucher|transaction|beleg|rechnung)s?",
    re.IGNORECASE,
).fullmatch
_OF_A_FLAG: Final = re.compile(r"^(?:是否已?|is[ _]?)|(?:[ _]?flag|标[志记]|[?？])$", re.IGNORECASE)
_YES: Final = frozenset({"是", "有", "√", "✓", "y", "yes", "true", "1", "x", "ja", "oui"})
_SIDES: Final = (
    *(("d", "c"), ("dr", "cr"), ("debit", "credit"), ("s", "h"), ("soll", "haben"), ("借", "贷"), ("借方", "贷方")),
    *(("收", "付"), ("收款", "付款"), ("收入", "支出"), ("+", "-"), ("débit", "crédit")),
)
"""How books tell apart what comes and what goes, where amounts have no sign."""
_TELLS_SIDES: Final = re.compile(
    r".*(?:借贷|方向|收付|debit|credit|dr/?cr|d/c|s/h|soll|side|sign|kennzeichen|±)", re.IGNORECASE
).fullmatch


def ask_about_measures(table: TableRows, main: ColumnSpec) -> None:
    """Ask which rows are meant where a column says what each is: 目标 and 实际, Revenue and Cost, Won and Lost."""
    for at in table.layout.unread():
        seen = {cell_at(row, at) for row in table.body[:_SEEN]} - {""}
        if not 0 < len(seen) <= _MEASURES or not all(_is_measure(kind, main.name) for kind in seen):
            continue
        rows = {index: cell for index, row in enumerate(table.body) if (cell := cell_at(row, at))}
        kinds = sorted(set(rows.values()))
        every = len(rows) + len(table.blank) + len(table.labels) >= len(table.body)
        if not every or not 1 < len(kinds) <= _MEASURES or not all(_is_measure(kind, main.name) for kind in kinds):
            continue
        stages = sum(_STAGES(kind) is not None for kind in kinds) > 1
        if not (stages or any(is_contrary(kind, main.name) or _OTHER_MEASURES(kind) for kind in kinds)):
            continue
        if not stages and not any(rank(kind, main.name) is not None or is_neutral(kind) for kind in kinds):
            continue
        said: dict[str, dict[str, object]] = {"all": {"total": table.rough_total({})}}
        for number, kind in enumerate(kinds, 1):
            others: dict[int, list[str]] = {index: [] for index, cell in rows.items() if cell != kind}
            said[f"kind.{number}"] = {"cell": kind, "total": table.rough_total(others)}
        params = {"header": table.layout.headers[at], "count": len(kinds)}
        answer = table.asking.ask("measure", params, said)
        chosen = kinds[int(answer.removeprefix("kind.")) - 1] if answer != "all" else None
        for index, cell in rows.items():
            if chosen is not None and cell != chosen and index not in table.problems:
                table.problem(index, "tables.other_measure", None, cell, header=table.layout.headers[at])


def _is_measure(cell: str, name: str) -> bool:
    """Whether a cell could head a column of amounts, sought or not."""
    if rank(cell, name) is not None or is_contrary(cell, name) or _OTHER_MEASURES(cell) or _STAGES(cell):
        return True
    return is_neutral(cell) and not cell.isdigit()


def ask_about_kinds(table: TableRows, main: ColumnSpec) -> None:
    """Ask how rows are counted that a column calls refunds, cancelled or not won yet, or puts on a side of its own."""
    for at in _telling(table):
        if len({row[at] for row in table.body[:_SAMPLE] if at < len(row)}) > _KINDS or table.asking.asked("measure"):
            continue
        kinds = {cell for one in {row[at] for row in table.body if at < len(row)} if (cell := one.strip())}
        if not 1 <= len(kinds) <= _KINDS:
            continue
        heading = table.layout.headers[at]
        sides = next((pair for pair in _SIDES if {kind.casefold() for kind in kinds} == set(pair)), None)
        if sides and len(sides[0]) == 1 and sides[0].isascii() and not _TELLS_SIDES(heading):
            sides = None
        odd = _odd(kinds, heading)
        if not (sides or odd):
            continue
        used = (index for index in range(len(table.body)) if index not in table.blank and index not in table.problems)
        rows = {index: cell for index in used if (cell := "".join(table.body[index][at : at + 1]).strip())}
        if sides:
            _ask_about_sides(table, main, at, rows, sides)
            continue
        those = {index: cell for index, cell in rows.items() if cell in odd and index not in table.labels}
        others = sum(index not in those and index not in table.labels for index in range(len(table.body)))
        if those and others > len(table.blank) + len(table.problems.keys() - those.keys()):
            _ask_about_odd(table, main, at, those)


def ask_about_twins(table: TableRows) -> None:
    """Ask whether rows that say in every cell what another does, the number of a document too, are there by mistake."""
    for at in table.layout.unread():
        if not _IS_A_NUMBER(table.layout.headers[at]):
            continue
        first: dict[str, int] = {}
        twins: dict[int, str] = {}
        for index, row in enumerate(table.body):
            cell = row[at].strip() if at < len(row) else ""
            if not cell or index in table.blank or index in table.problems or index in table.labels:
                continue
            if first.setdefault(cell, index) != index and table.line(first[cell]) == table.line(index):
                twins[index] = cell
        if not twins or len(first) < len(twins):
            continue
        without: dict[int, list[str]] = {index: [] for index in twins}
        said = {"once": {"total": table.rough_total(without)}, "each": {"total": table.rough_total({})}}
        earliest = min(twins)
        place = {"cell": twins[earliest], "row": table.layout.start + earliest + 1}
        params: dict[str, object] = {"header": table.layout.headers[at], **place}
        if table.asking.ask("twins", {**params, "count": len(twins)}, said) == "once":
            for index, cell in twins.items():
                table.problem(index, "tables.twin", None, cell, header=table.layout.headers[at])
        return


def _telling(table: TableRows) -> list[int]:
    """Return the columns that may say what a row is: all but those of what must be there, and of figures."""
    mapping, columns = table.layout.mapping, table.layout.columns
    needed = [column for column in table.spec.columns if column.required or column.kind not in ("text", "choice")]
    taken = {part for column in needed if (at := mapping[column.name]) is not None for part in columns.parts(at)}
    return [at for at in range(columns.width) if at not in taken]


def _odd(kinds: Collection[str], heading: str) -> set[str]:
    """Return the kinds of rows that are no sales like the others."""
    odd = {kind for kind in kinds if _REVERSED(kind) or _NO_SALE(kind)}
    flag = _OF_A_FLAG.sub("", heading.strip())
    if _REVERSED(flag) or _NO_SALE(flag):
        odd |= {kind for kind in kinds if kind.casefold() in _YES}
    if _TELLS_STATES(heading):
        won = {kind for kind in kinds if _WON(kind)}
        not_yet = {kind for kind in kinds if _NOT_YET(kind)}
        odd |= not_yet if won or not_yet != set(kinds) else set()
    return odd if odd != set(kinds) or len(kinds) == 1 else set()


def _amounts(table: TableRows, main: ColumnSpec, rows: Collection[int]) -> dict[int, int]:
    """Return what rows come to by the first column of figures, as held."""
    index = table.layout.mapping[main.name]
    found: dict[int, int] = {}
    for part in table.layout.columns.parts(index) if index is not None else ():
        cells = [table.body[row][part] if part < len(table.body[row]) else "" for row in rows]
        for row, held in zip(rows, parse_column(cells, currency=table.currency).held, strict=True):
            found[row] = found.get(row, 0) + held
    return found


def _ask_about_odd(table: TableRows, main: ColumnSpec, at: int, rows: Mapping[int, str]) -> None:
    amounts = _amounts(table, main, list(rows))
    counted = [index for index in rows if amounts[index] > 0]  # what has its sign already takes itself off
    if not counted:
        return
    rows = {index: rows[index] for index in counted}
    without: dict[int, list[str]] = {index: [] for index in rows}
    said = {"count": {"total": table.rough_total({})}, "leave_out": {"total": table.rough_total(without)}}
    taken_off = {index: _negative(table, main, index) for index in rows}
    if all(map(_REVERSED, rows.values())):
        said["subtract"] = {"total": table.rough_total(taken_off)}
    cells = list(dict.fromkeys(rows.values()))
    params = {"header": table.layout.headers[at], "cells": cells[:LISTED], "count": len(rows)}
    answer = table.asking.ask(f"kinds.{at + 1}", params, said)
    for index, cell in rows.items():
        if answer == "leave_out":
            table.problem(index, "tables.other_measure", None, cell, header=table.layout.headers[at])
        elif answer == "subtract":
            table.body[index][:] = taken_off[index]


def _ask_about_sides(
    table: TableRows, main: ColumnSpec, at: int, rows: Mapping[int, str], sides: tuple[str, str]
) -> None:
    amounts = _amounts(table, main, list(rows))
    if min(amounts.values()) < 0 or 2 * len(rows) < len(table.body) - len(table.blank):
        return
    said: dict[str, dict[str, object]] = {"count": {"total": table.rough_total({})}}
    taken_off: dict[str, dict[int, list[str]]] = {}
    for name, side in zip(("first", "second"), sides, strict=True):
        mine = [index for index, cell in rows.items() if cell.casefold() == side]
        taken_off[name] = {index: _negative(table, main, index) for index in mine}
        said[name] = {"cell": rows[mine[0]], "total": table.rough_total(taken_off[name])}
    cells = list(dict.fromkeys(rows.values()))
    answer = table.asking.ask(f"sides.{at + 1}", {"header": table.layout.headers[at], "cells": cells}, said)
    for index, line in taken_off.get(answer, {}).items():
        table.body[index][:] = line


def _negative(table: TableRows, main: ColumnSpec, index: int) -> list[str]:
    """Return a row with its amount taken off."""
    place = table.layout.mapping[main.name]
    line = list(table.body[index])
    for part in table.layout.columns.parts(place) if place is not None else ():
        if part < len(line) and line[part].strip():
            cell = line[part]
            line[part] = Number(f"-{cell}") if isinstance(cell, Number) else f"-{cell.strip().removeprefix('+')}"
    return line

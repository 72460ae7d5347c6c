"""What a row about other rows calls itself: words for totals and averages in the languages of spreadsheets, and notes.

Words are the last evidence: whether the figures agree is for ``totals``. Nothing here sees a figure.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Function = Literal["sum", "mean", "count", "maximum", "minimum", "median", "part", "other"]
"""How a row is computed from others; a ``part`` is in one above, ``other`` is left out and compared with nothing."""


@dataclass(frozen=True)
class Label:
    """What a name says of its row: by which ``function`` it is about others.

    A ``certain`` one can mean nothing else. ``group`` is the part that names what is summed (``East`` of ``Total
    East``), ``count`` how many rows it says there are (``East (3)``), which customers' names may do, too.
    """

    function: Function = "sum"
    certain: bool = False
    group: str = ""
    count: int | None = None


_WORDS: Final[dict[Function, str]] = {
    "sum": """合计 合計 总计 總計 总合计 總合計 総合計 総計 小计 小計 共计 共計 累计 累計 统计 統計 总额 總額 总数 總數
        总和 總和 汇总 彙總 匯總 加总 加總 求和 总金额 合计数 合计额 合计金额
        价税合计 总计数 计 計 합계 총계 소계 총합계
        ∑ σ total totals grand·total sub·total subtotal sub·totals subtotals sum sum·total overall·result grand·sum
        gesamt gesamtsumme gesamtergebnis summe zwischensumme teilergebnis
        somme total·général sous-total sous·total totale totale·complessivo subtotale somma suma total·general
        total·geral soma totaal eindtotaal subtotaal som suma·końcowa razem ogółem итого всего общий·итог итог сумма
        toplam genel·toplam cumulative
        cumulative·total running·total year·to·date kumuliert cumul ytd full·year 全年 年初至今
        全部客户 所有客户 全部人员 净额 合計金額 all·accounts all·customers all·clients all·regions all·reps totaux ttl
        net·amount         ara·toplam summa totalt totalsumma totalsum i·alt celkem celkový·součet součet összesen
        végösszeg yhteensä σύνολο γενικό·σύνολο tổng tổng·cộng jumlah المجموع الإجمالي סה"כ รวม ผลรวมทั้งหมด""",
    "mean": """平均 平均值 平均数 平均値 平均额 平均額 均值 人均 户均 客均 总计平均值 总平均值 평균 average avg averages
        mean grand·average mean·value average·value ø durchschnittswert
        mittelwert durchschnitt moyenne media promedio média gemiddelde średnia среднее ortalama medelvärde
        gjennomsnitt gennemsnit průměr átlag""",
    "count": """计数 計數 個数 个数 总计数值 项数 行数 家数 户数 条数 笔数 件数 人数 总人数 员工数 개수
        headcount count grand·count anzahl nombre
        conteggio cuenta contagem aantal количество""",
    "maximum": "最大值 最大値 最高值 最大 最高 max maximum grand·max maksimum highest höchstwert максимум",
    "minimum": "最小值 最小値 最低值 最小 最低 min minimum grand·min lowest tiefstwert минимум",
    "median": "中位数 中位數 中位值 中央値 median médiane mediana medyan медиана",
    "other": """标准偏差 标准差 標準偏差 方差 乘积 stddev std·dev stdev stdevp var varp variance product
        standard·deviation grand·stddev standardabweichung""",
}
_BALANCES: Final = re.compile(
    r"(?:期初|期末|年初|年末|月初|月末)(?:结转|結轉)?(?:余额|餘額|结存)?|(?:上期|上年|上月)(?:结转|結轉|余额|餘額|结存)(?:余额)?"
    r"|结转(?:下[期年页月]|上[期年页月])"
    r"|(?:转|過|过|接|承|续)(?:下|次|上|前)[页頁]|[上承]页(?:小计|合计)?(?:转来|结转)"
    r"|(?:opening|closing|beginning|ending|starting|previous)\ balance(?:s)?"
    r"|(?:balance\ )?(?:brought|carried)[\s-](?:forward|down|over)|(?:bal(?:ance)?\.?\ )?[bc]/(?:fwd?|f|d)"
    r"|saldovortrag|(?:anfangs|end|schluss)(?:saldo|bestand)|übertrag|saldo\ (?:inicial|final|anterior|iniziale|finale)"
    r"|(?:report|solde)\ (?:à\ nouveau|initial|final|antérieur)|входящий\ остаток|исходящий\ остаток"
    r"|[前次]?期?繰越",
    re.IGNORECASE,
).fullmatch
"""What stood before, and what is carried on: no sale, whoever's it is."""
_RATE: Final = re.compile(
    r"(?:exchange|fx|conversion)\ rate\b.{0,20}|(?:rate|(?:wechsel)?kurs)[\s:]{1,2}[a-z]{3}\s?[/:-]\s?[a-z]{3}\b.{0,12}"
    r"|.{0,20}\b(?:exchange|fx)\ rate|.{0,12}(?:汇率|匯率)",
    re.IGNORECASE,
).fullmatch
_COMPARISONS: Final = frozenset(
    {
        *(
            "去年同期",
            "上年同期",
            "同期",
            "同比",
            "环比",
            "差额",
            "差異",
            "差异",
            "上年",
            "去年",
            "同比增长",
            "环比增长",
        ),
        *("last year", "prior year", "previous year", "difference", "year over year", "yoy"),
        *("vorjahr", "abweichung", "differenz"),
    }
)
"""What a row beside a total is measured against; alone only, and nobody's name."""
_PART: Final = re.compile(
    r"""(?P<sure>(?:其中|memo|nachrichtlich|其内|内含|包含|包括|含|うち|内訳|davon|darunter|hiervon|thereof|therein|including|includes|incl\.?
        |dont|waarvan|varav|heraf|herav|hvorav|hvoraf)\s*+(?:[:：]|$)
    | (?:(?:out\ )?of\ which|в\ том\ числе|в\ т\.?\s?ч\.?|из\ них|w\ tym|di\ cui|de\ l[oa]s\ cuales|d[oa]s\ quais)
        (?!\w))
    | 其中|うち
    | (?:davon|darunter|hiervon|thereof|dont|waarvan|varav|heraf|herav|including|(?:in[ck]l|einschl)\.)\s""",
    re.VERBOSE | re.IGNORECASE,
).match
"""What a part of the row above begins with; without ``sure`` a company's name may, too."""
_LIST_MARKS: Final = " \t-–—•·*>└├│─(（"
_BETWEEN: Final = re.compile(
    r"(?:增值税|销项税|税金|税额|稅額|消費税|VAT|GST|sales\ tax|MwSt\.?|USt\.?|TVA|IVA|НДС)(?:额|額)?"
    r"\s*+[(（]?(?:[0-9]{1,2}(?:[.,][0-9]{1,2})?\s?[%％])?[)）]?",
    re.IGNORECASE,
).fullmatch
"""The tax between a list and what is to be paid: no record."""
_COUNTED_BY: Final = ["客户", "订单", "合同", "记录", "商机", "项目"]
_COUNTED_THINGS: Final = [
    "person",
    "people",
    "employee",
    "rep",
    "customer",
    "client",
    "account",
    "record",
    "row",
    "item",
    "deal",
    "order",
]
_AVERAGED: Final = ["收入", "销售额", "金额", "回款", "业绩", "产值", "每户", "每客户", "客单价"]
_FUNCTION: Final[dict[str, Function]] = {
    **{word.replace("·", " "): function for function, words in _WORDS.items() for word in words.split()},
    **{f"{thing}{number}": "count" for thing in _COUNTED_BY for number in ("数", "数量", "总数")},
    **{f"{of} {thing}s": "count" for thing in _COUNTED_THINGS for of in ("number of", "no. of")},
    **{f"{thing} count": "count" for thing in _COUNTED_THINGS},
    **{f"{mean}{what}": "mean" for mean in ("平均", "户均", "客均", "人均") for what in _AVERAGED},
    **{
        f"{mean} {what}": "mean"
        for mean in ("average", "avg", "avg.")
        for what in ("revenue", "sales", "amount", "deal size")
    },
    **dict.fromkeys(_COMPARISONS, "other"),
}
_ALONE: Final = frozenset(
    {"计", "計", "统计", "統計", "som", "media", "var", "product", "mean", "jumlah", "suma", "ensemble", "ø", "∑", "σ"}
    | {"highest", "lowest", "variance"}
    | _COMPARISONS
)
"""Words that mean a total only where nothing else stands beside them."""
_NAMES: Final = frozenset({"max", "min", "som", "mean", "media", "var", "product", "jumlah", "suma"})
"""Words that may be somebody's name: without figures that agree they are."""
_SINGLE: Final = frozenset({"计", "計", "Ø", "ø", "Σ", "∑"})
_BESIDE: Final = frozenset(_FUNCTION) - _ALONE
_ANY = "|".join(re.escape(word) for word in sorted(_BESIDE, key=len, reverse=True))
_CHINESE = "|".join(sorted((word for word in _BESIDE if "\u4e00" <= word[0] <= "\u9fff"), key=len, reverse=True))

# What may stand beside the word and names no group: a period, a page, everybody.
# Each is taken in one way only: else a row of digits could be cut into years and months in more ways than can be tried.
_PERIOD = r"[0-9]{1,2}月份?+|第?[一二三四1-4]季度?+|[0-9]{2,4}+年?+度?+|[上下]半年|q[1-4]|h[12]|fy ?[0-9]{2,4}+"
_SCOPE_ZH = (
    rf"(?:(?>{_PERIOD}|[本上][页頁月季年期周]|全[部年国國体體员員]|年度|季度|月度|累积|期末|以上|各项|分类|总体|整体|部门"
    r"|公司|分组|本表|总)\s*+)+(?:的)?"
)
_SCOPE_EN = rf"(?:grand|net|report|overall|page|final|running|cumulative|ytd|mtd|year|month|quarter|{_PERIOD})"
_CERTAIN = re.compile(
    rf"(?:{_SCOPE_ZH})?\s*+(?P<zh>{_CHINESE})(?:值|数|额|金额)?"
    rf"|(?:{_SCOPE_EN}[\s-]+)*(?P<en>{_ANY})(?:[\s-]+(?:{_PERIOD}))?",
    re.IGNORECASE,
).fullmatch
_GROUPED = re.compile(
    rf"""(?P<end>.{{1,60}}?)(?:\s*+[-–—:_/|·]\s*+|\s++)(?P<ending>{_ANY})
    | (?P<end_zh>.{{1,60}}?)(?:的)?(?P<ending_zh>{_CHINESE})(?:值|数|额|金额)?
    | (?P<starting>{_ANY})(?:\s++(?:for|of|in|für|pour|per|di|del|de|por|para|voor|dla)\s++|\s*+[-–—:/|]\s*+|\s++)
      (?P<start>.{{1,60}})
    """,
    re.VERBOSE | re.IGNORECASE,
).fullmatch
_COUNTED = re.compile(
    r"(.{1,80}?)\s*+[(\[]\s*+([0-9][0-9,]{0,8})\s*+(?:[条行项个户家笔]|records?|rows?|items?)?\s*+[)\]]", re.IGNORECASE
).fullmatch
_COMPANY_BEHIND = re.compile(r"(?:公司|集团|ltd|inc|llc|gmbh|ag|co)\.?$", re.IGNORECASE).search
_EDGES = " \t*()[]【】<>«»:;=-–—_|."
_FIGURE_BEHIND = re.compile(r"(?<=[:\s])(?<!\s\s)\s*+¥?[0-9][0-9,.]*+\s*+[万亿]?元?$")
_BRACKET_BEHIND = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]{0,12}[)\]]$")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s++(?=[\u4e00-\u9fff])")
_OTHER_WORDS: Final = {
    *(
        "其中",
        "其内",
        "内含",
        "包含",
        "包括",
        "含:",
        "含：",
        "memo",
        "nachrichtlich",
        "うち",
        "内訳",
        "of which",
        "davon",
        "darunter",
        "hiervon",
    ),
    *(
        "thereof",
        "therein",
        "including",
        "includes",
        "incl",
        "inkl.",
        "einschl.",
        "dont",
        "waarvan",
        "varav",
        "heraf",
        "herav",
        "hvorav",
    ),
    *("期初", "期末", "年初", "年末", "月初", "月末", "上期", "上年", "上月", "结转", "結轉", "页", "頁", "balance"),
    *("forward", "carried down", "brought down", "carried over", "b/f", "c/f", "b/d", "c/d", "saldo", "anfangsbestand"),
    *(
        "endbestand",
        "schlussbestand",
        "übertrag",
        "solde",
        "report à",
        "остаток",
        "繰越",
        "rate",
        "汇率",
        "匯率",
        "kurs",
    ),
    *(
        "hvoraf",
        "в том числе",
        "в т.ч",
        "в тч",
        "в т. ч",
        "из них",
        "w tym",
        "di cui",
        "de los cuales",
        "de las cuales",
        "dos quais",
    ),
    *("das quais", "增值税", "销项税", "税金", "税额", "稅額", "消費税"),
    *("vat", "gst", "sales tax", "mwst", "ust", "tva", "iva", "ндс"),
}
_SPELT: Final = _OTHER_WORDS | {word.casefold() for word in _FUNCTION if len(word) > 1} | {"ｔｏｔａｌ"}
_FIRST: Final = {word.replace(" ", "") for word in _SPELT}
_STEMS: Final = tuple(sorted(stem for stem in _FIRST if not any(other in stem for other in _FIRST - {stem})))
"""What a name with any of the words has in it."""
_LONGEST: Final = 100
_CLOSING: Final = frozenset(")）]】")

_NOTE_BEGINS = r"""(?:备?注|備註|说明|(?:数据|资料)?来源|制表|填表|导出|打印|审核|复核|填报|统计|单位|报表|生成
    |截止|截至|出所|出典|注記|note|source|export|generated|printed|prepared|remark|as\ of|report|filters?
    |applied\ filters?|quelle|stand|hinweis|anmerkung|erstellt|remarque|fuente|nota|fonte|источник|примечание
    )[^:：\n]{0,12}[:：]
    | (?:confidential\b|copyright\b|内部资料|机密|保密|第\s*+[0-9]++\s*+页|page\s[0-9]++\sof\b)
    | (?:generated|exported|printed|created|as)\ (?:by|on|at|from|of)\b
    | (?:excluding|excl\.|including|incl\.|preliminary)(?=[\s.])
    | 共\s*+[0-9][0-9,]*+\s*+[条行项个户家笔人名位]
    | (?:合计|合計|总|總)?(?:客户|记录|订单|行|条)数(?:量)?\s*+[:：]\s*+[0-9]"""
_ROWS_COUNTED = r"""(?:(?:total:?\s*+)?[0-9][0-9,]*+\s++(?:records?|rows?|items?)(?:\ affected)?
    | (?:total\ )?(?:rows?|records?|items?)\s*+:\s*+[0-9][0-9,]*+
    | end\ of\ (?:report|list|table|data) | end | 以上 | 完)[^\w\n]*+"""
_MARKED = r"^[^\S\n]*+(?:©|※|\*{1,3}\s?\w|[0-9]{1,2}\)\s?\w)"
_FLAGS = re.VERBOSE | re.IGNORECASE
_FOOTNOTE = re.compile(
    rf"(?:{_MARKED}.*+ | \W*+(?:(?:{_NOTE_BEGINS}).*+ | {_ROWS_COUNTED}\W*+))", _FLAGS | re.DOTALL
).fullmatch
_ANY_FOOTNOTE = re.compile(
    rf"{_MARKED} | ^[^\w\n]*+(?:{_NOTE_BEGINS} | {_ROWS_COUNTED}$)", _FLAGS | re.MULTILINE
).search


def is_footnote(cell: str) -> bool:
    """Whether a line that stands alone says by its words that it is a note on the table.

    >>> is_footnote("数据来源：CRM"), is_footnote("Page 1 of 3"), is_footnote("Acme")
    (True, True, False)
    """
    return len(cell) < _LONGEST and _FOOTNOTE(cell) is not None


def footnotes_of(names: Collection[str]) -> set[str]:
    """Return the names that say that they are notes."""
    return set(filter(is_footnote, names)) if _ANY_FOOTNOTE("\n".join(names)) else set()


def label_of(name: str) -> Label | None:
    """Return what a name says of a row about other rows; None where it says nothing of the kind.

    >>> label_of("2026年合计"), label_of("Total for Acme").group, label_of("Azure Works (2)").count
    (Label(function='sum', certain=True, group='', count=None), 'Acme', 2)
    >>> label_of("合计科技"), label_of("Totally")
    (None, None)
    """
    if not 0 < len(name) < _LONGEST:
        return None
    text = _BETWEEN_CHINESE.sub("", unicodedata.normalize("NFKC", name).strip())
    bare = _FIGURE_BEHIND.sub("", text).strip(_EDGES)
    for form in (bare, _BRACKET_BEHIND.sub("", text).strip(_EDGES)):
        if function := _FUNCTION.get(" ".join(form.casefold().split())):
            return Label(function, certain=form.casefold() not in _NAMES)
        if found := _CERTAIN(form):
            return Label(_function(found["zh"] or found["en"]), certain=True)
    if part := _PART(text.lstrip(_LIST_MARKS)):
        return Label("part", certain=part["sure"] is not None)
    if _BETWEEN(text) or is_balance(text) or (_RATE(text) and not _COMPANY_BEHIND(text)):
        return Label("other", certain=True)
    if found := _GROUPED(text.rstrip(" :*")):
        word = found["ending"] or found["ending_zh"] or found["starting"]
        group = found["end"] or found["end_zh"] or found["start"]
        return Label(_function(word), group=group.strip(_EDGES))
    if found := _COUNTED(text):
        return Label(group=found[1].strip(), count=int(found[2].replace(",", "")))
    return None


def is_balance(cell: str) -> bool:
    """Whether a cell says that its row is what stood before, or what is carried on.

    >>> is_balance("期初余额"), is_balance("Balance brought forward"), is_balance("Balance Ltd")
    (True, True, False)
    """
    return len(cell) < _LONGEST and _BALANCES(cell.strip(_EDGES)) is not None


def _function(word: str) -> Function:
    return _FUNCTION[" ".join(word.casefold().split())]


def labels_of(names: Iterable[str]) -> dict[str, Label]:
    """Return the labels among names; most lists have none, and a hundred thousand names are looked through at once."""
    different = set(names)
    folded = "\n".join(different).casefold().replace(" ", "").replace("\u3000", "")
    letters = set(folded)
    stems = [stem for stem in _STEMS if letters.issuperset(stem) and stem in folded]
    suspects = {name for name in different if name[-1:] in _CLOSING and any(map(str.isdigit, name[-12:]))}
    suspects |= _SINGLE & different
    if stems:
        has = _beginning_with(tuple(stems))
        suspects |= {name for name in different if len(name) < _LONGEST and has(name)}
    return {name: label for name in suspects if (label := label_of(name))}


@lru_cache(64)
def _beginning_with(stems: tuple[str, ...]) -> Callable[[str], re.Match[str] | None]:
    """Return what finds in a name a word that has one of some stems in it: no account is a count."""
    return re.compile(words_with(stems), re.IGNORECASE).search


def words_with(stems: Collection[str]) -> str:
    """Return the pattern of the words that have one of some stems in them."""
    gap = r"[\s\-\u3000]{0,2}"
    words = sorted(word for word in _SPELT if any(stem in word.replace(" ", "") for stem in stems))
    chinese = {word for word in words if word[0] >= "\u2e80"}
    parts = [gap.join(map(re.escape, word.replace(" ", ""))) for word in words if word in chinese]
    others = [gap.join(map(re.escape, word.split(" "))) for word in words if word not in chinese]
    if others:
        parts.append(rf"(?<![a-zß-ɏа-я])(?:{'|'.join(others)})")
    return "|".join(parts)

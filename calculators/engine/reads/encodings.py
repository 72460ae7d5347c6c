"""In which encoding a text is that does not say so: by what people write in each language, letter by letter.

A wrong encoding turns frequent letters into rare ones, and words into capitals within small letters. Where two come
close, as in a list of three names, nobody but the reader knows. UTF-8 and UTF-16 are for ``sources``, which loads this
module when a text is in neither.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import inf, log
from typing import Final
from unicodedata import category

from calculators.engine.reads.headings import HEADER_WITHIN, headings_known

_SEEN: Final = 1 << 12  # bytes by which an encoding is known
_CLOSE: Final = log(100)  # less likely by no more than this, another one is possible
_LIKELIER: Final = log(4)
_FAR_LIKELIER: Final = log(30)  # where not only accents differ but letters, nobody knows who it is
_ASKED: Final = 6
_TELLING: Final = re.compile(rb"^[\x00-\x09\x0b-\x7f]*+[\x80-\xff][^\n]{0,4000}\n?", re.MULTILINE)
_DAMAGED: Final = 100  # one character in so many may be damaged

# What people write most, the most frequent first. Of Chinese, Japanese and Korean: names of companies and of people,
# and what stands in headings.
_SIMPLIFIED: Final = (
    "公司有限科技技股份集团贸易实业商行中国上海北京广州深圳杭州南京成都武汉重庆天津苏州西安长沙青岛宁波东莞佛山厦门大连"
    "江浙安福建河湖山川云贵陕甘辽吉黑龙省市区县新华东方南北西信息网络软件电子电器机械设备工程建筑装饰材料化学医药疗健康"
    "生物食品饮料服务咨询管理投资金融保险银行物流运输能源环境环保文化传媒广告教育培训酒店餐饮旅游房地产汽车配件五金塑料"
    "纺织服装家居具制造加工厂店部门名称客户收入金额销售额业绩负责人员合计总小平均数量日期月年目标完成率同比增长备注类型"
    "行业地联系电话张王李赵陈刘杨黄周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱侯伟芳娜敏静秀娟英丽强磊军洋勇艳杰涛明超霞平刚桂志文斌辉玲建国"
    "宏鑫达盛兴隆顺泰亨通永昌恒丰源润华美佳嘉诚信德仁和康宁安正元亿万百千利发时代世纪天地海洋星光阳春松柏杉榆桐槐枫"
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定学"
    "甲乙丙丁一二三四五六七八九十第季度半全本上下前去今未已开票回款应付支出成本利润毛税含号编码状态渠道产品项目合同订单"
)
_TRADITIONAL: Final = (
    "公司有限科技股份集團貿易實業商行中國台灣臺北高雄中南新竹桃園香港九龍澳門上海北京廣州深圳企業社電子電器機械設備工程"
    "建設材料化學醫藥健康生物食品飲料服務顧問管理投資金融保險銀行物流運輸能源環保文化傳媒廣告教育旅遊房地產汽車五金塑膠"
    "紡織服飾家具製造加工廠店部門名稱客戶收入金額銷售額業績負責人員合計總小平均數量日期月年目標完成率成長備註類型行地區"
    "聯絡電話張王李趙陳劉楊黃周吳徐孫馬朱胡郭何林羅高鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董潘袁蔡蔣余于杜葉程魏蘇呂丁任沈姚盧"
    "姜崔鍾譚陸汪范石廖賈夏方白邱侯偉芳敏靜秀娟英麗強軍勇傑明超平志文斌輝玲建國宏鑫達盛興隆順泰亨通永昌恆豐源潤華美佳"
    "嘉誠信德仁和康寧安正元億萬百千利發時代世紀天地海洋星光陽春松柏東西洋際大聯合全球聖的一是在不了有個我以要他來用們"
    "甲乙丙丁二三四五六七八九十第季度半本上下前去今未已開票回款應付支出成本利潤毛稅含號編碼狀態產品項目合約訂單縣市路"
)
_KANJI: Final = (
    "株式会社有限合同商事工業産業製作所電機電気機械建設運輸食品化学薬品銀行証券保険不動産通信情報技術開発販売東京大阪名古屋"
    "横浜京都神戸福岡札幌仙台広島日本国際顧客様取引先金額売上高単価数量担当者営業部課支店合計小計総備考日付年月県市区町"
    "村田中山川本井上佐藤鈴木高橋伊渡辺小林加吉斎松清水森池阿野原石前岡長谷近後坂遠青福西太三藤金和平野一二四五六七八九十"
    "新井内海南北東大光明正義信夫雄一郎美子千代恵健司隆宏誠実業務用品印刷文具食堂酒造旅館自動車部品精密樹脂紙器物流倉庫"
)
_HANGUL: Final = (
    "주식회사한국대서울부산인천광주전울경기강원충남북제도시구전자산업상무물유통건설기계화학금융보험은행정보통신기술개발"
    "고객명매출액금합계총소담당자영업비날짜년월일번호지역거래처상호사업팀장과이김박최정조윤임오신권황안송류홍문양손배백"
    "허남심노하곽성차주우구민진나라마바사아자카타파가다드로리스트제코에디지시프크세미네너테메디컬푸드솔루션시스템글로벌"
    "그룹홀딩스엔지니어링테크코리아삼성현엘롯데포스셀트온누림별빛새한길참좋은을를의에서와는이가있없해함중계약단가수량목표"
    "달률비고항종류제품연락체결재입출고세무재료식품의류가구약국병원학교교육여행호텔농협청동부남북서쪽큰작"
)
_CYRILLIC: Final = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґўјљњћџђ"
_GREEK: Final = "αοιετσνηυρπκμλςωγδάίόήέύώφθχβξζψϊϋ"
_HEBREW: Final = "יוהלרתאמשנבקדםחטפעגצסכזךןףץ"
_ARABIC: Final = "ايلمونرتبةعدسفهكقأحجشطصخضذثئزغظىإآؤءپچگی"
_THAI: Final = "านรกอเงมยลวดทสต่้ัิีปหจบคขไแพชโธุูะถศำซ์ผณภ็ใญฐฟษฉๆฮฏฑฒฬฤื"
_KANA: Final = "ンスルトイリアクシラレタコッマドロサフグカジテプバメニオナキデミパチダノビエムツーゴセソ"

_LATIN: Final[Mapping[str, str]] = {
    "German": "üäößÜÄÖéè",
    "French": "éèàêçôîâûëùïœÉÀÊÇÎÔŒæ",
    "Spanish": "óíáéñúüÁÑÉÓÍÚ¿¡ºª",
    "Portuguese": "ãçáéíóêõúâôàÇÁÃÉÕÓÊº",
    "Italian": "àèòùìéÀÈÒ",
    "Nordic": "åäöøæÅØÄÖÆéü",
    "Dutch": "ëéïèöüç",
    "Icelandic": "íáóðéúþýæöÞÁÍÓ",
    "Western": "éüäöáóèíçãñøåúßêôæëàÉÜÄÖ",
    "Polish": "łąęóżśćńźŁŚŻÓĆŹ",
    "Czech": "íáěéčřžýšůúťňďóŘČŠŽÚÁĽľôĺŕä",
    "Hungarian": "áéöóőüíúűÁÉÖŐÜÍÓ",
    "Romanian": "ăîâşţŞŢÎÂ",
    "Slovene": "čšžćđŠČŽĆĐ",
    "Turkish": "ıişüğöçİŞÇÖÜâ",
    "Lithuanian": "ėščųžąūįęŠČŽ",
    "Latvian": "āīēšūņļģķčžĀĪĒŠ",
}
_SIGNS: Final = "€£¥’–\xa0“”„…—°§´•·®©™«»×½²³‘"
_WIDE: Final = "，。、；：（）【】《》“”‘’！？￥　·—…％－０１２３４５６７８９"


@dataclass(frozen=True)
class Encoding:
    """An encoding: its ``code`` in Python, and the name by which people know it."""

    code: str
    name: str


@dataclass(frozen=True)
class _Candidate:
    """An encoding with what is written in it, and how common such files are beside others."""

    encoding: Encoding
    languages: tuple[str, ...]
    share: float


def _candidate(code: str, name: str, languages: str, share: float) -> _Candidate:
    return _Candidate(Encoding(code, name), tuple(languages.split()), share)


_WESTERN: Final = "German French Spanish Portuguese Italian Nordic Dutch Icelandic Western"
_CENTRAL: Final = "Polish Czech Hungarian Romanian Slovene German"
_CANDIDATES: Final = (
    _candidate("gb18030", "GB18030", "Simplified", 0.3),
    _candidate("cp1252", "Windows-1252", _WESTERN, 0.5),
    _candidate("big5hkscs", "Big5", "Traditional", 0.08),
    _candidate("cp932", "Shift-JIS", "Japanese", 0.08),
    _candidate("euc-jp", "EUC-JP", "Japanese", 0.01),
    _candidate("cp949", "EUC-KR", "Korean", 0.08),
    _candidate("cp1251", "Windows-1251", "Cyrillic", 0.08),
    _candidate("cp1250", "Windows-1250", _CENTRAL, 0.05),
    _candidate("cp1254", "Windows-1254", "Turkish", 0.05),
    _candidate("cp1253", "Windows-1253", "Greek", 0.02),
    _candidate("cp1255", "Windows-1255", "Hebrew", 0.02),
    _candidate("cp1256", "Windows-1256", "Arabic", 0.02),
    _candidate("cp874", "Windows-874", "Thai", 0.02),
    _candidate("cp1257", "Windows-1257", "Lithuanian Latvian", 0.02),
    _candidate("mac-roman", "Mac Roman", _WESTERN, 0.02),
    _candidate("cp850", "MS-DOS 850", _WESTERN, 0.01),
    _candidate("cp866", "MS-DOS 866", "Cyrillic", 0.01),
    _candidate("koi8-r", "KOI8-R", "Cyrillic", 0.01),
    _candidate("iso8859-2", "ISO 8859-2", _CENTRAL, 0.005),
    _candidate("iso8859-5", "ISO 8859-5", "Cyrillic", 0.002),
)
_LATIN_CODES: Final = {one.encoding.code for one in _CANDIDATES if _LATIN.keys() >= set(one.languages)}
_ESCAPED: Final = (Encoding("iso2022_jp_2", "ISO-2022-JP"), Encoding("iso2022_kr", "ISO-2022-KR"))
_DAMAGE: Final = re.compile("[\ufffd\ue000-\uf8ff]")  # with what each company gives signs of its own
_AN_ASCII: Final = log(1 / 40)
_ODD: Final = log(1e-7)  # what nobody writes in a list
_HIGHER_INSIDE: Final = log(1 / 300)  # a capital right behind a small letter
_TWO_SCRIPTS: Final = log(1e-3)  # letters of two scripts in one word
_SIDE_BY_SIDE: Final = log(1 / 30)  # two letters with accents; mostly one stands among plain ones
_SIGN_INSIDE: Final = log(1e-2)
_BESIDE_A_DIGIT: Final = log(1e-2)  # a letter there is a currency's sign, read wrong
_ALONE: Final = log(1 / 30)  # a word of a single letter
_LONE_LETTER: Final = re.compile(r"(?<!\w)[^\W\d_a-zA-Z](?!\w)")
_SINGLE: Final = frozenset({"Cyrillic", "Greek", "Hebrew", "Arabic", "Thai"})


def escaped(content: bytes) -> Encoding | None:
    """Return the encoding whose escapes stand in a text of seven bits."""
    for one in _ESCAPED if b"\x1b$" in content[: 1 << 16] else ():
        try:
            content.decode(one.code)
        except UnicodeDecodeError:
            continue
        return one
    return None


def possible(content: bytes) -> tuple[list[Encoding], bool]:
    """Return the encodings in which a text may be, the likeliest first, one alone where no other comes close.

    And whether the first is so much likelier that the text may be read by it until somebody says otherwise.

    >>> possible("Клиент;Выручка\\nМосковский завод;5\\n".encode("cp1251"))
    ([Encoding(code='cp1251', name='Windows-1251')], True)
    """
    beginning = telling(content)
    weighed: dict[str, tuple[float, Encoding]] = {}
    for one in _CANDIDATES:
        text = beginning.decode(one.encoding.code, "replace")
        if len(_DAMAGE.findall(text)) * _DAMAGED > len(text) - len(text.encode("ascii", "ignore")):
            continue
        weight = log(one.share) + max(_weight(text, language) for language in one.languages) + 4 * _known(text)
        if text not in weighed or weight > weighed[text][0]:
            weighed[text] = weight, one.encoding
    ranked = sorted(weighed.values(), key=lambda found: -found[0])
    best = ranked[0][0] if ranked else -inf
    close = [encoding for weight, encoding in ranked if weight > best - _CLOSE]
    accents = all(one.code in _LATIN_CODES for one in close)
    return close[:_ASKED], len(close) == 1 or ranked[1][0] < best - (_LIKELIER if accents else _FAR_LIKELIER)


def telling(content: bytes) -> bytes:
    """Return the first lines in which there is more than ASCII."""
    found = b""
    for line in _TELLING.finditer(content):
        found += line[0][-_SEEN:]
        if len(found) > _SEEN:
            break
    return found


def _known(text: str) -> int:
    """Return how many headings of declared columns stand at a text's beginning, in letters beyond ASCII."""
    cells = [cell.strip(' "') for line in text.splitlines()[:HEADER_WITHIN] for cell in re.split(r"[,;\t|]", line)]
    return sum(not cell.isascii() and headings_known(cell) for cell in cells)


def _weight(text: str, language: str) -> float:
    """Return how likely a text is in a language, as a logarithm."""
    frequent = _frequent(language)
    weight = sum(frequent.get(sign, _AN_ASCII if sign.isascii() else _rarely(sign, language)) for sign in text)
    latin, single = language in _LATIN, language in _SINGLE
    for former, sign in pairwise(f" {text}"):
        if former.isascii() and sign.isascii():
            continue
        if (latin or single) and former.islower() and sign.isupper():
            weight += _HIGHER_INSIDE
        if (latin or single) and former.isdigit() != sign.isdigit() and former.isalpha() != sign.isalpha():
            weight += _BESIDE_A_DIGIT
        if latin:
            both_odd = former.isalpha() and sign.isalpha() and not (former.isascii() or sign.isascii())
            weight += _SIDE_BY_SIDE if both_odd else 0
            inside = (former.isalpha() and _is_odd_sign(sign)) or (_is_odd_sign(former) and sign.islower())
            weight += _SIGN_INSIDE if inside else 0
        elif former.isascii() != sign.isascii() and (former.isalpha() if single else former.islower()):
            weight += _TWO_SCRIPTS if sign.isalpha() or category(sign) == "Mn" else 0
        elif single and former.isalpha() and sign.isascii() and sign.islower():
            weight += _TWO_SCRIPTS
    if single:
        weight += _ALONE * len(_LONE_LETTER.findall(text))
    return weight


@lru_cache
def _frequent(language: str) -> Mapping[str, float]:
    """Return how likely each frequent letter of a language is, as logarithms."""
    found: dict[str, float] = {}

    def add(letters: str, part: float, *, evenly: bool = False) -> None:
        letters = "".join(dict.fromkeys(letters))
        shares = [1.0 if evenly else 1 / (3 + place) for place in range(len(letters))]
        for letter, share in zip(letters, shares, strict=True):
            found.setdefault(letter, log(part * share / sum(shares)))

    if language in _LATIN:
        add(_LATIN[language], 0.05)  # most letters are ASCII
        add(_SIGNS, 0.02)
        return found
    add(_WIDE, 0.05, evenly=True)
    match language:
        case "Simplified":
            add(_SIMPLIFIED, 0.7, evenly=True)
            add(_TRADITIONAL, 0.05, evenly=True)  # as in Hong Kong, where GBK is written too
        case "Traditional":
            add(_TRADITIONAL, 0.7, evenly=True)
        case "Japanese":
            add(_KANA, 0.25)
            add("のがにをはでとたしるいれなりかまさっらすくもこあおけてせつえちみやよろねふ", 0.1)
            add(_KANJI, 0.45, evenly=True)
        case "Korean":
            add(_HANGUL, 0.8, evenly=True)
        case "Hebrew" | "Arabic" | "Thai":
            add({"Hebrew": _HEBREW, "Arabic": _ARABIC, "Thai": _THAI}[language], 0.8)
        case _:
            letters = _CYRILLIC if language == "Cyrillic" else _GREEK
            add(letters, 0.7)
            add(letters.upper().replace("Σ", "", 1), 0.1)
    return found


def _is_odd_sign(sign: str) -> bool:
    return not sign.isascii() and not sign.isalpha() and sign not in "’–—®™"


def _rarely(sign: str, language: str) -> float:
    """Return how likely a letter is in a language that is not among its frequent ones."""
    if language in _LATIN:
        return log(2e-5) if sign.isalpha() else _ODD
    bytes_of = {
        "Simplified": ("gb2312", 0xB0, 0xD7, 0.24 / 3300),
        "Traditional": ("big5", 0xA4, 0xC6, 0.24 / 4900),
        "Japanese": ("cp932", 0x88, 0x97, 0.15 / 2700),
        "Korean": ("euc-kr", 0xB0, 0xC8, 0.15 / 2050),
    }.get(language)
    if bytes_of is None:
        return log(1e-5) if sign.isalpha() and language in ("Cyrillic", "Greek") else _ODD
    code, first, last, chance = bytes_of
    written = sign.encode(code, "ignore")
    if language == "Japanese" and ("\u3041" <= sign <= "\u30fe" or "\uff66" <= sign <= "\uff9f"):
        return log(1e-3)
    if len(written) == 2 and first <= written[0] <= last:  # noqa: PLR2004 - bytes
        return log(chance)
    return log(4e-6) if "\u4e00" <= sign <= "\u9fff" and len(written) == 2 else _ODD  # noqa: PLR2004 - bytes

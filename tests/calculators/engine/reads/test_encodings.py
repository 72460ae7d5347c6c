"""A text that does not say how it is encoded is read as it was written, or the reader is asked with what each shows."""

from collections.abc import Sequence

import pytest

from calculators.engine.reads.sources import File
from calculators.engine.reads.tables import Asked, read_table
from tests.table_files import CUSTOMERS

SHORT: Sequence[tuple[str, str, str]] = (
    ("gb18030", "客户,收入", "甲"),
    ("gb18030", "Account,Revenue", "联通"),
    ("gb18030", "Name,Amount", "A公司"),
    ("gb18030", "客戶名稱,銷售額", "松柏實業"),
    ("gb18030", "客户,收入", "㐂𠮷堂"),
    ("big5", "客戶名稱,銷售額", "松柏實業"),
    ("big5", "Account,Revenue", "台積電"),
    ("cp932", "得意先,売上", "ヤマダ電機"),
    ("cp932", "Account,Revenue", "山田"),
    ("cp932", "顧客,金額", "ｱｲｳ商会"),
    ("euc-jp", "取引先,売上", "松井商事"),
    ("iso2022_jp", "取引先,売上", "松井商事"),
    ("cp949", "고객,매출", "한빛전자"),
    ("cp949", "Account,Revenue", "김철수"),
    ("cp949", "업체,수입", "똠방각하"),
    ("cp1251", "Клиент,Выручка", "Москва"),
    ("cp1251", "Account,Revenue", "ООО Ромашка"),
    ("cp1251", "Клієнт,Виручка", "Київ"),
    ("koi8-r", "Клиент,Выручка", "Москва"),
    ("cp866", "Клиент,Выручка", "Москва"),
    ("cp1252", "Customer,Revenue", "Société Générale"),
    ("cp1252", "Kunde,Umsatz", "Müller & Söhne"),
    ("cp1252", "Cliente,Receita", "São João"),
    ("cp1252", "Account,Revenue", "Björn’s Café – Nord"),
    ("cp1252", "Kunde,Beløb", "Sørensen"),
    ("cp1250", "Klient,Przychód", "Łódź Spółka"),
    ("cp1250", "Zákazník,Tržby", "Dvořák"),
    ("cp1250", "Ügyfél,Bevétel", "Kőbánya Kft"),
    ("cp1254", "Müşteri,Gelir", "Yıldız İnşaat"),
    ("cp1253", "Πελάτης,Έσοδα", "Αθήνα ΑΕ"),
    ("cp1255", "לקוח,הכנסה", "שלום"),
    ("cp1256", "العميل,الإيراد", "شركة النور"),
    ("cp874", "ลูกค้า,รายได้", "บริษัท ไทย"),
    ("cp850", "Kunde,Umsatz", "Müller & Jäger"),
    ("utf-16-le", "Account,Revenue", "Müller"),
    ("utf-16-be", "客户,收入", "松科"),
)
"""An encoding, the header of a file of two rows, and the name in it."""

CLOSE: Sequence[tuple[str, str]] = (
    ("cp1252", "Crèche"),
    ("cp1250", "Dvořák"),
    ("cp1254", "Güneş"),
    ("mac-roman", "Müller"),
    ("cp1251", "ИП Ли"),
    ("cp1257", "Žalgiris"),
)
"""Names so short that another encoding makes a name of them, too."""


@pytest.mark.parametrize(("code", "header", "name"), SHORT)
def test_a_list_of_one_customer_is_read_in_its_encoding(code: str, header: str, name: str) -> None:
    """Without a question; the sum stays what it is, whatever letters stand beside it."""
    reading = read_table(File("a.csv", f"{header}\n{name},450\n".encode(code)), CUSTOMERS)

    assert reading.frame["customer"].tolist() == [name]
    assert reading.frame["revenue"].tolist() == [45_000]
    assert [one.name for one in reading.questions if one.chosen is None] == []


@pytest.mark.parametrize(("code", "name"), CLOSE)
def test_a_name_with_two_readings_is_asked_about_and_read_by_the_answer(code: str, name: str) -> None:
    """Each reading shows the name as it would be; the right one is among them."""
    file = File("a.csv", f"Account,Revenue\n{name},450\n".encode(code))
    try:
        questions = read_table(file, CUSTOMERS).questions
    except Asked as asked:
        questions = asked.known.questions
    (question,) = questions
    readings = {option: said.params["cells"] for option, said in question.options.items()}
    assert readings[f"as.{code}"] == [name]

    reading = read_table(file, CUSTOMERS, answers={"encoding": f"as.{code}"})

    assert reading.frame["customer"].tolist() == [name]


def test_names_far_down_a_file_tell_its_encoding() -> None:
    """Beyond what is looked at first there is nothing but ASCII."""
    rows = "".join(f"Account {number},5\n" for number in range(20_000))
    content = f"Account,Revenue\n{rows}ООО Ромашка,7\n".encode("cp1251")

    assert read_table(File("a.csv", content), CUSTOMERS).frame["customer"].tolist()[-1] == "ООО Ромашка"

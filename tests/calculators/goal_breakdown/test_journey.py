"""A head of sales breaks a target down in a real browser, on plain HTTP under a sub-path, in both languages."""

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser import URL
from tests.journey import STARTED, figure, in_one, paste, save_plan, settled

PAGES = {"zh": "calculators/goal_breakdown.html", "en": "en/calculators/goal_breakdown.html"}
TEAM = {
    language: "\n".join(
        [
            heads,
            f"林默\t{first}\t1.2\t",
            f"苏远\t{first}\t1\t",
            f"白露\t{second}\t1\t2026-03-01",
            f"何青山\t{second}\t0.8\t",
        ]
    )
    for language, heads, first, second in (
        ("zh", "姓名\t团队\t权重\t入职日期", "一组", "二组"),
        ("en", "Name\tTeam\tWeight\tStart date", "North", "South"),
    )
}
STEPS = {
    "zh": "环节\t转化率\t周期\n线索\t20%\t30\n商机\t40%\t45\n",
    "en": "Step\tConversion\tCycle days\nLead\t20%\t30\nOpportunity\t40%\t45\n",
}
IMPOSSIBLE = {"zh": "超过要分的总数", "en": "more than the"}
ASSUMED = {"zh": "放假安排还没有收录", "en": "assume the 13 statutory holidays"}


def cell(calculator: Locator, person: str, month: str) -> Locator:
    """Return a person's number of a month."""
    row = f"""[data-put*='"person":"{person}"'][data-put*='"month":"{month}"']"""
    return calculator.locator(f'[data-table="people"] td{row}')


def locked_box(calculator: Locator, person: str, month: str) -> Locator:
    """Return where a chosen number is locked, below its line."""
    return calculator.locator(".pb-aside").filter(has_text=person).filter(has_text=month).locator("input")


@in_one("zh")
def test_a_head_of_sales_breaks_a_target_down(language: str, page: Page, tmp_path: Path) -> None:
    """Set a target, paste a team, hold two cells, meet a refusal, read the funnel, save, reopen, export."""
    page.goto(URL + PAGES[language])
    calculator = page.locator('[data-calculator="goal_breakdown"]')
    expect(figure(calculator, "target")).to_have_text("¥12,000,000")
    expect(calculator.locator('[data-section="months"] .pb-notices')).to_contain_text(ASSUMED[language])

    calculator.locator('input[name="target"]').fill("600万")
    calculator.locator('input[name="first"]').fill("2026-01-01")
    calculator.locator('input[name="last"]').fill("2026-12-31")
    calculator.locator('input[name="last"]').press("Tab")
    paste(calculator, "people", TEAM[language])
    expect(figure(calculator, "headcount")).to_have_text("4", timeout=STARTED)
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)
    expect(figure(calculator, "target")).to_have_text("¥6,000,000")
    expect(figure(calculator, "working_days")).to_have_text("248")
    expect(calculator.locator('[data-section="months"] .pb-notices')).to_have_count(0)  # 2026 is announced
    expect(cell(calculator, "白露", "2026-02")).to_have_text("¥0")

    for person, month, number in (("苏远", "2026-05", "100000"), ("何青山", "2026-05", "20000.00")):
        cell(calculator, person, month).click()
        expect(locked_box(calculator, person, month)).to_be_focused()
        line = calculator.locator('[data-table="people"] tbody tr').filter(has_text=person).first
        expect(line.locator("+ .pb-aside")).to_contain_text(person)
        locked_box(calculator, person, month).fill(number)
        locked_box(calculator, person, month).press("Enter")
        expect(cell(calculator, person, month)).to_have_text(f"¥{float(number):,.0f}")
        expect(cell(calculator, person, month)).to_have_attribute("data-mark", "locked")
    expect(figure(calculator, "locks_kept")).to_have_text("2")
    expect(figure(calculator, "difference")).to_have_text("¥0")
    before = cell(calculator, "林默", "2026-05").inner_text()

    locked_box(calculator, "苏远", "2026-05").fill("7000000")
    locked_box(calculator, "苏远", "2026-05").press("Enter")
    expect(calculator.locator("[data-errors]")).to_contain_text(IMPOSSIBLE[language])
    expect(calculator.locator("[data-errors]")).to_contain_text("苏远")
    expect(calculator.locator(".pb-aside [data-put-error]")).to_contain_text(IMPOSSIBLE[language])
    expect(cell(calculator, "林默", "2026-05")).to_have_text(before)  # the last good result stays
    calculator.locator('[data-action="undo"]').click()
    expect(calculator.locator("[data-errors]")).to_be_hidden()
    expect(cell(calculator, "苏远", "2026-05")).to_have_text("¥100,000")

    paste(calculator, "steps", STEPS[language])
    months = calculator.locator('[data-table="funnel_months"]')
    expect(months).to_contain_text("2025-11")  # leads of January's deals are due 75 days earlier
    expect(months).to_contain_text("2026-12")
    expect(figure(calculator, "funnel_deals")).to_have_text("120")

    plan = save_plan(page, calculator, tmp_path)
    calculator.locator('[data-action="reset"]').click()
    expect(figure(calculator, "target")).to_have_text("¥12,000,000")
    calculator.locator("[data-plan-file]").set_input_files(plan)
    expect(figure(calculator, "target")).to_have_text("¥6,000,000")
    expect(cell(calculator, "苏远", "2026-05")).to_have_text("¥100,000")
    expect(cell(calculator, "林默", "2026-05")).to_have_text(before)
    expect(months).to_contain_text("2025-11")

    with page.expect_download() as downloading:
        calculator.locator('[data-toolbar] [data-format="xlsx"]').click()
    content = downloading.value.path().read_bytes()
    title = {"zh": "每人每月目标", "en": "People by month"}[language]
    formulas, values = (openpyxl.load_workbook(io.BytesIO(content), data_only=only)[title] for only in (False, True))
    total = list(values.iter_rows(values_only=True))[-1][-1]
    assert total == 6_000_000
    cells = list(formulas.iter_rows(values_only=True))
    assert str(cells[-1][-1]).startswith("=SUM(")
    assert str(cells[1][-1]).startswith("=SUM(")

    calculator.locator('[data-table="locked"] button[data-put]').first.click()
    expect(figure(calculator, "locks_kept")).to_have_text("1")


def test_numbers_are_typed_faster_than_they_are_computed(page: Page) -> None:
    """A result that comes while the next number is typed takes away neither place nor number, and none overtakes."""
    page.goto(URL + PAGES["zh"])
    calculator = page.locator('[data-calculator="goal_breakdown"]')
    people = ("周以宁", "沈听澜")
    for person in people:
        cell(calculator, person, "2027-05").click()
        expect(locked_box(calculator, person, "2027-05")).to_be_focused(timeout=STARTED)
    first, second = (locked_box(calculator, person, "2027-05") for person in people)
    first.fill("100000")
    second.focus()
    page.keyboard.type("200")  # half of a number
    expect(cell(calculator, "周以宁", "2027-05")).to_have_text("¥100,000")
    expect(second).to_be_focused()
    expect(second).to_have_value("200")
    expect(cell(calculator, "沈听澜", "2027-05")).not_to_have_text("¥200")
    page.keyboard.press("Tab")
    expect(cell(calculator, "沈听澜", "2027-05")).to_have_text("¥200")
    expect(calculator.locator(".pb-aside button:focus")).to_have_count(1)

    calculator.locator('[data-table="locked"] tbody').evaluate(
        """(rows) => {
            for (const box of rows.querySelectorAll("input")) {
                box.value = "30000";
                box.dispatchEvent(new Event("change", { bubbles: true }));
            }
        }"""
    )
    for person in people:
        expect(cell(calculator, person, "2027-05")).to_have_text("¥30,000")
    locked_box(calculator, "周以宁", "2027-05").press("Tab")
    page.keyboard.press("Enter")  # takes it out
    expect(locked_box(calculator, "周以宁", "2027-05")).to_have_count(0)
    expect(calculator.locator('[data-table="people"] .pb-scroll')).to_be_focused()


def test_a_cell_is_chosen_by_keyboard(page: Page) -> None:
    """Arrows lead through the grid, Enter chooses, and the number's reason is shown; only what matters is asked for."""
    page.goto(URL + PAGES["zh"])
    calculator = page.locator('[data-calculator="goal_breakdown"]')
    cell(calculator, "周以宁", "2027-01").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(cell(calculator, "沈听澜", "2027-02")).to_be_focused()
    page.keyboard.press("Enter")
    expect(locked_box(calculator, "沈听澜", "2027-02")).to_be_focused(timeout=STARTED)
    reasons = calculator.locator('[data-code="goal_breakdown.why_money.shared"]')
    expect(reasons.filter(has_text="沈听澜 2027-02")).to_be_visible()

    target, deals = (calculator.locator(f'[data-field="{name}"]') for name in ("target", "deals"))
    expect(deals).to_be_hidden()
    calculator.locator('[name="measure"][value="deals"]').check()
    expect(target).to_be_hidden()
    deals.locator("input").fill("1.2k")
    expect(deals.locator("[data-understood]")).to_have_text("= 1,200")
    calculator.locator('[name="measure"][value="money"]').check()
    expect(target).to_be_visible()
    expect(deals.locator("[data-idle]")).to_contain_text("没有用上")
    settled(calculator)
    page.keyboard.press("Control+z")
    expect(target).to_be_hidden()
    expect(deals.locator("input")).to_have_value("1.2k")


def test_two_scenarios_are_compared_and_downloaded_and_an_input_is_sought(page: Page) -> None:
    """A target is sought for full capacity and taken; both are kept, stand side by side and go into one workbook."""
    page.goto(URL + PAGES["zh"])
    calculator = page.locator('[data-calculator="goal_breakdown"]')
    keep, dialog = calculator.locator('[data-action="keep-scenario"]'), page.locator(".pb-dialog")
    keep.click()
    dialog.locator("input").fill("原定目标")
    dialog.locator(".pb-primary").click()
    expect(calculator.locator("[data-scenario]")).to_have_count(1)

    calculator.locator('[data-action="seek"]').click()
    dialog.locator("select").first.select_option("capacity_share", timeout=STARTED)
    dialog.locator("select").last.select_option("target")
    dialog.locator("input").fill("100%")
    dialog.locator(".pb-primary").click()
    expect(page.locator(".pb-sought")).to_contain_text("10,324,244 CNY", timeout=STARTED)
    dialog.locator(".pb-primary").click()
    expect(calculator.locator('[name="target"]')).to_have_value("10,324,244")
    expect(figure(calculator, "gap")).to_have_text("¥0", timeout=STARTED)
    expect(calculator.locator("[data-verdict]").first).to_contain_text("不用为这个目标加人")

    keep.click()
    dialog.locator("input").fill("能承担的目标")
    dialog.locator(".pb-primary").click()
    expect(calculator.locator("[data-scenario]")).to_have_count(2)
    calculator.locator('[data-action="compare"]').click()
    compared = calculator.locator("[data-comparison]")
    gap = compared.locator('[data-compared-figure="gap"] td')
    expect(gap.first).to_have_text("¥1,675,756", timeout=STARTED)
    expect(gap.last.locator("[data-change]")).to_have_text("−¥1,675,756")
    expect(compared.locator('[data-compared="inputs"] tbody tr')).to_have_count(1)
    expect(compared.locator("[data-canvas] svg")).to_have_count(2)
    with page.expect_download() as downloading:
        compared.locator('[data-action="download-comparison"]').click()
    sheet = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()), data_only=True)["指标"]
    assert next(sheet.values)[2:4] == ("原定目标", "能承担的目标")

    calculator.locator('[data-scenario="原定目标"] [data-action="open-scenario"]').click()
    expect(figure(calculator, "gap")).to_have_text("¥1,675,756", timeout=STARTED)
    expect(calculator.locator('[data-scenario="原定目标"]')).to_have_attribute("data-now", "")

    calculator.locator('[data-scenario="能承担的目标"] [data-action="drop-scenario"]').click()
    expect(calculator.locator("[data-scenario]")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(calculator.locator("[data-scenario]")).to_have_count(2)
    expect(calculator.locator("[data-status]")).to_contain_text("情景已经恢复")
    with page.expect_navigation():  # as for a new version of the site
        page.evaluate("() => { document.dispatchEvent(new Event('playbook-reload')); }")
    expect(calculator.locator("[data-scenario]")).to_have_count(2)
    expect(calculator.locator('[data-scenario="原定目标"]')).to_have_attribute("data-now", "")
    calculator.locator('[data-action="undo"]').click()
    expect(calculator.locator('[name="target"]')).to_have_value("10,324,244")

"""What matters in a book of customers: what A holds, and how much of that may not stay."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say how many customers are in A with which share of revenue, and what is most in danger there."""
    names = ("customers", "a_customers", "a_revenue_share", "thin_a", "top1_share", "a_at_risk")
    said = {name: result.value(name) for name in names}
    said["count"] = result.param("a_at_risk", "count")
    if any(notice.code == "abc_tiers.few_customers" for notice in result.notices):
        return Notice("abc_tiers.in_short.few", said)
    if not said["a_customers"]:
        return Notice("abc_tiers.in_short.nobody_in_a", said)
    if said["a_at_risk"]:
        return Notice("abc_tiers.in_short.at_risk", said)
    if said["thin_a"]:
        return Notice("abc_tiers.in_short.thin", {**said, "count": said["thin_a"]})
    return Notice("abc_tiers.in_short.largest", said)

"""What matters in an alert: whether the team's weeks show a fall, or else how often the alert fires for nothing."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say what the team's own weeks show; without enough of them, what the alert does by chance."""
    names = ("by_chance", "alarms_a_year", "alerts", "ewma_alerts", "cusum_sees")
    said = {name: result.value(name) for name in names}
    said |= {"drop": result.param("by_chance", "drop"), "weeks": result.param("alerts", "count")}
    if said["alerts"] is None or not said["weeks"]:
        often = said["by_chance"] > result.param("by_chance", "tolerated")
        own = "" if "alerts" not in result.by_name else "too_few_weeks_" if said["alerts"] is None else "all_baseline_"
        return Notice(f"efficiency_alert.in_short.{own}{'noisy' if often else 'quiet'}", said)
    if said["alerts"]:
        return Notice("efficiency_alert.in_short.alerted", {**said, "count": said["alerts"]})
    if said["ewma_alerts"]:
        return Notice("efficiency_alert.in_short.ewma_alerted", {**said, "count": said["ewma_alerts"]})
    sees = "no_alert" if said["cusum_sees"] is not None else "no_alert_unseen"
    return Notice(f"efficiency_alert.in_short.{sees}", said)

"""What matters in the tracks: what the installed base must add, and how much of the target is new business."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say what stays of existing customers' revenue and what they must add; without it, how the target is split."""
    names = ("existing_target", "new_business", "kept", "to_add", "net_retention")
    said = {name: result.value(name) for name in names}
    if said["kept"] is None:
        return Notice("tracks.in_short.split", said)
    return Notice(f"tracks.in_short.{'to_add' if said['to_add'] else 'renewals_suffice'}", said)

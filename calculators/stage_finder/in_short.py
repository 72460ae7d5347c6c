"""What matters in finding the stage: which it is and how sure that is, or how much more must be answered."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say the stage and how many symptoms were answered; with too few, how many it takes."""
    weighing = next(notice for notice in result.notices if notice.code == "stage_finder.weighing")
    said = {name: result.value(name) for name in ("stage", "sureness", "agreement", "answered")}
    said |= {"all": result.param("answered", "all"), "least": weighing.params["least"]}
    said |= {"pointing": result.param("by_chance", "pointing"), "count": said["answered"]}
    found = str(said["stage"]).rpartition(".")[2]
    which = found if found in ("too_few", "none") else "stage" if said["sureness"] else "between"
    return Notice(f"stage_finder.in_short.{which}", said)

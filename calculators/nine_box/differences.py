"""Whether groups differ by more than chance: managers, teams, regions, and those who have given the scores.

Of each group the share with a high result and the share with a high score are held against those of all others, by the
figures and not by what people decided afterwards. A difference is no proof of bias; that is for people to find out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from calculators.engine.answers.result import Beside, Notice, Table, columns
from calculators.engine.arithmetic.chances import ERROR, apart_by_chance, least_apart
from calculators.nine_box.placing import AXES, GROUPS, Axis, Person, levels_of

HIGH = 2


@dataclass(frozen=True)
class Difference:
    """A group's share at the high level of an axis beside that of everybody else who is placed.

    ``chance`` is how likely chance alone sets one of so many comparisons so far apart.
    """

    kind: str
    group: str
    axis: Axis
    headcount: int
    high: int
    others: int
    others_high: int
    chance: Fraction
    needed: int | None

    @property
    def verdict(self) -> str:
        """``too_few`` where not even the clearest result of so small a group could tell."""
        if self.chance <= ERROR:
            return "more" if self.high * self.others > self.others_high * self.headcount else "fewer"
        smaller = min(self.headcount, self.others)
        return "by_chance" if self.needed is not None and smaller >= self.needed else "too_few"


def differences(people: Sequence[Person]) -> tuple[list[Difference], int]:
    """Return each group beside all others, and how many comparisons that is.

    A chance is multiplied by their number (Bonferroni), so that all together go wrong no more often than one would.
    Two groups of one kind are one comparison, and so is a team whose manager leads nobody else.

    Source: C. E. Bonferroni (1936); O. J. Dunn, "Multiple comparisons among means", JASA 56 (1961).
    """
    placed = [person for person in people if person.box]
    found: list[tuple[str, str, frozenset[int]]] = []
    for kind in GROUPS:
        members: dict[str, set[int]] = {}
        for at, person in enumerate(placed):
            if group := getattr(person, kind):
                members.setdefault(group, set()).add(at)
        found += [(kind, group, frozenset(inside)) for group, inside in sorted(members.items())]
    everybody = frozenset(range(len(placed)))
    found = [one for one in found if one[2] != everybody]
    comparisons = len(AXES) * len({frozenset((inside, everybody - inside)) for _, _, inside in found})
    high = {
        axis: frozenset(at for at, person in enumerate(placed) if levels_of(person.box)[number] == HIGH)
        for number, axis in enumerate(AXES)
    }
    needed = {axis: least_apart(len(high[axis]), len(placed), ERROR / comparisons) for axis in AXES if comparisons}
    rows = []
    for kind, group, inside in found:
        for axis in AXES:
            ours, others = len(inside & high[axis]), len(high[axis] - inside)
            chance = apart_by_chance(ours, len(inside), others, len(placed) - len(inside))
            rows.append(
                Difference(
                    kind,
                    group,
                    axis,
                    len(inside),
                    ours,
                    len(placed) - len(inside),
                    others,
                    min(Fraction(1), chance * comparisons),
                    needed[axis],
                )
            )
    return rows, comparisons


def compared(people: Sequence[Person]) -> tuple[Table | None, list[Notice]]:
    """Return the comparisons as a table, those that are no chance first, and what to make of them."""
    found, comparisons = differences(people)
    if not found:
        return None, []
    found.sort(key=lambda one: one.chance)
    rows = [
        {
            "kind": f"nine_box.kind.{one.kind}",
            "group": one.group,
            "headcount": one.headcount,
            "axis": f"nine_box.high.{one.axis}",
            "high": one.high,
            "high_share": Fraction(one.high, one.headcount),
            "others_share": Fraction(one.others_high, one.others),
            "chance": Beside(one.chance, ERROR),
            "apart": f"nine_box.difference.{one.verdict}",
        }
        for one in found
    ]
    shown = columns(
        "kind:key group:text headcount:count axis:key high:count high_share:share others_share:share chance:share"
        " apart:key"
    )
    apart = list(dict.fromkeys(one.group for one in found if one.verdict in ("more", "fewer")))
    least = {f"least_{axis}": next(one.needed for one in found if one.axis == axis) for axis in AXES}
    placed = found[0].headcount + found[0].others
    rule = {"comparisons": comparisons, "error": ERROR, "count": placed, **least}
    notices = [Notice("nine_box.differences_rule", rule, "assumed")]
    if apart:
        notices.append(Notice("nine_box.groups_differ", {"count": len(apart), "names": apart}, "caution"))
    else:
        notices.append(Notice("nine_box.groups_alike"))
    notices.append(Notice("nine_box.no_proof", level="caution"))
    return Table("differences", shown, rows, detail=True), notices

"""What the tracks say of a target and its initiatives, word for word, and their figures."""

from fractions import Fraction

import pytest

from tests.calculators.notices import MISTAKE, Case, Said, Table

READING = Said(
    "tracks",
    "reading",
    {"named": 2, "listed": 3},
    zh="原文的标题说是“双轨”（2 条），却列了 3 条。我们的读法：存量和增量是背业绩目标的两条轨道，创新实验是第三条，原文给它的指标是资源投入占比，所以默认只分资源、不分业绩目标。若按两条轨道看，把创新实验并入增量的数也列在下面。",
    en="The source's title counts 2 tracks and its list has 3. Our reading: the installed base and the growth market carry the sales target; experiments are a third track whose KPI, in the source, is a share of resources, so by default they take resources and no target. What two tracks would make, with experiments as part of growth, is below.",
)

EXAMPLE = Said("rows_read", "common.example")

CASES = (
    Case(
        "the defaults of a target of 1,000, initiatives on two tracks without weights, one twice",
        says=(
            READING,
            Said(
                "tracks",
                "exact",
                {"target": 100000, "budget": 20000, "people": 7},
                zh="目标 ¥1,000、预算 ¥200 分到分，7 人分到整人，各轨道加起来正好等于总数（最大余数法，余数相同的归靠前的轨道）。",
                en="The target of ¥1,000, the budget of ¥200 and the headcount of 7 are split to the last 0.01 CNY and the last person, and add up exactly (largest remainder; equal remainders go to the earlier track).",
            ),
            Said("initiatives", "equal_weights", level="assumed"),
            Said(
                "initiatives",
                "repeated",
                {"track": "tracks.track.existing", "names": ["care"], "count": 1},
                level="caution",
                zh="“存量市场”有 1 个举措出现不止一行，都计入了：care。",
                en="An initiative of “Installed base” is on more than one row, and each counts: care.",
            ),
            Said(
                "initiatives",
                "no_initiative",
                {"track": "tracks.track.experiments"},
                level="caution",
                zh="“创新实验”还没有举措，它的目标和资源没有落到事上。",
                en="“Experiments” has no initiative yet: nothing carries its target and resources.",
            ),
        ),
        values={"target": "1000", "budget": "200", "people": "7", "opening": "650", "churn": "8", "contraction": "4"},
        tables={"initiatives": "Track\tInitiative\nexisting\tcare\nexisting\tcare\ngrowth\tlaunch\n"},
        figures={
            "existing_target": 70000,
            "new_business": Fraction(3, 10),
            "experiment_share": Fraction(1, 10),
            "two_tracks": (30000, {"budget": 6000, "people": 2}),
            "kept": (57200, {"opening": 65000, "gross": Fraction(22, 25)}),
            "to_add": (12800, {"share": Fraction(64, 325)}),
            "gross_retention": Fraction(22, 25),
            "net_retention": (Fraction(14, 13), {"recurring": 70000, "opening": 65000}),
        },
    ),
    Case(
        "experiments have a target, nobody to do them, and nothing is known of existing customers",
        says=(
            READING,
            Said("tracks", "exact", {"target": 100000, "budget": 20000, "people": 4}),
            Said(
                "tracks",
                "experiments_have_target",
                {"target": 10000},
                level="caution",
                zh="创新实验也分到了 ¥100 的业绩目标。实验的结果本来就不确定，把它算进必保的数会逼着团队放弃试错。",
                en="Experiments carry ¥100 of the target. Their outcome is uncertain by nature: counting on it makes a team stop trying things.",
            ),
            Said(
                "tracks",
                "nobody_for_experiments",
                {"share": Fraction(1, 10), "people": 4},
                level="caution",
                zh="创新实验分到 10% 的资源，但 4 个人里分不出一个整人。给它一个人，或者承认它只有预算。",
                en="Experiments get 10% of resources, which with a headcount of 4 is not one whole person. Give them one, or say that they have a budget only.",
            ),
            Said("existing", "no_opening"),
            EXAMPLE,
        ),
        values={
            "target": "1000",
            "budget": "200",
            "people": "4",
            "target_existing": "60",
            "target_growth": "30",
            "target_experiments": "10",
            "opening": "",
        },
        figures={
            "existing_target": 60000,
            "new_business": Fraction(3, 10),
            "experiment_share": Fraction(1, 10),
            "two_tracks": (40000, {"budget": 6000, "people": 1}),
        },
    ),
    Case(
        "more stays than the target asks for",
        says=(
            READING,
            Said("tracks", "exact", {"target": 10000, "budget": 0, "people": 0}),
            Said(
                "existing",
                "renewals_suffice",
                {"over": 2500},
                level="caution",
                zh="光是留住的就比存量的经常性目标多 ¥25：这个目标没有要求老客户增长，是不是定低了？",
                en="What stays exceeds the recurring target by ¥25: it asks for no growth from existing customers. Is it too low?",
            ),
            EXAMPLE,
        ),
        values={
            "target": "100",
            "budget": "0",
            "people": "0",
            "opening": "100",
            "churn": "10",
            "contraction": "0",
            "one_off": "5",
        },
        figures={
            "existing_target": 7000,
            "new_business": Fraction(3, 10),
            "experiment_share": None,
            "two_tracks": (3000, {"budget": 0, "people": 0}),
            "kept": (9000, {"opening": 10000, "gross": Fraction(9, 10)}),
            "to_add": (0, {"share": Fraction(0)}),
            "gross_retention": Fraction(9, 10),
            "net_retention": (Fraction(13, 20), {"recurring": 6500, "opening": 10000}),
        },
    ),
    Case(
        "a track that is none, a weight that is none, weights of nothing",
        says=(
            Said(
                "initiatives",
                "unknown_track",
                {"row": 2, "initiative": "a", "cell": "elsewhere"},
                level=MISTAKE,
                zh="第 2 行“a”的轨道写的是“elsewhere”，看不出是哪一条。请写存量、增量或创新实验。",
                en="Row 2, “a”: “elsewhere” does not name one track. Write existing, growth or experiments.",
            ),
            Said(
                "initiatives",
                "no_weight",
                {"row": 3, "initiative": "b"},
                level=MISTAKE,
                zh="第 3 行“b”没有权重，或者是负数。要么每行都填，要么整列不填，按平均分。",
                en="Row 3, “b”, has no weight, or a negative one. Fill in every row, or leave the column out to split evenly.",
            ),
            Said(
                "initiatives",
                "all_zero",
                {"track": "tracks.track.growth"},
                level=MISTAKE,
                zh="“增量市场”的举措权重全是 0，没法分。",
                en="The weights of “Growth market” are all 0, so there is nothing to split by.",
            ),
        ),
        values={"target": "1000", "opening": ""},
        tables={"initiatives": "Track\tInitiative\tWeight\nelsewhere\ta\t1\nexisting\tb\t-1\ngrowth\tc\t0\n"},
    ),
    Case(
        "more is lost than there is, and more is one-off than the target",
        says=(
            Said(
                "one_off",
                "one_off_beyond_target",
                {"target": 70000},
                level=MISTAKE,
                zh="一次性收入是存量目标 ¥700 的一部分，不能比它还大。",
                en="One-off revenue is part of the installed base's target, ¥700, and cannot be more.",
            ),
            Said("churn", "more_lost_than_all", level=MISTAKE),
            Said("contraction", "more_lost_than_all", level=MISTAKE),
        ),
        values={"target": "1000", "one_off": "701", "churn": "60", "contraction": "41"},
    ),
)

TABLE = Table("tracks", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()

"""For every preset: the duties of the village's year."""

from collections import defaultdict

import pytest

from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import Duty, State

from .expected import EXPECTED
from .guides import PRESETS, book
from .village import TODAY, VILLAGE

LETTERS = {State.OVERDUE: "逾", State.OPEN: "待", State.NOT_YET: "未", State.NOT_APPLICABLE: "无"}


def expected_rows(text: str) -> dict[str, str]:
    rows = [line.split() for line in text.splitlines() if line.strip()]
    assert len({(row[0], row[1]) for row in rows}) == len(rows)
    return {f"{row[0]} {row[1]}": row[2] for row in rows}


def rows_of(found: tuple[Duty, ...]) -> dict[str, str]:
    letters: dict[str, str] = defaultdict(str)
    for duty in sorted(found, key=lambda duty: (duty.period.first, duty.key)):
        done = "迟" if duty.days_late else "办"
        letters[f"{duty.code} {duty.rule_key}"] += done if duty.state is State.DONE else LETTERS[duty.state]
    return dict(letters)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_year_of_a_preset_is_what_its_guide_asks(preset: str) -> None:
    assert rows_of(duties(book(preset), VILLAGE, 2026, TODAY)) == expected_rows(EXPECTED[preset])


@pytest.mark.parametrize(
    ("preset", "days"),
    [
        ("rural_community", "01-09 02-06 03-06 04-03 05-08 06-05 07-03 08-07 09-04 10-09 11-06 12-04"),
        ("township_agency", "01-09 02-06 03-06 04-03 05-08 06-05 07-03 08-07 09-04 10-09 11-06 12-04"),
        ("student", "01-10 02-10 03-10 04-10 05-10 06-10 07-10 08-10 09-10 10-10 11-10 12-10"),
        ("enterprise", "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
        # 25 September is a day off and S3 names no policy: the branch decides, by the end of the month.
        ("bureau", "01-23 02-27 03-27 04-24 05-22 06-26 07-24 08-28 09-30 10-23 11-27 12-25"),
    ],
)
def test_the_party_day_is_due_on_the_day_of_the_rule(preset: str, days: str) -> None:
    found = [it for it in duties(book(preset), VILLAGE, 2026, TODAY) if it.rule_key == "party_day.schedule"]
    assert " ".join(f"{it.due_on:%m-%d}" for it in found) == days


@pytest.mark.parametrize(
    ("preset", "key", "due"),
    [
        # 「原则上提前5天」: calendar days before each event.
        (
            "organ_strict",
            "notice.days_before",
            "01-04 02-01 03-01 03-29 05-10 05-31 06-26 06-28 08-28 08-30 10-04 11-01",
        ),
        # 「每月活动结束后2日内」
        (
            "organ_strict",
            "record.days_after",
            "01-11 02-08 03-08 04-05 05-17 06-07 07-03 07-05 09-04 09-06 10-11 11-08",
        ),
        ("rural_community", "lesson.per_quarter", "03-31 06-30 09-30 12-31"),
        ("rural_community", "life_meeting.half_yearly", "06-30 12-31"),
        ("rural_community", "visit.occasions", "02-17 07-01"),
        ("rural_community", "oath.founding_day", "07-01"),
        ("rural_community", "talk.triggers", "08-15 11-13"),
        ("bureau", "development.steps", "10-01"),
        ("student", "party_day.founding_day", "07-31"),
    ],
)
def test_due_days_of_other_rules(preset: str, key: str, due: str) -> None:
    found = [it for it in duties(book(preset), VILLAGE, 2026, TODAY) if it.rule_key == key]
    assert " ".join(f"{it.due_on:%m-%d}" for it in found) == due


@pytest.mark.parametrize(
    ("preset", "key", "count", "missing"),
    [
        ("rural_community", "CON-01 oath.joining_month 2026-03", (1, 2), ("赵大海",)),
        ("rural_community", "CON-03 constitution.readings_per_year 2026", (2, 3), ("第二章",)),
        ("rural_community", "CAL-01 plan.yearly 2026", (11, 12), ("12月",)),
        ("rural_community", "ATT-16 attendance.recorded event-4", (9, 10), ()),
        ("rural_community", "CON-18 visit.occasions 2026 七一", (1, 2), ("赵大海",)),
        ("rural_community", "CON-18 visit.occasions 2026 春节", None, ()),
        ("rural_community", "PRO-09 affairs.village 2026-05", (0, 3), ("村（居）务", "财务", "重要事务")),
        ("organ_strict", "ATT-02 attendance.threshold_percent event-1", (8, 10), ()),
        ("organ_strict", "PRO-01 procedure.steps event-10", (8, 9), ("召开支委会确定活动主题和计划",)),
        ("bureau", "CON-14 meeting.group_per_month 2026-10", (1, 2), ("第二党小组",)),
        ("bureau", "CON-15 talk.per_year_each_pair 2026 committee", None, ("罗有秀、张建国",)),
        ("bureau", "CON-15 talk.per_year_each_pair 2026 with_committee", (2, 4), ("赵大海", "孙丽")),
        ("bureau", "CON-15 talk.per_year_each_pair 2026 members", (2, 4), ("李桂英", "王小军")),
        ("bureau", "CON-20 development.steps candidate-1", (1, 25), ()),
    ],
)
def test_coverage_says_how_many_and_who_is_missing(
    preset: str, key: str, count: tuple[int, int] | None, missing: tuple[str, ...]
) -> None:
    found = {duty.key: duty for duty in duties(book(preset), VILLAGE, 2026, TODAY)}[key]
    assert (found.tally, found.missing) == (count, missing)

"""One ask settled: states by day, counts, lateness."""

from datetime import date

import pytest

from partyday_tui.rules.duties.duty import Ask, Duty, Period, PeriodKind, Proof, State, Wanted, settle
from partyday_tui.rules.policy import Rule
from partyday_tui.rules.rule_book import RuleInForce

MARCH = Period(PeriodKind.MONTH, "2026-03", date(2026, 3, 1), date(2026, 3, 31))
RULE = Rule("party_day.per_month", 1, "must", "每月必须开展一次", "S4-3")


def ask(**changes: object) -> Ask:
    plain = {
        "code": "CAL-06",
        "rule": RuleInForce(RULE.key, 1, RULE, None),
        "title": "3月主题党日",
        "period": MARCH,
        "due_on": MARCH.last,
        "evidence_words": "当月的活动",
    }
    return Ask(**(plain | changes))  # type: ignore[arg-type]


def held(*days: int) -> list[Proof]:
    return [Proof(date(2026, 3, day), "event", day) for day in days]


def settled(wanted: Wanted, today: date, **changes: object) -> Duty:
    return settle(ask(**changes), wanted, today)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 28), State.NOT_YET),
        (date(2026, 3, 1), State.OPEN),
        (date(2026, 3, 31), State.OPEN),
        (date(2026, 4, 1), State.OVERDUE),
    ],
)
def test_without_evidence_the_day_decides(today: date, state: State) -> None:
    assert settled([("", [])], today).state is state


@pytest.mark.parametrize(
    ("today", "state", "done_on"),
    [(date(2026, 3, 5), State.OPEN, None), (date(2026, 3, 6), State.DONE, date(2026, 3, 6))],
)
def test_an_entry_counts_from_its_day(today: date, state: State, done_on: date | None) -> None:
    duty = settled([("", held(6))], today)
    assert (duty.state, duty.done_on) == (state, done_on)


@pytest.mark.parametrize(
    ("due", "days_late"),
    [(date(2026, 3, 5), 1), (date(2026, 3, 6), 0), (date(2026, 3, 7), 0), (None, 0)],
)
def test_done_late_is_done_and_says_by_how_many_days(due: date | None, days_late: int) -> None:
    duty = settled([("", held(6))], date(2026, 4, 9), due_on=due)
    assert (duty.state, duty.days_late) == (State.DONE, days_late)


def test_the_earliest_entries_count_and_no_more_than_needed() -> None:
    duty = settled([("", held(20, 9, 13))], date(2026, 4, 1), each=2)
    assert (duty.evidence, duty.done_on, duty.tally) == (tuple(held(9, 13)), date(2026, 3, 13), (2, 2))


def test_coverage_counts_things_and_names_what_is_missing() -> None:
    wanted = [("罗有秀", held(6)), ("张建国", []), ("李桂英", held(6))]
    duty = settled(wanted, date(2026, 3, 9))
    assert (duty.state, duty.tally, duty.missing) == (State.OPEN, (2, 3), ("张建国",))
    assert duty.evidence == tuple(held(6))


def test_two_of_the_same_name_are_two() -> None:
    assert settled([("王军", held(6)), ("王军", [])], date(2026, 3, 9)).tally == (1, 2)


def test_the_same_entry_twice_is_one() -> None:
    assert settled([("", held(6, 6))], date(2026, 3, 9), each=2).tally == (1, 2)


def test_nothing_wanted_does_not_apply_and_says_why() -> None:
    duty = settled([], date(2026, 4, 9), not_applicable="没有党小组")
    assert (duty.state, duty.note, duty.tally) == (State.NOT_APPLICABLE, "没有党小组", None)


@pytest.mark.parametrize(
    ("began", "state"), [(date(2026, 3, 31), State.OVERDUE), (date(2026, 4, 1), State.NOT_APPLICABLE)]
)
def test_what_was_due_before_the_book_began_does_not_apply(began: date, state: State) -> None:
    assert settle(ask(), [("", [])], date(2026, 4, 9), began).state is state


def test_the_key_names_rule_period_and_subject() -> None:
    assert settled([], MARCH.first).key == "CAL-06 party_day.per_month 2026-03"
    assert settled([], MARCH.first, subject="第一党小组").key == "CAL-06 party_day.per_month 2026-03 第一党小组"

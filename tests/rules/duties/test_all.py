"""The list as a whole: silence, rules over time, the start of the book, and the properties of every list."""

import random
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import EventFacts, Facts, MemberEntry, Segment, Talk, Visit
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_book import Override, PresetChoice, RuleBook

from .guides import PRESETS, book, invented
from .village import TODAY, VILLAGE, complete, day, meeting


def test_a_branch_that_nobody_rules_has_no_duty() -> None:
    assert duties(RuleBook([]), VILLAGE, 2026, TODAY) == ()
    assert duties(invented({"record.no_excess": True}), VILLAGE, 2026, TODAY) == ()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_duty_carries_the_sentence_and_strength_of_its_guide(preset: str) -> None:
    stated = {rule.key: rule for rule in PRESETS[preset].rules}
    for duty in duties(book(preset), VILLAGE, 2026, TODAY):
        rule = stated[duty.rule_key]
        assert (duty.sentence, duty.seed, duty.strength) == (rule.sentence, rule.seed, rule.strength)
        assert duty.title and duty.evidence_words and duty.rule_key in KEYS


def test_the_past_stays_under_its_rules_when_the_preset_is_switched() -> None:
    rural, bureau = PRESETS["rural_community"], PRESETS["bureau"]
    rules = RuleBook([PresetChoice(date.min, rural), PresetChoice(day("07-15"), bureau)])
    found = duties(rules, VILLAGE, 2026, TODAY)
    days = [(it.code, f"{it.due_on:%m-%d}", it.seed) for it in found if it.rule_key == "party_day.schedule"]
    assert days[6:8] == [("CAL-03", "07-03", "S4-1"), ("CAL-04", "08-28", "S3")]
    oaths = [it.period.which for it in found if it.rule_key == "oath.joining_month"]
    assert oaths == [f"2026-0{month}" for month in range(1, 7)]
    groups = [it.period.which for it in found if it.rule_key == "meeting.group_per_month"]
    assert groups[0] == "2026-07"
    assert {it.title for it in found if it.rule_key == "visit.occasions"} == {"春节走访慰问", "七一走访慰问"}
    assert [it.period.which for it in found if it.rule_key == "committee.before_event"][-1] == "event-7"


def test_a_decision_in_mid_year_counts_from_its_day() -> None:
    own = Override("notice.days_before", 3, "支委会决定", day("09-01"))
    rules = RuleBook([PresetChoice(date.min, PRESETS["rural_community"])], [own])
    found = [it for it in duties(rules, VILLAGE, 2026, TODAY) if it.rule_key == "notice.days_before"]
    assert [it.period.which for it in found] == ["event-8", "event-9", "event-10", "event-11"]
    assert {(it.sentence, it.seed, it.strength) for it in found} == {("支委会决定", "", "default")}


def test_a_rule_that_the_branch_switched_off_asks_nothing() -> None:
    off = Override("committee.before_event", False, "只有一名书记", date.min)
    rules = RuleBook([PresetChoice(date.min, PRESETS["rural_community"])], [off])
    assert not [it for it in duties(rules, VILLAGE, 2026, TODAY) if it.rule_key == "committee.before_event"]


def test_what_was_due_before_the_book_began_is_not_held_against_the_branch() -> None:
    found = duties(book("rural_community"), replace(VILLAGE, kept_since=day("10-01")), 2026, TODAY)
    early = [it for it in found if it.due_on and it.due_on < day("10-01")]
    assert {it.state for it in early} == {State.DONE, State.NOT_APPLICABLE}
    assert {it.note for it in early if it.state is State.NOT_APPLICABLE} >= {"早于账本开始记的日子"}
    assert State.OVERDUE in {it.state for it in found}


def test_entries_of_later_days_do_not_count_yet() -> None:
    found = {it.key: it for it in duties(book("rural_community"), VILLAGE, 2026, day("04-02"))}
    assert found["CAL-03 party_day.schedule 2026-04"].state is State.OPEN
    assert found["CON-01 oath.joining_month 2026-03"].tally == (0, 2)
    assert found["CON-05 lesson.per_quarter 2026-Q2"].state is State.OPEN
    assert found["CON-05 lesson.per_quarter 2026-Q3"].state is State.NOT_YET


# Whoever adds these only adds evidence: none of them calls for something by itself.
REGISTERS = ("oaths", "outreach", "talks", "hardships", "appraisals", "papers", "plans")
MENDED = tuple(
    name
    for name in EventFacts._fields
    if name not in ("id", "month", "on", "kinds", "held", "group_id", "starts_at", "ends_at", "roll", "decided")
)
BLANK = EventFacts(0, VILLAGE.events[0].month, None, frozenset())
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PRESET_NAMES = st.sampled_from(sorted(PRESETS))
IDS = st.integers(1, 6)

EXTRA_EVENTS = st.builds(
    lambda number, on, kind: meeting(900 + number, f"{on:%m-%d}", kind),
    st.integers(1, 50),
    DAYS,
    st.sampled_from(["committee", "branch_meeting", "organization_life", "lesson"]),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Some of the facts of the village, and the same with more evidence."""
    less: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for name in REGISTERS:
        entries = getattr(VILLAGE, name)
        more[name] = tuple(entry for entry in entries if draw(st.booleans()))
        less[name] = tuple(entry for entry in more[name] if draw(st.booleans()))
    extra_talks = draw(
        st.lists(st.builds(Talk, st.integers(100, 199), DAYS, st.frozensets(IDS, min_size=2)), max_size=5)
    )
    extra_oaths = draw(st.lists(st.builds(MemberEntry, st.integers(100, 199), DAYS, IDS), max_size=5))
    more["talks"] += tuple(extra_talks)
    more["oaths"] += tuple(extra_oaths)
    events = [(draw(thinned(event)), event) for event in VILLAGE.events]
    less["events"] = tuple(thin for thin, _ in events)
    more["events"] = tuple(draw(st.sampled_from([thin, full])) for thin, full in events)
    more["events"] += tuple(draw(st.lists(EXTRA_EVENTS, max_size=4, unique_by=lambda event: event.id)))
    less["segments"] = tuple(Segment(it.id, it.year, it.title) for it in VILLAGE.segments)
    return replace(VILLAGE, **less), replace(VILLAGE, **more)


def thinned(event: EventFacts) -> st.SearchStrategy[EventFacts]:
    """The event with some of its evidence taken away."""
    names = st.sets(st.sampled_from(MENDED))
    return names.map(lambda chosen: event._replace(**{name: getattr(BLANK, name) for name in chosen}))


@settings(max_examples=60, deadline=None)
@given(pairs(), PRESET_NAMES, DAYS)
def test_adding_evidence_never_opens_a_duty(facts: tuple[Facts, Facts], preset: str, today: date) -> None:
    before, after = (duties(book(preset), each, 2026, today) for each in facts)
    done = {it.key for it in before if it.state is State.DONE}
    states = {it.key: it.state for it in after}
    assert {states[key] for key in done} <= {State.DONE}
    assert states.keys() == {it.key for it in before}


@settings(max_examples=40, deadline=None)
@given(pairs(), PRESET_NAMES, DAYS)
def test_a_duty_is_in_one_state_that_fits_its_dates(facts: tuple[Facts, Facts], preset: str, today: date) -> None:
    found = duties(book(preset), facts[0], 2026, today)
    assert len({it.key for it in found}) == len(found)
    for it in found:
        if it.state is State.DONE:
            assert it.evidence and (it.done_on is None or it.done_on <= today)
        else:
            assert it.done_on is None
        if it.state in (State.OPEN, State.NOT_YET):
            assert it.due_on is None or it.due_on >= today
        if it.state is State.OVERDUE:
            assert it.due_on and it.due_on < today
        assert all(proof.on is None or proof.on <= today for proof in it.evidence)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), PRESET_NAMES, DAYS)
def test_the_order_of_entries_changes_nothing(chance: random.Random, preset: str, today: date) -> None:
    mixed = replace(VILLAGE, **{each.name: shuffled(getattr(VILLAGE, each.name), chance) for each in tuple_fields()})
    assert duties(book(preset), mixed, 2026, today) == duties(book(preset), VILLAGE, 2026, today)


def tuple_fields() -> list[Any]:
    return [each for each in fields(Facts) if isinstance(getattr(VILLAGE, each.name), tuple)]


def shuffled(entries: Iterable[Any], chance: random.Random) -> tuple[Any, ...]:
    return tuple(chance.sample(list(entries), len(list(entries))))


def test_an_event_more_calls_for_its_own_duties_and_undoes_none() -> None:
    more = complete(12, day("10-23"))
    before = {it.key: it for it in duties(book("organ_strict"), VILLAGE, 2026, TODAY)}
    after = {
        it.key: it for it in duties(book("organ_strict"), replace(VILLAGE, events=(*VILLAGE.events, more)), 2026, TODAY)
    }
    assert {key for key in after if key not in before} == {key for key in after if key.endswith("event-12")}
    assert all(after[key].state is State.DONE for key, it in before.items() if it.state is State.DONE)


def test_a_visit_more_is_to_be_reported_and_undoes_nothing() -> None:
    visit = Visit(9, day("07-02"), 5)
    after = {
        it.key: it
        for it in duties(book("rural_community"), replace(VILLAGE, visits=(*VILLAGE.visits, visit)), 2026, TODAY)
    }
    assert after["CON-18 visit.occasions 2026 七一"].state is State.DONE
    assert after["CON-18 visit.reported visit-9"].due_on == day("07-02") + timedelta(days=31)


def test_each_year_has_its_own_list() -> None:
    assert {it.period.first.year for it in duties(book("organ_strict"), VILLAGE, 2025, TODAY)} == {2025}

"""Each rule of each preset changes the duties when its value changes; those that cannot are named with a reason."""

from dataclasses import replace
from datetime import date

import pytest

from partyday_tui.rules.calendar import DayOffReading
from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.silent import NO_DUTY, PART_OF
from partyday_tui.rules.policy import Rule
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_book import Override, PresetChoice, RuleBook
from partyday_tui.rules.rule_values import Choice, Number, RuleValue, Words
from partyday_tui.rules.schedule import FixedDay, Flexible

from .guides import PRESETS, book
from .village import TODAY, VILLAGE

RULES = [(name, rule.key) for name, preset in PRESETS.items() for rule in preset.rules]
# A list that is only the reading of a duty changes the words for its evidence and no state.
WORDS_ONLY = {
    ("theme.steps", "rural_community"),
    ("theme.steps", "district_general"),
    ("theme.steps", "township_agency"),
    ("theme.steps", "nonpublic_social"),
    ("theme.steps", "soe"),
    ("floating.outreach", "rural_community"),
    ("floating.outreach", "district_general"),
    ("floating.outreach", "soe"),
    ("review.dimensions", "organ_strict"),
    ("meeting.members_agenda", "bureau"),
} | {
    (key, name)
    for key in ("affairs.decided", "appraisal.standard")
    for name, preset in PRESETS.items()
    if preset.rule(key, TODAY)
}


def changed(rule: Rule) -> RuleValue:
    kind, value = KEYS[rule.key].kind, rule.value
    match kind:
        case Number(low, high, _):
            assert isinstance(value, int)
            return value + 1 if value < high else low
        case Choice(options):
            return next(option for option in options if option != value)
        case Words(options):
            assert isinstance(value, tuple)
            other = next((word for word in options or () if word not in value), "别的")
            return value[:-1] or (other,)
    if isinstance(value, bool):
        return not value
    return FixedDay(20) if isinstance(value, Flexible | FixedDay) else Flexible()


def book_with(name: str, key: str, value: RuleValue) -> RuleBook:
    preset = PRESETS[name]
    rules = tuple(replace(rule, value=value) if rule.key == key else rule for rule in preset.rules)
    return RuleBook([PresetChoice(date.min, replace(preset, rules=rules))])


def judged(rules: RuleBook, with_words: bool) -> list[object]:
    found = duties(rules, VILLAGE, 2026, TODAY)
    return [duty if with_words else (duty.key, duty.due_on, duty.state, duty.tally, duty.missing) for duty in found]


@pytest.mark.parametrize(("name", "key"), [pair for pair in RULES if pair[1] not in NO_DUTY])
def test_another_value_of_the_rule_gives_other_duties(name: str, key: str) -> None:
    rule = PRESETS[name].rule(key, TODAY)
    assert rule
    with_words = (key, name) in WORDS_ONLY
    assert judged(book_with(name, key, changed(rule)), with_words) != judged(book(name), with_words)
    assert (judged(book_with(name, key, changed(rule)), False) == judged(book(name), False)) is with_words


@pytest.mark.parametrize(("name", "key"), [pair for pair in RULES if pair[1] in NO_DUTY])
def test_a_rule_without_a_duty_changes_nothing(name: str, key: str) -> None:
    preset = PRESETS[name]
    without = replace(preset, rules=tuple(rule for rule in preset.rules if rule.key != key))
    assert judged(RuleBook([PresetChoice(date.min, without)]), True) == judged(book(name), True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("party_day.day_off_reading", DayOffReading.STATUTORY_ONLY.value),
        ("party_day.founding_day_counts_as_july", True),
    ],
)
def test_what_no_guide_says_and_the_branch_decides_changes_its_duties(key: str, value: RuleValue) -> None:
    without_third_of_july = replace(VILLAGE, events=tuple(event for event in VILLAGE.events if event.id != 7))
    choice = PresetChoice(date.min, PRESETS["rural_community"])
    own = RuleBook([choice], [Override(key, value, "支委会决定", date.min)])
    plain = RuleBook([choice])
    assert duties(own, without_third_of_july, 2026, TODAY) != duties(plain, without_third_of_july, 2026, TODAY)


def test_every_key_is_either_silent_or_moved_by_some_test() -> None:
    moved = {key for _, key in RULES if key not in NO_DUTY}
    decided = {"party_day.day_off_reading", "party_day.founding_day_counts_as_july"}
    assert moved | decided | NO_DUTY.keys() == KEYS.keys()
    assert all(0 < len(why) <= 13 for why in (*PART_OF.values(), *(it.why for it in NO_DUTY.values())))
    assert not NO_DUTY.keys() & PART_OF.keys()

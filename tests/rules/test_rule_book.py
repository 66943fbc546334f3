"""Presets and the branch's own decisions over time."""

from datetime import date

from partyday_tui.rules.calendar import DayOffReading
from partyday_tui.rules.moving import HolidayPolicy, HolidayRule
from partyday_tui.rules.policy import Preset, Rule
from partyday_tui.rules.rule_book import Override, PresetChoice, RuleBook
from partyday_tui.rules.rule_values import RuleValue
from partyday_tui.rules.schedule import FixedDay, NthWeekday


def rule(key: str, value: RuleValue, valid_from: date = date.min) -> Rule:
    return Rule(key, value, "must", f"{key}的原句", "S9", valid_from=valid_from)


FRIDAY = Preset(
    "friday",
    "周五",
    "S9",
    "指导书",
    (rule("party_day.schedule", NthWeekday(1, 5)), rule("party_day.holiday_policy", "next_same_weekday")),
)
SILENT = Preset("silent", "没说", "S9", "指导书", (rule("leave.written", True),))
START, JULY = date(2026, 1, 1), date(2026, 7, 1)


def test_a_switch_in_mid_year_keeps_the_past_under_its_old_rules() -> None:
    book = RuleBook([PresetChoice(JULY, SILENT), PresetChoice(START, FRIDAY)])
    assert book.preset(date(2025, 12, 31)) is None
    assert book.preset(date(2026, 6, 30)) is FRIDAY
    assert book.preset(JULY) is SILENT
    assert book.rule("leave.written", date(2026, 6, 30)) is None
    after = book.rule("leave.written", JULY)
    assert after and after.value is True
    assert after.source == "「leave.written的原句」"
    assert book.rule("party_day.schedule", JULY) is None
    assert [(each.valid_from, each.day_rule) for each in book.schedules()] == [
        (START, NthWeekday(1, 5)),
        (JULY, None),
    ]


def test_a_decision_of_the_branch_holds_from_its_day_and_can_be_taken_back() -> None:
    own = Override("party_day.schedule", FixedDay(5), "赶集日", JULY)
    back = Override("party_day.schedule", None, "恢复", date(2026, 10, 1))
    book = RuleBook([PresetChoice(START, FRIDAY)], [own, back])
    found = book.rule("party_day.schedule", JULY)
    assert found and (found.value, found.source) == (FixedDay(5), "本支部自定：赶集日")
    assert found.rule is FRIDAY.rules[0]
    assert found.value_words == "每月5日"
    assert [(each.valid_from, each.day_rule) for each in book.schedules()] == [
        (START, NthWeekday(1, 5)),
        (JULY, FixedDay(5)),
        (date(2026, 10, 1), NthWeekday(1, 5)),
    ]


def test_of_two_decisions_of_one_day_the_later_holds() -> None:
    decisions = [Override("notice.days_before", days, "改", START) for days in (3, 7)]
    found = RuleBook([PresetChoice(START, SILENT)], decisions).rule("notice.days_before", START)
    assert found and found.value == 7
    assert found.rule is None


def test_holiday_rules_come_from_the_guide_then_the_branch_then_ask() -> None:
    decisions = [
        Override("party_day.day_off_reading", "statutory_only", "上级要求", JULY),
        Override("party_day.change_same_month", True, "上级要求", JULY),
    ]
    book = RuleBook([PresetChoice(START, FRIDAY)], decisions)
    assert [each.holiday for each in book.schedules()] == [
        HolidayRule(HolidayPolicy.NEXT_SAME_WEEKDAY),
        HolidayRule(HolidayPolicy.NEXT_SAME_WEEKDAY, DayOffReading.STATUTORY_ONLY, True),
    ]
    silent = RuleBook([PresetChoice(START, SILENT)], [Override("party_day.schedule", FixedDay(5), "定", START)])
    assert silent.schedules()[0].holiday == HolidayRule(HolidayPolicy.ASK)


def test_a_guide_can_change_its_own_rule_from_a_day() -> None:
    guide = Preset(
        "g",
        "通用",
        "S9",
        "指导书",
        (rule("party_day.schedule", FixedDay(5)), rule("party_day.schedule", NthWeekday(1, 5), JULY)),
    )
    book = RuleBook([PresetChoice(START, guide)])
    assert [(each.valid_from, each.day_rule) for each in book.schedules()] == [
        (START, FixedDay(5)),
        (JULY, NthWeekday(1, 5)),
    ]


def test_the_days_on_which_any_rule_may_change() -> None:
    later = rule("leave.written", False, date(2026, 9, 1))
    two_ages = Preset("two", "两段", "S9", "指导书", (rule("leave.written", True), later))
    own = Override("notice.days_before", 3, "改", JULY)
    book = RuleBook([PresetChoice(START, two_ages)], [own])
    assert book.turns() == (START, JULY, date(2026, 9, 1))

"""Change the value of any rule of any preset, and an expectation that was read from the guides by hand fails."""

from dataclasses import replace
from datetime import date

import pytest
from tests.rules.test_preset_values import said, written

from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import Duty
from partyday_tui.rules.rule_book import PresetChoice, RuleBook
from partyday_tui.rules.rule_values import RuleValue

from .expected import EXPECTED
from .guides import PRESETS
from .test_silent import changed
from .test_years import expected_rows, rows_of
from .village import TODAY, VILLAGE


def judged(preset: str, key: str, value: RuleValue) -> tuple[Duty, ...]:
    """The village's year with one value changed."""
    rules = tuple(replace(rule, value=value) if rule.key == key else rule for rule in PRESETS[preset].rules)
    return duties(RuleBook([PresetChoice(date.min, replace(PRESETS[preset], rules=rules))]), VILLAGE, 2026, TODAY)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_changed_value_is_found_out(preset: str) -> None:
    unnoticed = []
    for rule in PRESETS[preset].rules:
        if said().get((preset, rule.key)) == written(preset, rule.key):
            continue  # its value stands in the table of test_preset_values
        after = judged(preset, rule.key, changed(rule))
        if rows_of(after) == expected_rows(EXPECTED[preset]):
            unnoticed.append(rule.key)
    assert unnoticed == []

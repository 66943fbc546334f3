"""The shipped presets as rule books, for the tests of duties."""

from datetime import date
from pathlib import Path

from partyday_tui.rules.policy import Preset, Rule, read_preset
from partyday_tui.rules.rule_book import PresetChoice, RuleBook
from partyday_tui.rules.rule_values import RuleValue

POLICIES = Path(__file__).parents[3] / "assets" / "policies"
PRESETS = {path.stem: read_preset(path.read_text("utf-8"), path.name) for path in sorted(POLICIES.glob("*.toml"))}


def book(preset: str) -> RuleBook:
    """A branch that has always gone by one shipped preset."""
    return RuleBook([PresetChoice(date.min, PRESETS[preset])])


def guide(rules: dict[str, RuleValue]) -> Preset:
    """An invented guide that says only this."""
    found = tuple(Rule(key, value, "must", f"{key}的原句", "S9") for key, value in rules.items())
    return Preset("invented", "演示", "S9", "演示指导书", found)


def invented(rules: dict[str, RuleValue]) -> RuleBook:
    """A branch that goes by an invented guide."""
    return RuleBook([PresetChoice(date.min, guide(rules))])

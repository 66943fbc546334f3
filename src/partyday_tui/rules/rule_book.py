"""The rules one branch goes by: the presets it chose, and what it decided for itself, each from a date on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.calendar import DayOffReading
from partyday_tui.rules.moving import HolidayPolicy, HolidayRule
from partyday_tui.rules.planned_dates import Schedule
from partyday_tui.rules.policy import Preset, Rule
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_values import RuleValue
from partyday_tui.rules.schedule import DAY_RULES

_PLANNING_KEYS = (
    "party_day.schedule",
    "party_day.holiday_policy",
    "party_day.day_off_reading",
    "party_day.change_same_month",
)


@dataclass(frozen=True, slots=True)
class PresetChoice:
    """The branch goes by this preset from ``valid_from`` on, until the next choice."""

    valid_from: date
    preset: Preset


@dataclass(frozen=True, slots=True)
class Override:
    """The branch's own value for one rule from ``valid_from`` on; ``value`` None goes back to the preset's."""

    key: str
    value: RuleValue | None
    reason: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """The value that holds on a day, with the guide's rule and the branch's own decision behind it.

    At least one of ``rule`` and ``override`` is there.
    """

    key: str
    value: RuleValue
    rule: Rule | None
    override: Override | None

    @property
    def value_words(self) -> str:
        """The value in Chinese."""
        return KEYS[self.key].kind.words(self.value)

    @property
    def source(self) -> str:
        """Where the value comes from, for the screen: the branch's reason, or the sentence of the guide."""
        return (
            f"本支部自定：{self.override.reason}" if self.override else f"「{self.rule.sentence}」" if self.rule else ""
        )


class RuleBook:
    """Every choice and decision of one branch, so that a past day is judged by its own rules (CAL-16)."""

    __slots__ = ("_choices", "_found", "_overrides", "_schedules")

    def __init__(self, choices: Iterable[PresetChoice], overrides: Iterable[Override] = ()) -> None:
        self._choices = tuple(choices)
        self._overrides = tuple(overrides)
        self._found: dict[tuple[str, date], RuleInForce | None] = {}
        self._schedules: tuple[Schedule, ...] | None = None

    def preset(self, on: date) -> Preset | None:
        """The preset of a day; None before the first choice. Of two choices of one day the later in the list holds."""
        chosen = None
        for choice in sorted(self._choices, key=lambda each: each.valid_from):
            chosen = choice.preset if choice.valid_from <= on else chosen
        return chosen

    def rule(self, key: str, on: date) -> RuleInForce | None:
        """What holds for this key on a day; None where nobody has said anything. An unknown key raises KeyError."""
        asked = (key, on)
        if asked not in self._found:
            self._found[asked] = self._look_up(key, on)
        return self._found[asked]

    def _look_up(self, key: str, on: date) -> RuleInForce | None:
        KEYS[key]
        preset = self.preset(on)
        rule = preset.rule(key, on) if preset else None
        own = [each for each in self._overrides if each.key == key and each.valid_from <= on]
        override = max(reversed(own), key=lambda each: each.valid_from, default=None)
        if override and override.value is not None:
            return RuleInForce(key, override.value, rule, override)
        return RuleInForce(key, rule.value, rule, None) if rule else None

    def turns(self) -> tuple[date, ...]:
        """The days from which any rule may read otherwise, in order."""
        days = {choice.valid_from for choice in self._choices} | {each.valid_from for each in self._overrides}
        days.update(rule.valid_from for choice in self._choices for rule in choice.preset.rules)
        return tuple(sorted(days - {date.min}))

    def schedules(self) -> tuple[Schedule, ...]:
        """The schedules of all time for ``planned_dates``: a new one from each day on which a rule of planning changes.

        A guide that says nothing about holidays leads to ASK, and one that names no day to a schedule without a day.
        """
        if self._schedules is None:
            self._schedules = tuple(self.schedule_on(turn) for turn in sorted(set(self._turns())))
        return self._schedules

    def schedule_on(self, on: date) -> Schedule:
        """The schedule in force on a day, with ``valid_from`` that day."""
        rule = self.rule("party_day.schedule", on)
        day_rule = rule.value if rule and isinstance(rule.value, DAY_RULES) else None
        return Schedule(on, day_rule, self._holiday_rule(on))

    def _turns(self) -> Iterable[date]:
        for choice in self._choices:
            yield choice.valid_from
            yield from (
                rule.valid_from
                for rule in choice.preset.rules
                if rule.key in _PLANNING_KEYS and rule.valid_from > choice.valid_from
            )
        yield from (each.valid_from for each in self._overrides if each.key in _PLANNING_KEYS)

    def _holiday_rule(self, on: date) -> HolidayRule:
        policy, reading, same_month = (self.rule(key, on) for key in _PLANNING_KEYS[1:])
        return HolidayRule(
            HolidayPolicy(str(policy.value)) if policy else HolidayPolicy.ASK,
            DayOffReading(str(reading.value)) if reading else DayOffReading.ANY_DAY_OFF,
            bool(same_month and same_month.value),
        )

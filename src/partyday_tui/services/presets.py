"""The shipped presets, and the rules that one branch goes by."""

import json
from datetime import date
from functools import cache, lru_cache

from partyday_tui import paths
from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import RUN_DEFAULTS
from partyday_tui.rules.calendar import DayOffReading
from partyday_tui.rules.dues.settings import DEFAULTS as DUES_DEFAULTS
from partyday_tui.rules.policy import Preset, Rule, read_preset
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.review import USUAL_MODE
from partyday_tui.rules.rule_book import Override, PresetChoice, RuleBook, RuleInForce
from partyday_tui.rules.rule_values import RuleValue, plain
from partyday_tui.rules.text import LINE_LIMIT, line_to_keep
from partyday_tui.store import branch as branches
from partyday_tui.store.book import Book

USUAL_PRESET = "rural_community"

# How the program reads what no guide says; the branch can decide otherwise (domain.md §1.10 notes 2, CAL-09, F9).
_WHERE_GUIDES_ARE_SILENT: dict[str, RuleValue] = {
    "party_day.day_off_reading": DayOffReading.ANY_DAY_OFF.value,
    "party_day.founding_day_counts_as_july": False,
    **RUN_DEFAULTS,
    "review.mode": USUAL_MODE,
    **DUES_DEFAULTS,
}


@cache
def preset_named(name: str) -> Preset:
    """The preset of this id; raises UserMistake that lists the ids there are, or names the faulty line of its file."""
    if name not in _names():
        known = "、".join(f"{preset.id}（{preset.name}）" for preset in presets())
        raise UserMistake(f"没有「{name}」这种支部类型，请用其中之一：{known}。")
    file = paths.policies() / f"{name}.toml"
    return read_preset(file.read_text("utf-8"), file.name)


def presets() -> list[Preset]:
    """Every shipped preset, the rural one first."""
    return [preset_named(name) for name in sorted(_names(), key=lambda name: (name != USUAL_PRESET, name))]


def _names() -> set[str]:
    return {file.stem for file in paths.policies().glob("*.toml")}


def rule_book_of(book: Book) -> RuleBook:
    """The rules that the branch of the book goes by, past and present; the same value while nothing of them changes."""
    written = (
        (it["key"], json.dumps(it["value"]), it["reason"], it["valid_from"]) for it in branches.rule_overrides(book)
    )
    return _rule_book(tuple(branches.preset_choices(book)), tuple(written))


@lru_cache(maxsize=4)
def _rule_book(choices: tuple[tuple[date, str], ...], overrides: tuple[tuple[str, str, str, date], ...]) -> RuleBook:
    """A rule book remembers what it looked up, so that a desk that is read again does not look it up again."""
    return RuleBook(
        [PresetChoice(valid_from, preset_named(name)) for valid_from, name in choices],
        [
            Override(key, None if value == "null" else KEYS[key].kind.check(json.loads(value)), reason, valid_from)
            for key, value, reason, valid_from in overrides
        ],
    )


def override_rule(book: Book, key: str, value: RuleValue | None, reason: str) -> None:
    """Write the branch's own value of a rule from today on; None goes back to the preset's (warn, never block).

    Raises UserMistake for a reason that is missing or too long.
    """
    reason = _reason(reason)
    with book.act("修改规则") as transaction:
        written = None if value is None else plain(value)
        branches.override_rule(transaction, key, written, reason, book.clock.today)


def switch_preset(book: Book, name: str, reason: str) -> None:
    """Go by another preset from today on; the past keeps its old rules (CAL-16)."""
    preset_named(name)
    reason = _reason(reason)
    with book.act("更换支部类型") as transaction:
        branches.choose_preset(transaction, name, book.clock.today, reason)


def _reason(typed: str) -> str:
    reason = line_to_keep(typed, "理由", LINE_LIMIT)
    if not reason:
        raise UserMistake("理由没有填，请写上支部为什么这样定。")
    return reason


def rules_in_force(book: Book) -> tuple[Preset, list[tuple[str, RuleInForce]]]:
    """The preset of today and (title, rule) of everything that holds today, in the order of the list of keys."""
    rule_book, today = rule_book_of(book), book.clock.today
    preset = rule_book.preset(today)
    if preset is None:
        raise UserMistake("这个账本没有选定支部类型，请在设置里选一种。")
    found = [(key, rule_book.rule(key, today)) for key in KEYS]
    silent = {key: RuleInForce(key, value, None, None) for key, value in _WHERE_GUIDES_ARE_SILENT.items()}
    in_force = [(KEYS[key].title, rule or silent.get(key)) for key, rule in found]
    return preset, [(title, rule) for title, rule in in_force if rule is not None]


def unstated_rules(book: Book) -> list[Rule]:
    """The rules that nobody has stated for this branch, each as another guide says it: what the branch may set for itself.

    The first preset that has the rule lends its value and sentence.
    """
    stated = {rule.key for _, rule in rules_in_force(book)[1]}
    lent: dict[str, Rule] = {}
    for preset in presets():
        for rule in preset.rules:
            if rule.key not in stated:
                lent.setdefault(rule.key, rule)
    return [lent[key] for key in KEYS if key in lent]

"""``partyday duties`` and ``partyday presets``."""

import argparse
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.errors import UserMistake

if TYPE_CHECKING:
    from partyday_tui.rules.duties.duty import Duty
    from partyday_tui.rules.policy import Preset


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    duties = commands.add_parser("duties", help="列出应办事项：哪一句话要求的，到什么时候，办了没有")
    duties.add_argument("--year", type=year, metavar="年份", help="不写就是今年")
    duties.add_argument("--month", type=int, choices=range(1, 13), metavar="月份", help="只看一个月，1 到 12")
    add_json(duties)
    duties.set_defaults(run=_duties)
    presets = commands.add_parser("presets", help="列出支部类型，或一种类型的全部规则")
    presets.add_argument("name", nargs="?", metavar="预设", help="如 rural_community；不写就列出全部类型")
    add_json(presets)
    presets.set_defaults(run=_presets)


def _duties(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.rules.month import Month
    from partyday_tui.services.duties import duties_of, month_period, year_period

    asked = options.year or context.clock.today.year
    period = month_period(Month(asked, options.month)) if options.month else year_period(asked)
    with context.book() as book:
        found = duties_of(book, period)
    if options.json:
        answer([duty_figures(duty) for duty in found])
        return 0
    for duty in found:
        count = f" {duty.tally[0]}/{duty.tally[1]}" if duty.tally else ""
        print(f"{duty.state}\t{duty.due_on or ''}\t{duty.title}{count}\t「{duty.sentence}」")
    return 0


def duty_figures(duty: "Duty") -> dict[str, Any]:
    """A duty for scripts; days are ISO text or null."""
    return {
        "code": duty.code,
        "key": duty.key,
        "rule": duty.rule_key,
        "title": duty.title,
        "sentence": duty.sentence,
        "seed": duty.seed,
        "strength": duty.strength,
        "period": {"kind": duty.period.kind, "which": duty.period.which},
        "due_on": duty.due_on.isoformat() if duty.due_on else None,
        "state": duty.state,
        "evidence_wanted": duty.evidence_words,
        "evidence": [
            {"on": proof.on.isoformat() if proof.on else None, "kind": proof.kind, "id": proof.id}
            for proof in duty.evidence
        ],
        "count": list(duty.tally) if duty.tally else None,
        "missing": list(duty.missing),
        "done_on": duty.done_on.isoformat() if duty.done_on else None,
        "days_late": duty.days_late,
        "note": duty.note,
    }


def _presets(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.presets import preset_named, presets

    if options.name is None:
        found = presets()
        if options.json:
            answer([{"id": it.id, "name": it.name, "guide": it.guide, "rules": len(it.rules)} for it in found])
        else:
            for preset in found:
                print(f"{preset.id}\t{preset.name}\t规则{len(preset.rules)}条\t{preset.guide}")
        return 0
    preset = preset_named(options.name)
    if not preset.rules:
        raise UserMistake(f"{preset.name}没有规则，请另选一种。")
    rules = _rules(preset)
    if options.json:
        answer({"id": preset.id, "name": preset.name, "guide": preset.guide, "rules": rules})
        return 0
    for rule in rules:
        print(f"{rule['title']}\t{rule['words']}\t「{rule['sentence']}」")
    return 0


def _rules(preset: "Preset") -> list[dict[str, Any]]:
    from partyday_tui.rules.policy_keys import KEYS
    from partyday_tui.rules.rule_values import plain

    return [
        {
            "key": rule.key,
            "title": KEYS[rule.key].title,
            "value": plain(rule.value),
            "words": rule.value_words,
            "strength": rule.strength,
            "sentence": rule.sentence,
            "seed": rule.seed,
            "valid_from": rule.valid_from.isoformat(),
            "note": rule.note,
        }
        for rule in preset.rules
    ]

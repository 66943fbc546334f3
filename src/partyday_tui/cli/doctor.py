"""``partyday doctor``: the state of the book, from the file up."""

import argparse
from typing import Any

from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.rules.dues.money import yuan


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    doctor = commands.add_parser("doctor", help="检查账本：文件、设置、党费台账有没有被改动")
    add_json(doctor)
    doctor.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.doctor import diagnose

    with context.book() as book:
        found = diagnose(book)
    if options.json:
        answer(
            {
                "ok": found.ok,
                "checks": [
                    {"check": check.key, "title": check.title, "ok": check.ok, "found": list(check.found)}
                    for check in found.checks
                ],
                "broken_entries": list(found.broken_entries),
                "entries": found.entries,
                "in_hand_fen": found.in_hand_fen,
            }
        )
        return 0 if found.ok else 1
    for check in found.checks:
        print(f"{check.title}：{'正常' if check.ok else '有问题'}")
        for sentence in check.found:
            print(f"  {sentence}")
    print(f"台账 {found.entries} 笔，在手 {yuan(found.in_hand_fen)} 元。")
    if not found.ok:
        print("账本有问题：请不要继续登记，先从备份恢复，或联系维护人。")
    return 0 if found.ok else 1

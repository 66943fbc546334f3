"""``partyday attendance``: a year with both rates and the deduction list, or one member's year."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.cases import case_figures
from partyday_tui.cli.parser import year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.rules.attendance_year import deduction_words, why_deducted
from partyday_tui.rules.case_words import case_words
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, RollCounts, percent

if TYPE_CHECKING:
    from partyday_tui.rules.attendance_year import EventYear, MemberYear

_HEADS = ("expected", "present", "late", "leave", "absent", "other", "unmarked")


def add_commands(commands: Any) -> None:
    """Add ``attendance``."""
    attendance = commands.add_parser("attendance", help="全年的到会率、扣除名单和每名党员的出席")
    attendance.add_argument("--year", type=year, metavar="年份", help="哪一年的，不写就是今年")
    attendance.add_argument("--member", metavar="姓名", help="只看一名党员的全年，同名的写编号")
    attendance.add_argument("--out", type=Path, metavar="文件夹", help="写成表格，放到这个文件夹")
    add_json(attendance)
    attendance.set_defaults(run=_attendance)


def _attendance(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import member_year as service
    from partyday_tui.services.forms import asked_for, export_form
    from partyday_tui.services.registers import members_named

    asked = options.year or context.clock.today.year
    with context.book() as book:
        member = members_named(book, [options.member])[0] if options.member else None
        if options.out is not None:
            period = str(asked) if member is None else f"{member} {asked}"
            for form in ("attendance", "attendance-rates") if member is None else ("member-year",):
                print(export_form(book, asked_for(book, form, period), options.out))
            return 0
        if member is not None:
            return _show_member(service.member_year(book, member, asked), options)
        found = service.year_of_all(book, asked)
    if options.json:
        answer(
            {
                "year": found.year,
                "events": [event_figures(it) for it in found.events],
                "members": [_member_heads(it) for it in found.members],
            }
        )
        return 0
    for event in found.events:
        rates = f"{percent(event.counts.rate)}\t{percent(event.counts.rate_after_deductions)}"
        print(
            f"{event.on}\t{event.event}\t{event.counts.came}/{event.counts.expected}\t{rates}\t{deduction_words(event.deducted)}"
        )
    for it in found.members:
        counts = it.counts
        print(
            f"{it.name}\t{it.group}\t应到{counts.expected}\t到会{counts.came}\t请假{counts.leave}\t缺席{counts.absent}"
        )
    return 0


def _show_member(page: MemberYear, options: argparse.Namespace) -> int:
    if options.json:
        answer(member_figures(page))
        return 0
    for it in page.events:
        status = STATUS_WORDS[it.status] if it.status else UNMARKED_WORD
        print(f"{it.on}\t{it.event}\t{status}\t{it.told_reason}\t{case_words(it)}")
    for entry in page.outreach:
        print(f"{entry.on}\t联系\t{entry.values['way']}\t{entry.values['note']}")
    for entry in page.talks:
        print(f"{entry.on}\t谈话\t{entry.values['topic']}\t{entry.values['note']}")
    return 0


def event_figures(event: EventYear) -> dict[str, Any]:
    """One event for scripts: heads, both rates (0 to 1, or null) and whom the second takes off its base."""
    counts = event.counts
    return {
        "event_id": event.event_id,
        "date": event.on.isoformat(),
        "event": event.event,
        "closed": event.is_closed,
        **_heads(counts),
        "rate": counts.rate,
        "rate_after_deductions": counts.rate_after_deductions,
        "deducted": [{"member_id": it.member_id, "name": it.name, "why": why_deducted(it)} for it in event.deducted],
    }


def member_figures(page: MemberYear) -> dict[str, Any]:
    """One member's year for scripts: what the screen and the sheet show."""
    return {
        **_member_heads(page),
        "year": page.year,
        "events": [case_figures(it) for it in page.events],
        "outreach": [
            {"on": it.on.isoformat(), "way": it.values["way"], "note": it.values["note"]} for it in page.outreach
        ],
        "talks": [{"on": it.on.isoformat(), "topic": it.values["topic"]} for it in page.talks],
    }


def _member_heads(page: MemberYear) -> dict[str, Any]:
    made_up, cases = page.made_up
    return {
        "member_id": page.member_id,
        "name": page.name,
        "group": page.group,
        **_heads(page.counts),
        "unexcused": page.unexcused,
        "cases": cases,
        "made_up": made_up,
    }


def _heads(counts: RollCounts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in _HEADS}

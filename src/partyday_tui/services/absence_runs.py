"""无故缺席的提示: who has missed several events in a row without a reason, and whom to speak of (ATT-13, ATT-14, B13).

Prompts only: nobody is ranked, and the program decides no sanction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from partyday_tui.rules.attendance import REPORT, RUN_DEFAULTS, Attendance, Run, run_of, superior_is_due, talk_is_due
from partyday_tui.rules.registers import LONG_ABSENCE, UNEXCUSED_ABSENCE
from partyday_tui.rules.text import LINE_LIMIT, NAME_LIMIT, line_to_keep
from partyday_tui.services.cases import Visit, demanded_by, step_row
from partyday_tui.services.presets import rule_book_of
from partyday_tui.services.registers import register_named
from partyday_tui.store import attendance as store
from partyday_tui.store import members, register_entries
from partyday_tui.store.book import Book

_LOOK_BACK = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A member whose newest absences are unexcused. ``key`` is the newest (event, member) of the run.

    ``in_year`` counts the unexcused absences of this year. ``talk_due`` and ``superior_due`` say what the thresholds ask for and
    has not been done since; ``talked_on`` and ``reported_on`` when it was last done.
    """

    member_id: int
    name: str
    group: str
    reading: str
    key: tuple[int, int]
    run: Run
    in_year: int
    talk_due: bool
    superior_due: bool
    talked_on: date | None
    reported_on: date | None

    @property
    def words(self) -> str:
        """What to do, in words."""
        due = [word for word, is_due in (("谈话提醒", self.talk_due), ("报告上级", self.superior_due)) if is_due]
        done = [f"{self.talked_on} 谈过"] if self.talked_on and not self.talk_due else []
        done += [f"{self.reported_on} 报告过"] if self.reported_on and not self.superior_due else []
        return "、".join(due) or "，".join(done)


def thresholds(book: Book) -> tuple[int, int]:
    """(unexcused absences in a row after which to talk, months after which to tell the superior) in force today."""
    rules, today = rule_book_of(book), book.clock.today
    found = [rules.rule(key, today) for key in RUN_DEFAULTS]
    talk, months = (
        it.value if it and isinstance(it.value, int) else RUN_DEFAULTS[key]
        for key, it in zip(RUN_DEFAULTS, found, strict=True)
    )
    return talk, months


def prompts(book: Book) -> list[Prompt]:
    """Every member in a run of unexcused absences, in the order of the roster; never by how many."""
    today = book.clock.today
    by_member: defaultdict[int, list[Attendance]] = defaultdict(list)
    for it in store.of_the_absent(book, today - _LOOK_BACK, demanded_by(book)):
        by_member[it.member_id].append(it)
    talks, limits = _talks(book, today - _LOOK_BACK), thresholds(book)
    found = [
        _prompt(rows, run, talks.get(key, []), limits, today)
        for key, rows in by_member.items()
        if (run := run_of(rows))
    ]
    return sorted(found, key=lambda it: (it.reading, it.name, it.member_id))


def _prompt(
    rows: Sequence[Attendance], run: Run, talks: Sequence[date], limits: tuple[int, int], today: date
) -> Prompt:
    newest = [it for it in rows if it.is_unexcused][-1]
    reports = [step.on for it in rows for step in it.steps if step.step == REPORT]
    return Prompt(
        newest.member_id,
        newest.name,
        newest.group,
        newest.reading,
        newest.key,
        run,
        sum(it.is_unexcused and it.on.year == today.year for it in rows),
        talk_is_due(run, limits[0], talks),
        superior_is_due(run, limits[1], today, reports),
        max((on for on in talks if on >= run.last), default=None),
        max((on for on in reports if on >= run.first), default=None),
    )


def _talks(book: Book, since: date) -> dict[int, list[date]]:
    """The days of each member's talks about 无故缺席."""
    found: defaultdict[int, list[date]] = defaultdict(list)
    for entry in register_entries.entries(book, register_named("talk"), since, date.max):
        if entry.values["reason"] == UNEXCUSED_ABSENCE:
            for person in entry.people:
                found[person.id].append(entry.on)
    return found


def default_partner(book: Book) -> int | None:
    """The member who would hold the talk: the secretary of the branch, where they are on the roster."""
    here = members.members_on(book, book.clock.today)
    return next(
        (it.id for it in here if "书记" in it.post and "副书记" not in it.post and "第一书记" not in it.post), None
    )


def report(book: Book, key: tuple[int, int], on: date, to_whom: str, by_whom: str, document_no: str = "") -> None:
    """Write that the superior was told of a long absence: in the case's history, and without a name in 上报记录, in one act."""
    to_whom = line_to_keep(to_whom, "报给", 2 * NAME_LIMIT)
    document_no = line_to_keep(document_no, "文号", LINE_LIMIT // 2)
    note = "，".join(filter(None, (to_whom, document_no)))
    register = register_named("superior_report")
    values = {"on_date": on.isoformat(), "kind": LONG_ABSENCE, "to_whom": to_whom, "note": document_no}
    with book.act("向上级报告长期无故缺席") as transaction:
        step = step_row(REPORT, Visit(on, by_whom=line_to_keep(by_whom, "由谁", NAME_LIMIT), note=note))
        store.insert_steps(transaction, [key], step)
        register_entries.insert(transaction, register, values, ())

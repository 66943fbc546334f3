"""民主评议党员 of a year: its stages, ballots, decisions and who did not take part (CON-10, CON-11, B5, B6).

The appraisal hangs on an event that counts as 民主评议: the stages are the steps of that event, who came is its roll, and the year's
calendar and duties see it there. The first thing that is written makes the event where the plan holds none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.appraisal import (
    ANSWERS,
    USUAL_STAGES,
    USUAL_STANDARD,
    Appraisal,
    MemberLine,
    Stage,
    ballot_stage,
    check_decision,
    leading,
    whole_stages,
)
from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, Counts, check_ballots, read_row
from partyday_tui.rules.changes import Change
from partyday_tui.rules.event_record import StepDone
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import STATUS_WORDS, Status
from partyday_tui.rules.text import LINE_LIMIT, line_to_keep
from partyday_tui.services.appraisal_facts import attendance_words
from partyday_tui.services.holidays import check_year
from partyday_tui.services.namesakes import asides
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import appraisals as store
from partyday_tui.store import changes, event_record, events
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book, Transaction


@dataclass(frozen=True, slots=True)
class AppraisalPage:
    """What the screen of an appraisal shows.

    ``absent`` says why a member did not take part: in the appraisal's own words, else in those of the roll. ``attended`` are the year's
    marks in words, by member; ``asides`` tells members of one name apart.
    """

    appraisal: Appraisal
    standard: tuple[str, ...]
    absent: Mapping[int, str]
    attended: Mapping[int, str]
    asides: Mapping[int, str]

    def name_of(self, line: MemberLine) -> str:
        """A member's name, with what tells them from another of it."""
        return f"{line.name} {self.asides.get(line.member_id, '')}".strip()

    @property
    def uncounted(self) -> int:
        """How many members who get a grade have no ballots counted yet."""
        return sum(line.is_graded and not line.tallies for line in self.appraisal.lines)


def read_appraisal(book: Book, year: int) -> AppraisalPage:
    """The appraisal of a year as it stands; before anything is written, the roster and the stages that the rules name."""
    check_year(year)
    event_id = store.event_of(book, year)
    event = events.event(book, event_id) if event_id else None
    day = _day(book, year, event.on_date if event else None)
    record = event_record.event_record(book, event_id) if event_id else None
    held = [Stage(step.name, step.on, step.person, step.note) for step in record.steps] if record else []
    stages = whole_stages(stage_names(book, day), held)
    lines = store.lines(book, year, day)
    appraisal = Appraisal(
        year, event_id or 0, event.on_date if event else None, stages, store.ballots(book, year), lines
    )
    first, last = date(year, 1, 1), min(date(year, 12, 31), book.clock.today)
    attended = {key: attendance_words(marks) for key, marks in store.attendance(book, first, last).items()}
    apart = asides(book, ((line.member_id, line.name) for line in lines))
    return AppraisalPage(appraisal, _standard(book, day), _absent(book, event_id, day, lines), attended, apart)


def stage_names(book: Book, day: date) -> tuple[str, ...]:
    """The stages in the words of the rule in force, else the usual four."""
    rule = rule_book_of(book).rule("appraisal.steps", day)
    return rule.value if rule and isinstance(rule.value, tuple) else USUAL_STAGES


def line_of(page: AppraisalPage, member_id: int) -> MemberLine:
    """One member of the list; raises UserMistake for somebody who is not on it."""
    found = next((line for line in page.appraisal.lines if line.member_id == member_id), None)
    if found is None:
        raise UserMistake("这名党员不在今年评议的名单里，请核对名册里转入转出的日期。")
    return found


def write_stage(book: Book, year: int, name: str, on: date, person: str = "", note: str = "") -> None:
    """Write that a stage was held; the day of the ballots is the day of the event, unless a roll or the plan says otherwise."""
    if on > book.clock.today:
        raise UserMistake(f"日期{on}在今天以后，还没有做；请填已经做了的日期，要先安排的请记进年历（F3）。")
    if on < date(year, 1, 1):
        raise UserMistake(f"日期{on}早于{year}年，请核对是哪一年的民主评议。")
    step = StepDone(
        _line(name, "步骤", 80), on, line_to_keep(person, "经办人", 40), line_to_keep(note, "备注", LINE_LIMIT)
    )
    with book.act(f"记民主评议的{step.name[:40]}", with_session=True) as transaction:
        event_id = _begin(transaction, year, on)
        event_record.write_step(transaction, event_id, step)
        if step.name == ballot_stage(stage_names(book, on)):
            _date_event(transaction, event_id, on)


def undo_stage(book: Book, year: int, name: str) -> None:
    """Take out that a stage was held."""
    event_id = store.event_of(book, year)
    if event_id is not None:
        with book.act(f"撤回民主评议的{name[:40]}") as transaction:
            event_record.delete_step(transaction, event_id, name)


def write_class(book: Book, year: int, voter: str, ballots: Ballots, rows: Mapping[int, str]) -> AppraisalPage:
    """Write what one class of voters said: its ballots and for each member the counts as typed (「30 8 1」).

    A member with a blank row is left uncounted. Raises UserMistake that names the member and the sum that fails.
    """
    check_ballots(ballots, VOTER_WORDS[voter])
    page = read_appraisal(book, year)
    counts: dict[int, Counts] = {}
    for member_id, typed in rows.items():
        line = line_of(page, member_id)
        if typed.strip():
            if not line.is_graded:
                raise UserMistake(f"{line.name}是预备党员，参加评议但不评定等次，请不要填票数。")
            counts[member_id] = read_row(typed, ballots.valid, ANSWERS, line.name)
    with book.act(f"记民主测评票（{VOTER_WORDS[voter]}）", with_session=True) as transaction:
        _write_list(book, transaction, year)
        store.write_ballots(transaction, year, voter, ballots)
        store.write_counts(transaction, year, voter, counts)
    return read_appraisal(book, year)


def take_class_out(book: Book, year: int, voter: str) -> None:
    """Take out what one class of voters said; the record of changes keeps it."""
    with book.act(f"去掉民主测评票（{VOTER_WORDS[voter]}）") as transaction:
        store.delete_class(transaction, year, voter)


def decide(
    book: Book, year: int, member_id: int, grade: str, reason: str = "", note: str = "", absence: str | None = None
) -> None:
    """Write what the branch decided of a member; '' takes the grade back. A grade other than the ballot's wants a reason.

    ``absence`` is why the member did not take part; None leaves it as it is.
    """
    line = line_of(read_appraisal(book, year), member_id)
    fields = {
        "grade": grade,
        "reason": line_to_keep(reason, "理由", LINE_LIMIT),
        "note": line_to_keep(note, "评议意见", 2000),
        "absence": line.absence if absence is None else line_to_keep(absence, "未参加的原因", LINE_LIMIT),
    }
    check_decision(line, grade, fields["reason"])
    with book.act(f"评定{line.name}", with_session=True) as transaction:
        _write_list(book, transaction, year)
        store.write_member(transaction, year, member_id, fields)


def decide_rest(book: Book, year: int) -> int:
    """Give everybody who is undecided the grade that the ballots give, where they give one; returns how many."""
    page = read_appraisal(book, year)
    found = {
        line.member_id: leading(line.totals)[0]
        for line in page.appraisal.lines
        if line.is_graded and not line.grade and len(leading(line.totals)) == 1
    }
    if found:
        with book.act("按测评票评定其余党员") as transaction:
            for member_id, grade in found.items():
                store.write_member(transaction, year, member_id, {"grade": grade})
    return len(found)


def note_absence(book: Book, year: int, member_id: int, reason: str) -> None:
    """Write why a member did not take part; '' for one who did."""
    line = line_of(read_appraisal(book, year), member_id)
    absence = line_to_keep(reason, "未参加的原因", LINE_LIMIT)
    with book.act(f"记{line.name}未参加评议", with_session=True) as transaction:
        _write_list(book, transaction, year)
        store.write_member(transaction, year, member_id, {"absence": absence})


def appraisal_history(book: Book, year: int) -> list[Change]:
    """Every change of an appraisal, newest first; whom counts are about is told by name."""
    names = {str(line.member_id): line.name for line in read_appraisal(book, year).appraisal.lines}
    tables = ("appraisal", "appraisal_ballots", "appraisal_count", "appraisal_member")
    return [_named(change, names) for change in changes.changes_of_family(book, tables, year)]


def _named(change: Change, names: Mapping[str, str]) -> Change:
    """A row of counts with the member's name in the place of the key."""
    if change.kept_in != "appraisal_count":
        return change
    old, new = (_with_name(side, names) for side in (change.old, change.new))
    return replace(change, old=old, new=new)


def _with_name(packed: str | None, names: Mapping[str, str]) -> str | None:
    if packed is None:
        return None
    key = packed.partition("member_id\x1f")[2].partition("\x1e")[0]
    return packed.replace(f"member_id\x1f{key}\x1e", f"name\x1f{names.get(key, key)}\x1e")


def _begin(transaction: Transaction, year: int, on: date) -> int:
    """The event of the year's appraisal: the one it has, one of the plan, or a new one. Needs a session."""
    book = transaction.book
    check_year(year)
    if year > book.clock.today.year:
        raise UserMistake(f"{year}年还没有到，民主评议请到那一年再记。")
    found = store.event_of(book, year)
    if found is None:
        found = store.unclaimed_event(book, year, on)
        if found is None:
            fields = {"month": str(Month.of(on)), "theme": f"{year}年度民主评议党员"}
            found = events.insert_event(transaction, fields, frozenset({"appraisal"}))
        store.insert_appraisal(transaction, year, found)
    return found


def _date_event(transaction: Transaction, event_id: int, on: date) -> None:
    event = events.event(transaction.book, event_id)
    if event is not None and event.on_date != on and not event.rule and not event.marked:
        events.update_event(transaction, event_id, {"on_date": on.isoformat(), "month": str(Month.of(on))})


def _write_list(book: Book, transaction: Transaction, year: int) -> None:
    event_id = _begin(transaction, year, min(book.clock.today, date(year, 12, 31)))
    event = events.event(book, event_id)
    store.write_list_down(transaction, year, _day(book, year, event.on_date if event else None))


def _day(book: Book, year: int, on: date | None) -> date:
    """The day whose members are appraised: that of the event, else the year's last so far."""
    return on or min(book.clock.today, date(year, 12, 31))


def _standard(book: Book, day: date) -> tuple[str, ...]:
    rule = rule_book_of(book).rule("appraisal.standard", day)
    return rule.value if rule and isinstance(rule.value, tuple) else USUAL_STANDARD


def _absent(book: Book, event_id: int | None, day: date, lines: tuple[MemberLine, ...]) -> dict[int, str]:
    found: dict[int, str] = {}
    if event_id and rolls.is_frozen(book, event_id):
        for entry in rolls.roll(book, event_id, day):
            if entry.status in (Status.LEAVE, Status.ABSENT):
                found[entry.member_id] = " ".join(filter(None, [STATUS_WORDS[entry.status], entry.reason]))
    return found | {line.member_id: line.absence for line in lines if line.absence}


def _line(text: str, what: str, limit: int) -> str:
    cleaned = line_to_keep(text, what, limit)
    if not cleaned:
        raise UserMistake(f"「{what}」还没有填，请填上。")
    return cleaned

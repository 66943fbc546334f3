"""Development of members (CON-20): candidates, the dates of the 25 steps, the regular looks, and what is told about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import Change
from partyday_tui.rules.development import (
    ACCEPTED,
    STAGES,
    STEPS,
    Candidate,
    DevelopmentStep,
    Kind,
    Told,
    development_notes,
    next_due,
    steps_done,
)
from partyday_tui.rules.people import Guest
from partyday_tui.rules.text import clean_line, clean_name, same_name_key
from partyday_tui.services.readings import reading_of
from partyday_tui.store import development as store
from partyday_tui.store import members
from partyday_tui.store.book import Book
from partyday_tui.store.development import CandidateRow

_MOST = {"training_days": 365, "training_hours": 2000, "extended_months": 60}
_WORDS = {"training_days": "培训天数", "training_hours": "培训学时", "extended_months": "延长月数"}
_GUEST_CLASSES = ("入党积极分子", "发展对象")


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate as they stand today: the stage at hand, the next step (None: all are done), the nearest deadline, what is told."""

    row: CandidateRow
    stage: str
    done: int
    next_step: DevelopmentStep | None
    due: date | None
    late: bool
    notes: tuple[Told, ...]

    @property
    def candidate(self) -> Candidate:
        """The person."""
        return self.row.candidate

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done: given up, or every step done."""
        return self.candidate.ended_on is not None or self.next_step is None


def candidates(book: Book) -> list[CandidateLine]:
    """Everyone ever under development, those still under way first."""
    lines = [_line(row, book.clock.today) for row in store.candidates(book)]
    return sorted(lines, key=lambda line: line.is_over)


def candidate(book: Book, candidate_id: int) -> CandidateLine:
    """One candidate; raises UserMistake where they have been taken out."""
    found = next((it for it in candidates(book) if it.candidate.id == candidate_id), None)
    if found is None:
        raise UserMistake("这一位已经不在发展党员台账里了，请重新看一遍。")
    return found


def candidate_named(book: Book, name: str) -> int | None:
    """The key of the candidate of this name; None where there is none. Raises UserMistake where there are several."""
    found = [
        it.candidate.id for it in store.candidates(book) if same_name_key(it.candidate.name) == same_name_key(name)
    ]
    found = found or [row.candidate.id for row in store.candidates(book) if str(row.candidate.id) == name]
    if len(found) > 1:
        raise UserMistake(
            f"发展党员台账里有 {len(found)} 位「{name}」，请写编号代替姓名：{'、'.join(map(str, found))}。"
        )
    return found[0] if found else None


def _line(row: CandidateRow, today: date) -> CandidateLine:
    held = row.candidate
    last = max((number for number, _ in held.steps), default=0)
    done = {number for number, _ in held.steps}
    # The next step is the first open one after the last that was done; a gap before it is filled in the list of all steps.
    open_steps = [it for it in STEPS if it.number not in done]
    following = next((it for it in open_steps if it.number > last), open_steps[0] if open_steps else None)
    notes = development_notes(held, today)
    stage = "已终止" if held.ended_on else STAGES[following.stage - 1] if following else "全部办完"
    late = any(note.kind is Kind.OVERDUE for note in notes)
    return CandidateLine(row, stage, steps_done(held, today), following, next_due(held, today), late, notes)


def guests_to_develop(book: Book) -> list[Guest]:
    """The guests who are 入党积极分子 or 发展对象 and no candidates yet."""
    taken = {row.guest_id for row in store.candidates(book)}
    return [guest for guest in members.guests(book) if guest.guest_class in _GUEST_CLASSES and guest.id not in taken]


def add_candidate(book: Book, name: str, guest_id: int | None = None) -> int:
    """Write a new candidate; returns the key. Raises UserMistake for a name that cannot be stored."""
    cleaned = clean_name(name)
    if cleaned.problem:
        raise UserMistake(cleaned.problem)
    with book.act("登记发展党员") as transaction:
        return store.insert_candidate(transaction, cleaned.text, reading_of(cleaned.text), guest_id)


def step_numbered(number: int) -> DevelopmentStep:
    """The step of this number; raises UserMistake where there is none."""
    if not 1 <= number <= len(STEPS):
        raise UserMistake(f"发展党员共 {len(STEPS)} 道程序，没有第 {number} 道，请核对。")
    return STEPS[number - 1]


def enter_step(book: Book, candidate_id: int, number: int, on: date, note: str = "") -> list[str]:
    """Write the day of a step; returns what is told about it, such as a date that is too early."""
    step = step_numbered(number)
    before = candidate(book, candidate_id)
    with book.act(f"发展党员：{step.title}") as transaction:
        store.write_step(transaction, candidate_id, number, on, _line_of(note))
    told = [f"{it.title}{it.kind}：{it.sentence}" for it in candidate(book, candidate_id).notes if it.step == number]
    told += [
        f"第{it}道「{STEPS[it - 1].title}」的日期比它晚，请核对"
        for it, day in before.candidate.steps
        if it < number and day > on
    ]
    if on > book.clock.today:
        told.append(f"日期 {on} 在今天之后，请核对")
    if number == ACCEPTED:
        told.append("接收为预备党员后，请到名册里添加")
    return told


def take_step_out(book: Book, candidate_id: int, number: int) -> None:
    """Take out the day of a step that was written by mistake; the record of changes keeps it."""
    candidate(book, candidate_id)
    with book.act(f"去掉发展党员的日期：{STEPS[number - 1].title}") as transaction:
        store.delete_step(transaction, candidate_id, number)


def enter_look(book: Book, candidate_id: int, on: date, note: str = "") -> None:
    """Write a regular 考察, of an activist or in the probation."""
    candidate(book, candidate_id)
    with book.act("发展党员：考察") as transaction:
        store.write_look(transaction, candidate_id, on, _line_of(note))


def take_look_out(book: Book, candidate_id: int, on: date) -> None:
    """Take out a 考察 that was written by mistake."""
    with book.act("去掉发展党员的考察") as transaction:
        store.delete_look(transaction, candidate_id, on)


def save_particulars(book: Book, candidate_id: int, texts: Mapping[str, str]) -> None:
    """Write name, contacts, training (days or hours), lengthening in months, the longer term of approval ("1"), and a note."""
    row = candidate(book, candidate_id).row
    name = clean_name(texts["name"])
    if name.problem:
        raise UserMistake(name.problem)
    contacts = _line_of(texts["contacts"])
    if len(contacts) > 80:
        raise UserMistake("「培养联系人」最多 80 个字，请缩短后重填。")
    fields: dict[str, str | int | None] = {field: _number(texts[field], field) for field in _MOST}
    fields |= {
        "name": name.text,
        "contacts": contacts,
        "special": int(texts["special"] == "1"),
        "note": _line_of(texts["note"]),
    }
    if name.text != row.candidate.name:
        fields["reading"] = reading_of(name.text)
    with book.act("修改发展党员") as transaction:
        store.update_candidate(transaction, candidate_id, fields)


def end(book: Book, candidate_id: int, on: date | None, why: str = "") -> None:
    """Write that the process was given up on a day; None takes that back."""
    candidate(book, candidate_id)
    with book.act("终止发展" if on else "恢复发展") as transaction:
        fields = {"ended_on": on.isoformat() if on else None, "ended_why": _line_of(why)}
        store.update_candidate(transaction, candidate_id, fields)


def take_out(book: Book, candidate_id: int) -> None:
    """Take out a candidate who was written by mistake, with all dates; the record of changes keeps them."""
    candidate(book, candidate_id)
    with book.act("去掉发展党员") as transaction:
        store.delete_candidate(transaction, candidate_id)


def candidate_history(book: Book, candidate_id: int) -> list[Change]:
    """Every change of a candidate, newest first (SUP-05)."""
    return store.history(book, candidate_id)


def _line_of(text: str) -> str:
    cleaned = clean_line(text)
    if cleaned.problem:
        raise UserMistake(cleaned.problem)
    return cleaned.text


def _number(text: str, field: str) -> int:
    plain = text.strip() or "0"
    if not (plain.isascii() and plain.isdigit() and int(plain) <= _MOST[field]):
        raise UserMistake(f"「{_WORDS[field]}」要是 0 到 {_MOST[field]} 的整数，请改一下。")
    return int(plain)

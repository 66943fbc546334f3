"""补课: one lesson for several members and several events, its sign-off, and the register that is archived (ATT-05, REC-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import Attendance, Step
from partyday_tui.rules.changes import Change
from partyday_tui.rules.make_up import Lesson, forms
from partyday_tui.rules.partial_date import parse_partial_date
from partyday_tui.rules.text import LINE_LIMIT, NAME_LIMIT, line_to_keep
from partyday_tui.services import cases
from partyday_tui.services.cases import CaseKey, Visit, Written
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import attendance, changes
from partyday_tui.store import make_up as store
from partyday_tui.store.book import Book, Transaction

_LONGEST = {"form": 40, "place": LINE_LIMIT, "content": 2000, "led_by": NAME_LIMIT, "archive_no": 80}
_WORDS = {"form": "方式", "place": "地点", "content": "内容", "led_by": "主讲人", "archive_no": "归档号"}
FIELDS = ("on_date", "form", "place", "content", "led_by", "archive_no")


def lesson_forms(book: Book) -> tuple[str, ...]:
    """The forms to choose from, in the order that the guide prefers (ATT-06)."""
    rule = rule_book_of(book).rule("absence.make_up_online", book.clock.today)
    return forms(bool(rule and rule.value))


def archive_is_demanded(book: Book, on: date) -> bool:
    """Whether the rules of a day want make-up lessons recorded and archived (ATT-05, REC-11)."""
    rule = rule_book_of(book).rule("absence.make_up_archived", on)
    return bool(rule and rule.value)


def add_lesson(
    book: Book, keys: Sequence[CaseKey], texts: Mapping[str, str], *, signed: bool = False, visited: bool = False
) -> Written:
    """Write a lesson that makes up these (event, member), in one act.

    ``texts``: on_date (ISO), form, place, content, led_by, archive_no. ``visited``: the lesson was also the contact and the briefing,
    written for those who lack them. Raises UserMistake for what cannot be stored.
    """
    fields = fields_of(book, texts)
    found = attendance.of_keys(book, keys, cases.demanded_by(book))
    if not keys or len(found) != len(set(keys)):
        raise UserMistake("没有选给谁补课，请在名单里选中后再做一次。")
    on = date.fromisoformat(str(fields["on_date"]))
    with book.act("登记补课") as transaction:
        steps = _visit(transaction, found, on, str(fields["form"]), str(fields["led_by"])) if visited else []
        lesson = store.insert(transaction, fields, dict.fromkeys(keys), signed=signed)
    told = [f"补课日期 {on} 早于活动：{it.name}" for it in found if on < it.on][:1]
    told += [f"日期 {on} 在今天之后，请核对"] if on > book.clock.today else []
    return Written(tuple(steps), lesson, tuple(told))


def _visit(transaction: Transaction, found: Sequence[Attendance], on: date, form: str, by_whom: str) -> list[int]:
    """Whoever was taught was spoken to, and heard what the event was about."""
    steps: list[int] = []
    for step in (Step.CONTACT, Step.BRIEF):
        lacking = [it.key for it in found if step in it.demanded and it.done_on(step) is None]
        row = cases.step_row(step, Visit(on, form, by_whom))
        steps += attendance.insert_steps(transaction, lacking, row)
    return steps


def edit_lesson(book: Book, lesson_id: int, texts: Mapping[str, str]) -> None:
    """Write a lesson anew; fields not named stay. A new archive number is dated today."""
    fields = fields_of(book, texts_of(lesson_of(book, lesson_id)) | dict(texts), lesson_of(book, lesson_id))
    with book.act("修改补课记录") as transaction:
        store.update(transaction, lesson_id, fields)


def sign(book: Book, lesson_id: int, signed: Sequence[CaseKey]) -> None:
    """Write who has signed; whoever is not named has not."""
    lesson = lesson_of(book, lesson_id)
    wanted = {(it.event_id, it.member_id): (it.event_id, it.member_id) in set(signed) for it in lesson.served}
    with book.act("补课签字") as transaction:
        store.sign(transaction, lesson_id, wanted)


def archive(book: Book, lessons: Sequence[int], number: str) -> None:
    """File these lessons under one archive number, today."""
    number = line_to_keep(number, "归档号", _LONGEST["archive_no"])
    if not number:
        raise UserMistake("归档号没有填，请写上存放的盒号或编号。")
    with book.act("补课归档") as transaction:
        for lesson in lessons:
            store.update(transaction, lesson, {"archive_no": number, "archived_on": book.clock.today.isoformat()})


def take_out(book: Book, lesson_id: int) -> None:
    """Take out a lesson that was written by mistake; its absences wait for a make-up again."""
    lesson_of(book, lesson_id)
    with book.act("去掉补课记录") as transaction:
        store.delete(transaction, lesson_id)


def lessons_of_year(book: Book, year: int) -> list[Lesson]:
    """The register of a year, oldest first."""
    return store.lessons_of_year(book, check_year(year))


def lesson_of(book: Book, lesson_id: int) -> Lesson:
    """One lesson; raises UserMistake where it has been taken out."""
    found = store.lesson(book, lesson_id)
    if found is None:
        raise UserMistake("这次补课已经去掉了，请重新看一遍。")
    return found


def lesson_history(book: Book, lesson_id: int) -> list[Change]:
    """Every change of a lesson and of who signed, newest first (SUP-05)."""
    return changes.changes_of_family(book, ("make_up", "make_up_case"), lesson_id)


def texts_of(lesson: Lesson) -> dict[str, str]:
    """A lesson as a form is filled with."""
    return {"on_date": lesson.on.isoformat()} | {name: str(getattr(lesson, name)) for name in FIELDS[1:]}


def fields_of(book: Book, texts: Mapping[str, str], before: Lesson | None = None) -> dict[str, str | None]:
    """The columns of a lesson from a form; raises UserMistake that names the field."""
    unknown = next((name for name in texts if name not in FIELDS), None)
    if unknown is not None:
        raise UserMistake(f"补课记录没有「{unknown}」这一项，可用：{'、'.join(FIELDS)}。")
    partial = parse_partial_date(texts.get("on_date", ""))
    if partial is None or partial.day is None:
        raise UserMistake("补课日期要写到哪一天，请写成 2026-11-06 这样。")
    fields: dict[str, str | None] = {"on_date": partial.iso}
    for name, limit in _LONGEST.items():
        fields[name] = line_to_keep(texts.get(name, ""), _WORDS[name], limit)
    if not fields["form"]:
        raise UserMistake("补课方式没有选，请选一种。")
    number = fields["archive_no"]
    kept = before.archived_on if before and before.archive_no == number else book.clock.today
    fields["archived_on"] = kept.isoformat() if number and kept else None
    return fields

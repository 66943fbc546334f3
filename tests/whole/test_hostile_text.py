"""Hostile text in every field: cleaned or refused on the way in, literal and harmless on screen and sheet (T10)."""

import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.excel.put import printable
from partyday_tui.rules.ballots import Ballots
from partyday_tui.rules.event_fields import FIELD_WORDS
from partyday_tui.rules.form_kinds import form_named
from partyday_tui.rules.month import Month
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import Status
from partyday_tui.services import appraisal, review
from partyday_tui.services.absence_runs import report
from partyday_tui.services.books import change_branch, open_existing
from partyday_tui.services.cases import Visit, write_step, write_visit
from partyday_tui.services.events import add_event, edit_event
from partyday_tui.services.forms import Asked, asked_for, export_form
from partyday_tui.services.holidays import write_day
from partyday_tui.services.leave import enter_slip
from partyday_tui.services.make_up import add_lesson
from partyday_tui.services.moving import move_event, write_request
from partyday_tui.services.presets import override_rule, switch_preset
from partyday_tui.services.roll import Mark, event_to_call, read_roll, seat_guest, write_marks
from partyday_tui.services.roll_close import close_roll
from partyday_tui.services.roster import add_movement, save_guest, save_member
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.theme import LIGHT, PLAIN
from tests.conftest import TODAY
from tests.ui.screens.rolls import fill, until
from tests.whole.hostile import LITERAL, TEXTS, is_rare, is_unsafe, leftovers, pour
from tests.whole.terminal import Terminal
from tests.whole.touring import Walk

MEMBER_LINES = ("ethnicity", "education", "group", "post", "job", "phone", "landline", "address", "destination")
MEMBER_OTHERS = (
    "identity", "sex", "dues_category", "note", "reading", "born_on", "joined_on", "confirmed_on", "lost_since", "floating",
    "infirm", "hardship", "leading_cadre", "lost_contact",
)  # fmt: skip
LOOKS = [((120, 36), LIGHT), ((80, 24), PLAIN)]


@pytest.fixture
def poisoned(book, book_path):
    """A book that a foreign program has filled with hostile text."""
    book.close()
    pour(book_path, TODAY)
    return book_path


@pytest.mark.parametrize(("size", "look"), LOOKS, ids=["120x36", "plain"])
async def test_every_screen_shows_it_literally_and_harmlessly(poisoned, size, look):
    app = PartydayApp(poisoned, Clock(TODAY))
    async with app.run_test(size=size) as pilot:
        app.theme = look.name
        await until(pilot, lambda: app.branch is not None)
        walk = Walk(pilot)
        await walk.settle()
        async for screen in walk.every_screen():
            await walk.pages(screen.TITLE_WORD)
        for text in LITERAL:
            assert text in walk.text, text


@pytest.mark.parametrize(("size", "look"), LOOKS[1:], ids=["plain 80x24"])
async def test_every_dialog_shows_it_harmlessly(poisoned, size, look):
    app = PartydayApp(poisoned, Clock(TODAY))
    async with app.run_test(size=size) as pilot:
        app.theme = look.name
        await until(pilot, lambda: app.branch is not None)
        walk = Walk(pilot)
        await walk.settle()
        async for screen in walk.every_screen():
            await walk.common_keys(screen)
        async for screen in walk.every_screen():
            for action in walk.actions(screen):
                await walk.press(*["down"] * 5)
                await walk.take_action(screen, action)


def _member(book, text):
    blank = dict.fromkeys((*MEMBER_LINES, *MEMBER_OTHERS), "")
    fields = (*MEMBER_LINES, "note", "reading")
    # A text that may be refused goes into each field by itself, so that no refusal hides another field.
    for some in [fields] if len(text) <= 40 else [[field] for field in fields]:
        yield lambda some=some: save_member(
            book, None, blank | {"name": "张三", "kind": "full"} | dict.fromkeys(some, text)
        )
    yield lambda: save_member(book, None, blank | {"name": text, "kind": "full"})
    yield lambda: save_member(book, 1, blank | {"name": text, "kind": "full", "note": text})
    yield lambda: add_movement(book, 1, "transfer_in", TODAY, text, text)


def _guest(book, text):
    for n in range(4):
        given = ["李四", "", "", ""]
        given[n] = text
        yield lambda g=given: save_guest(book, Guest(0, g[0], "", "群众代表", *g[1:]))
    event = event_to_call(book)
    yield lambda: seat_guest(book, event, Guest(0, text, "", "群众代表", text))


def _event(book, text):
    kinds = frozenset({"party_day"})
    for field in FIELD_WORDS:
        yield lambda f=field: add_event(book, Month(2026, 11), None, kinds, {f: text})
        yield lambda f=field: edit_event(book, 1, kinds, {f: text})


def _request(book, text):
    event = book.rows("SELECT id FROM event WHERE on_date IS NOT NULL ORDER BY id DESC LIMIT 1")[0][0]
    days = iter(TODAY + timedelta(days=n) for n in range(20, 40))
    yield lambda: move_event(book, event, next(days), text, document_no="1")
    yield lambda: move_event(book, event, next(days), "防汛", document_no=text)
    sent = {"requested_on": TODAY, "replied_on": None, "approved": None}
    yield lambda: write_request(book, 1, document_no=text, approver="", **sent)
    yield lambda: write_request(book, 1, document_no="", approver=text, **sent)


def _branch(book, text):
    names = {"name": "柳湾村党支部", "superior": "", "secretary": ""}
    for field in names:
        yield lambda f=field: change_branch(book, **names | {f: text})
    yield lambda: override_rule(book, "party_day.founding_day_counts_as_july", True, text)
    yield lambda: switch_preset(book, "rural_community", text)


def _holiday(book, text):
    yield lambda: write_day(book, TODAY, is_off=True, name=text)


def _mark(book, text):
    event = event_to_call(book)
    yield lambda: write_marks(book, event, [[Mark(1, Status.LEAVE, text)]])


def _slip(book, text):
    blank = {"first_day": str(TODAY), "last_day": "", "reason_class": "因病", "applied_on": str(TODAY)}
    for field in ("reason_class", "reason", "granted_by", "paper"):
        yield lambda f=field: enter_slip(book, 1, None, blank | {f: text})


def _absence(book, text):
    event = event_to_call(book)
    write_marks(book, event, [[Mark(1, Status.ABSENT)]])
    close_roll(book, event)
    keys = [(event.id, 1)]
    for field in ("way", "by_whom", "reason_class", "reason", "note"):
        yield lambda f=field: write_visit(book, keys, replace(Visit(TODAY), **{f: text}))
        yield lambda f=field: write_step(book, keys, "contact", replace(Visit(TODAY), **{f: text}))
    for field in ("form", "place", "content", "led_by", "archive_no"):
        yield lambda f=field: add_lesson(book, keys, {"on_date": str(TODAY), "form": "自学"} | {f: text})
    yield lambda: report(book, keys[0], TODAY, text, text, text)


def _review(book, text):
    event = event_to_call(book).id
    lines = ("主题特色鲜明", "内容充实健康", "方式灵活生动", "效果突出显著", "总体评价")
    yield lambda: review.write_remarks(book, event, text)
    yield lambda: review.write_group_note(book, event, text)
    yield lambda: review.write_class(book, event, "party", Ballots(2, 2, 0), dict.fromkeys((*lines, text), "2"))
    yield lambda: review.write_class(book, event, "party", Ballots(2, 2, 0), dict.fromkeys(lines, text))
    yield lambda: review.remarks_to_problems(book, event, [text], text)


def _appraisal(book, text):
    year = TODAY.year
    yield lambda: appraisal.write_stage(book, year, text, TODAY)
    yield lambda: appraisal.write_stage(book, year, "个人自评", TODAY, text, text)
    yield lambda: appraisal.write_class(book, year, "party", Ballots(2, 2, 0), {1: text})
    yield lambda: appraisal.decide(book, year, 1, "qualified", text, text, text)
    yield lambda: appraisal.note_absence(book, year, 1, text)


@pytest.mark.parametrize(
    "writes",
    [_member, _guest, _event, _request, _branch, _holiday, _mark, _slip, _absence, _review, _appraisal],
)
def test_the_services_clean_it_or_refuse_it_in_one_sentence(book, book_path, writes):
    fill(book, ["王五"])
    move_event(book, 1, TODAY + timedelta(days=7), "防汛")
    edit_event(book, 1, frozenset({"party_day"}), {})
    for text in TEXTS:
        for write in writes(book, text):
            try:
                write()
            except UserMistake as mistake:
                assert re.fullmatch(r"[^\n]+[。：]?", mistake.sentence) and not any(map(is_unsafe, mistake.sentence)), (
                    text
                )
    book.close()
    for where, value in _texts_of(book_path):
        lines = value.replace("\n", "") if where in ("member.note", "review.remarks") else value
        assert not [f"U+{ord(char):04X}" for char in lines if is_unsafe(char) and not is_rare(char)], where


def _texts_of(path):
    """(table and field, text) of everything the book holds, apart from the program's own record of changes."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            if table == "change":
                continue
            found = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in found.description]
            yield from (
                (f"{table}.{name}", value)
                for row in found
                for name, value in zip(names, row, strict=True)
                if isinstance(value, str)
            )


@pytest.mark.parametrize("is_blank", [True, False])
def test_the_sheet_holds_it_as_text(poisoned, is_blank, tmp_path):
    book = open_existing(poisoned, Clock(TODAY))
    event = event_to_call(book)
    roll = read_roll(book, event)
    path = export_form(book, Asked(form_named("sign-in"), event, "blank" if is_blank else "filled"), tmp_path)
    book.close()
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value is not None]
    read = {str(cell.value).replace("_x005F_", "_") for cell in cells}  # openpyxl leaves that to Excel
    again = {str(value) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for value in row}
    assert not [cell for cell in cells if cell.data_type in ("f", "e")]
    for entry in roll.entries:
        name = printable(entry.name)
        assert name in read or not name.strip(), entry.name
        assert name in again or not name.strip(), entry.name


def test_the_sheets_of_absence_hold_it_as_text(poisoned, tmp_path):
    book = open_existing(poisoned, Clock(TODAY))
    asked = [(key, "") for key in ("leave-summary", "cases", "make-up", "attendance", "attendance-rates")]
    asked += [("leave", str(key)) for key in range(1, len(TEXTS) + 1)]
    asked += [("member-year", str(key)) for key in (1, 9, 19)]
    paths = [export_form(book, asked_for(book, *it), tmp_path / str(number)) for number, it in enumerate(asked)]
    book.close()
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            sheets = [
                name for name in archive.namelist() if name.startswith("xl/worksheets/")
            ]  # a chart names its cells in <f>
            assert not [name for name in sheets if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]
        cells = [cell for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type in ("f", "e")]


def test_nothing_of_it_reaches_the_terminal(poisoned):
    with Terminal("--book", poisoned, "--today", TODAY) as terminal:
        terminal.until("[/foo]")
        for place in ("F3", "F4", "F6"):
            terminal.press_calmly(place, "Enter", "Esc", "F1", "Esc", "^P", "Esc", "End", "Home")
        terminal.press_calmly("F4", "^T", "Esc", "^O", "Esc", "^G", "^L", "Esc")
        terminal.press_calmly("F6", "^L", "Enter", "Esc", "Esc", "Enter", "1", "\x1b[B" * 12, "\x1b[B" * 12, "Esc")
        terminal.press_calmly("F6", "Down", "Enter", "5", "Down", "Esc", "F3", "^O", "End", "Esc")
        terminal.press_calmly("F3", "Enter", "2", "\x1b[B" * 8, "Esc", "Enter", "4", "Esc", "Enter", "6", "Esc", "F2")
        terminal.until("今日")
        assert terminal.leave() == 0
        stream = terminal.stream
    assert leftovers(stream) == set()
    for begin in (b"\x1b]52", b"\x1b]0", b"\x1b]2;", b"\x00", b"\xc2\x9b"):
        assert begin not in stream

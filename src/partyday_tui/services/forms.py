"""The printed forms of the book: what there is, what each is asked for, and writing one (domain.md 2.c).

A package collects forms with `form_of` and lays them into one workbook with `excel.page.add_form`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.duty import Period, PeriodKind
from partyday_tui.rules.events import Event
from partyday_tui.rules.form_kinds import FORMS, FormKind, form_named
from partyday_tui.rules.month import Month
from partyday_tui.rules.sheet import Form
from partyday_tui.rules.sheet_layout import YEAR
from partyday_tui.services.books import branch_of
from partyday_tui.services.form_layouts import styled
from partyday_tui.services.holidays import check_year
from partyday_tui.store.book import Book

When = int | Month | Event | None
"""A year, a month, an event, or nothing, as the form's period says."""

_SWITCH_SECONDS = 0.0005  # how long the writing may hold the keys up (performance.md, Hiccups)
_BRANCH_IN_NAME, _THEME_IN_NAME = 20, 8  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Asked:
    """One form as it is asked for: which, of when, and in which variant (a key of ``kind.variants``, '' for the first)."""

    kind: FormKind
    when: When = None
    variant: str = ""


def asked_for(book: Book, name: str, period: str = "", variant: str = "") -> Asked:
    """What a command asks for: a form by key or title, its period as text (2026, 2026-11, 2026-11-06 or the key of an event).

    A year or a month left out is the present one. Raises UserMistake that says what is wanted.
    """
    kind = form_named(name)
    return Asked(kind, _when(book, kind, period.strip()), _variant(kind, variant))


def form_of(book: Book, asked: Asked) -> Form:
    """The form as it is printed, in the branch's own layout; reads the book, writes nothing.

    Raises UserMistake where there is nothing to print, and for a layout file that cannot be followed.
    """
    first = _first_day(book, asked.when)
    return styled(book, asked.kind, _made(book, asked), first)


def _made(book: Book, asked: Asked) -> Form:
    kind, event = asked.kind, asked.when
    if kind.periods == ("event",) and event is None:
        raise UserMistake("还没有活动，请先在年历（F3）按 F5 排计划。")
    if isinstance(event, Event) and not event.id and kind.wants_record:
        raise UserMistake("这一天的活动还没有排进计划，请先在年历（F3）按 F5 排计划。")
    module, _, function = kind.maker.partition(":")
    make = getattr(import_module(f"partyday_tui.services.sheets.{module}"), function)
    arguments: list[object] = [*kind.arguments]
    if kind.periods:
        arguments.append(_span(asked.when) if kind.takes_span else asked.when)
    named = {"variant": asked.variant or kind.variants[0].key} if kind.variants else {}
    form: Form = make(book, *arguments, **named)
    return form


def export_form(book: Book, asked: Asked, folder: Path) -> Path:
    """Write one form into a folder, whole or not at all; returns where it is.

    Raises UserMistake where the folder cannot be written or the file is open in WPS or Excel.
    """
    form = form_of(book, asked)
    with keys_first():
        from partyday_tui.excel.finish import (
            finish,
        )  # openpyxl costs half the start of the app: not before the first sheet
        from partyday_tui.excel.page import print_form

        return finish(print_form(form), folder, file_name(book, asked))


@contextmanager
def keys_first() -> Iterator[None]:
    """Let the screen take its keys while a workbook is written in the book's thread."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _SWITCH_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def file_name(book: Book, asked: Asked) -> str:
    """The name of the file without its ending: branch, period, form, variant; `excel.finish` cleans it for Windows."""
    branch = branch_of(book).name[:_BRANCH_IN_NAME]
    variant = next((it.word for it in asked.kind.variants if it.key == asked.variant and it.is_named), "")
    title = f"{asked.kind.title}（{variant}）" if variant else asked.kind.title
    return " ".join(filter(None, [branch, when_words(asked.when, book.clock.today), title]))


def when_words(when: When, today: date) -> str:
    """A period in words: 2026年, 2026年11月, 2026-11-06 主题; the day of today where the form takes none."""
    if isinstance(when, Event):
        return " ".join(filter(None, [str(when.on_date or when.month), when.title[:_THEME_IN_NAME]]))
    if isinstance(when, Month):
        return f"{when.year}年{when.month}月"
    return today.isoformat() if when is None else f"{when}年"


def write_layout_sample(book: Book) -> Path:
    """Write the file in which the branch changes titles and columns, if there is none; returns where it is.

    It names the columns that the forms have now; a form that needs an event is described by the newest one.
    """
    from partyday_tui.services.form_layouts import write_sample
    from partyday_tui.services.roll import event_to_call

    event = event_to_call(book)
    heads: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for kind in FORMS:
        whens: dict[str, When] = {"year": book.clock.today.year, "month": Month.of(book.clock.today), "event": event}
        when = whens[kind.periods[0]] if kind.periods else None
        try:
            form = _made(book, Asked(kind, when, kind.variants[-1].key if kind.variants else ""))
        except UserMistake:
            heads[kind.title] = []
            continue
        heads[kind.title] = [column.title for column in form.tables[0].columns] if form.tables else []
        titles[kind.title] = form.title.replace(f"{book.clock.today.year}年", f"{YEAR}年")
    return write_sample(book, [(kind.title, titles.get(kind.title, kind.title), heads[kind.title]) for kind in FORMS])


def forms_of(room: str) -> list[FormKind]:
    """The forms that print what a screen shows."""
    return [kind for kind in FORMS if room in kind.rooms]


def _first_day(book: Book, when: When) -> date:
    """The first day of a period, or the day of an event; today where a form takes none."""
    if isinstance(when, Event):
        return when.on_date or Month.parse(when.month).first_day
    if isinstance(when, Month):
        return when.first_day
    return book.clock.today if when is None else date(when, 1, 1)


def _span(when: When) -> Period:
    if isinstance(when, Month):
        return Period(PeriodKind.MONTH, str(when), when.first_day, when.last_day)
    assert isinstance(when, int)
    return Period(PeriodKind.YEAR, str(when), date(when, 1, 1), date(when, 12, 31))


def _variant(kind: FormKind, variant: str) -> str:
    known = {it.key: it for it in kind.variants}
    if variant and variant not in known:
        raise UserMistake(f"{kind.title}没有「{variant}」这一种，可用的有：{'、'.join(known) or '（只有一种）'}。")
    if not variant and kind.variant_is_asked:
        raise UserMistake(f"{kind.title}要说明用哪一种，请加上 --variant {' 或 --variant '.join(known)}。")
    return variant


def _when(book: Book, kind: FormKind, text: str) -> When:
    if not kind.periods:
        if text:
            raise UserMistake(f"{kind.title}不分年月，请去掉「{text}」。")
        return None
    today = book.clock.today
    if kind.periods == ("event",):
        return _event(book, kind, text)
    if not text:
        return today.year if "year" in kind.periods else Month.of(today)
    if text.isascii() and text.isdigit() and len(text) == 4 and "year" in kind.periods:
        return check_year(int(text))
    if "month" in kind.periods:
        month = Month.parse(text)
        check_year(month.year)
        return month
    raise UserMistake(f"{kind.title}按年输出，请写成 {today.year} 这样，不是「{text}」。")


def _event(book: Book, kind: FormKind, text: str) -> Event:
    from partyday_tui.services.events import existing_event
    from partyday_tui.services.plan import event_or_ruled

    if text.isascii() and text.isdigit():
        return existing_event(book, int(text[:18]))
    try:
        return event_or_ruled(book, date.fromisoformat(text))
    except ValueError:
        said = f"，不是「{text}」" if text else ""
        raise UserMistake(f"{kind.title}按一次活动输出，请写活动的日期，如 2026-11-06{said}。") from None

"""The printed forms of the book: what there is, what each is asked for, and writing one (domain.md 2.c).

A package collects forms with `form_of` and lays them into one workbook with `excel.page.add_form`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.duty import Period, PeriodKind
from partyday_tui.rules.events import Event
from partyday_tui.rules.form_kinds import FORMS, FormKind, OfMember, form_named
from partyday_tui.rules.leave import Leave
from partyday_tui.rules.month import Month
from partyday_tui.rules.sheet import Form
from partyday_tui.rules.sheet_layout import YEAR
from partyday_tui.rules.typed_day import typed_day
from partyday_tui.services.books import branch_of
from partyday_tui.services.form_layouts import styled
from partyday_tui.services.holidays import check_year
from partyday_tui.store.book import Book

When = int | Month | Event | Leave | OfMember | None
"""A year, a month, an event, a slip, a member's year, or nothing, as the form's period says."""

_SWITCH_SECONDS = 0.0005  # how long the writing may hold the keys up (performance.md, Hiccups)
_NONE_YET = {
    "event": "还没有活动，请先在年历（F3）按 F5 排计划。",
    "leave": "还没有请假条，请先在缺席跟进（F9）按 ^R 登记。",
    "member": "名册里还没有党员，请先在名册（F6）导入或添加党员。",
}
_BRANCH_IN_NAME, _THEME_IN_NAME = 20, 8  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Asked:
    """One form as it is asked for: which, of when, and in which variant (a key of ``kind.variants``, '' for the first)."""

    kind: FormKind
    when: When = None
    variant: str = ""


def asked_for(book: Book, name: str, period: str = "", variant: str = "") -> Asked:
    """What a command asks for: a form by key or title, its period as text (2026, 2026-11, 2026-11-06 or the key of an event,
    the number of a slip, 「仇伟」 or 「仇伟 2026」 for a member's year).

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
    kind, when = asked.kind, asked.when
    if kind.periods and when is None:
        raise UserMistake(_NONE_YET[kind.periods[0]])
    if isinstance(when, Event) and not when.id and kind.wants_record:
        raise UserMistake("这一天的活动还没有排进计划，请先在年历（F3）按 F5 排计划。")
    module, _, function = kind.maker.partition(":")
    make = getattr(import_module(f"partyday_tui.services.sheets.{module}"), function)
    arguments: list[object] = [*kind.arguments]
    if kind.periods:
        arguments.append(_span(when) if kind.takes_span else when)
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
    """A period in words: 2026年, 2026年11月, 2026-11-06 主题, 2026年 仇伟; the day of today where the form takes none."""
    if isinstance(when, Event):
        return " ".join(filter(None, [str(when.on_date or when.month), when.title[:_THEME_IN_NAME]]))
    if isinstance(when, Month):
        return f"{when.year}年{when.month}月"
    if isinstance(when, Leave):
        return f"{when.applied_on} {when.name} {when.id}号"
    if isinstance(when, OfMember):
        return f"{when.year}年 {when.name}"
    return today.isoformat() if when is None else f"{when}年"


def write_layout_sample(book: Book) -> Path:
    """Write the file in which the branch changes titles and columns, if there is none; returns where it is.

    It names the columns that the forms have now; a form that needs an event, a slip or a member is described by the newest one.
    """
    from partyday_tui.services.form_layouts import write_sample

    whens = _newest(book)
    heads: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for kind in FORMS:
        when = whens[kind.periods[0]] if kind.periods else None
        try:
            form = _made(book, Asked(kind, when, kind.variants[-1].key if kind.variants else ""))
        except UserMistake:
            heads[kind.title] = []
            continue
        heads[kind.title] = [column.title for column in form.tables[0].columns] if form.tables else []
        titles[kind.title] = form.title.replace(f"{book.clock.today.year}年", f"{YEAR}年")
    return write_sample(book, [(kind.title, titles.get(kind.title, kind.title), heads[kind.title]) for kind in FORMS])


def _newest(book: Book) -> dict[str, When]:
    """The newest of each kind of period; None where the book has none yet."""
    from partyday_tui.services.leave import slips_of_year
    from partyday_tui.services.member_year import of_member
    from partyday_tui.services.roll import event_to_call
    from partyday_tui.store.members import members

    year = book.clock.today.year
    slip, member = next(iter(slips_of_year(book, year)), None), next(iter(members(book)), None)
    return {
        "year": year,
        "month": Month.of(book.clock.today),
        "event": event_to_call(book),
        "leave": slip,
        "member": of_member(book, member.id, year) if member else None,
    }


def forms_of(room: str) -> list[FormKind]:
    """The forms that print what a screen shows."""
    return [kind for kind in FORMS if room in kind.rooms]


def _first_day(book: Book, when: When) -> date:
    """The first day of a period, or the day of an event; today where a form takes none."""
    if isinstance(when, Event):
        return when.on_date or Month.parse(when.month).first_day
    if isinstance(when, Month):
        return when.first_day
    if isinstance(when, Leave):
        return when.begins or when.applied_on
    year = when.year if isinstance(when, OfMember) else when
    return book.clock.today if year is None else date(year, 1, 1)


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
    if kind.periods[0] in _READERS:
        return _READERS[kind.periods[0]](book, kind, text)
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
        return event_or_ruled(book, typed_day(text))
    except ValueError:
        said = f"，不是「{text}」" if text else ""
        raise UserMistake(f"{kind.title}按一次活动输出，请写活动的日期，如 2026-11-06{said}。") from None


def _slip(book: Book, kind: FormKind, text: str) -> Leave:
    from partyday_tui.services.leave import slip_of

    if not (text.isascii() and text.isdigit()):
        raise UserMistake(f"{kind.title}一张一张输出，请写请假条的编号，编号见 partyday leave。")
    return slip_of(book, int(text[:18]))


def _member(book: Book, kind: FormKind, text: str) -> OfMember:
    from partyday_tui.services.member_year import of_member
    from partyday_tui.services.registers import members_named

    name, _, last = text.rpartition(" ")
    name, year = (name, last) if name and len(last) == 4 and last.isascii() and last.isdigit() else (text, "")
    if not name:
        raise UserMistake(f"{kind.title}一人一张，请写党员姓名，要往年的再写年份，如「仇伟 2025」。")
    key = members_named(book, [name.strip()])[0]
    return of_member(book, key, check_year(int(year)) if year else book.clock.today.year)


_READERS: dict[str, Callable[[Book, FormKind, str], When]] = {"event": _event, "leave": _slip, "member": _member}

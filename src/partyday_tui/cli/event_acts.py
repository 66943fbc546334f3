"""The entries that ``partyday event DATE`` writes into the record of an event, each a verb of its own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.facts import OATH
from partyday_tui.rules.event_fields import FIELD_WORDS as PLAN_WORDS
from partyday_tui.rules.event_record import FIELD_WORDS, Comment, Lecture

if TYPE_CHECKING:
    from partyday_tui.store.book import Book

_COMMENT_WORDS = {"优点": "strengths", "不足": "weaknesses", "努力方向": "direction"}


def _set(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import write_fields
    from partyday_tui.services.events import edit_event, existing_event

    keys = {word: name for name, word in (*PLAN_WORDS.items(), *FIELD_WORDS.items())}
    known = {*keys.values()}
    values = {}
    for text in options.words:
        name, equals, value = text.partition("=")
        name = keys.get(name, name)
        if not equals or name not in known:
            raise UserMistake(f"「{text}」没有看懂，要写成 项目=内容；可用的项目：{'、'.join(keys)}。")
        values[name] = value
    planned = {name: value for name, value in values.items() if name in PLAN_WORDS}
    if planned:
        edit_event(book, event_id, existing_event(book, event_id).kinds, planned)
    if written := {name: value for name, value in values.items() if name not in PLAN_WORDS}:
        write_fields(book, event_id, written)
    return "、".join(word for word, name in keys.items() if name in values)


def _step(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_page import read_page
    from partyday_tui.services.event_record import write_step

    name = " ".join(options.words)
    if name.isdecimal():
        steps = read_page(book, event_id).steps
        if not 1 <= int(name) <= len(steps):
            known = "、".join(f"{number}{step}" for number, step in enumerate(steps, 1))
            raise UserMistake(
                f"没有第 {name} 步；{f'可用的步骤：{known}' if known else '支部的规则没有列步骤，请直接写步骤的名称'}。"
            )
        name = steps[int(name) - 1]
    write_step(book, event_id, name, options.on or book.clock.today, options.person, options.note)
    return name


def _tick(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import read_record, write_ticks

    had = {tick.word: tick.detail for tick in read_record(book, event_id).ticks}
    for text in options.words:
        word, _, detail = text.partition("=")
        had[word] = detail
    write_ticks(book, event_id, had)
    return "、".join(options.words)


def _run_up(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import add_run_up

    add_run_up(book, event_id, options.on or book.clock.today, " ".join(options.words))
    return "会前支委会"


def _agenda(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import write_agenda

    write_agenda(book, event_id, "\n".join(options.words))
    return "议程"


def _lecture(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import write_lecture

    write_lecture(book, event_id, Lecture(0, options.person, options.role, " ".join(options.words)))
    return f"{options.person}讲党课"


def _comment(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import write_comment

    said = {}
    for text in options.words:
        name, equals, value = text.partition("=")
        if not equals or name not in _COMMENT_WORDS:
            raise UserMistake(f"「{text}」没有看懂，要写成 优点=…、不足=… 或 努力方向=…。")
        said[_COMMENT_WORDS[name]] = value
    write_comment(book, event_id, Comment(0, options.person, options.role, **said))
    return "点评"


def _oath(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import read_record, write_member_ticks
    from partyday_tui.services.registers import members_named

    had = {tick.member_id for tick in read_record(book, event_id).member_ticks if tick.word == OATH}
    write_member_ticks(book, event_id, OATH, frozenset(had | set(members_named(book, options.words))))
    return f"{'、'.join(options.words)}重温入党誓词"


def _read(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.events import existing_event
    from partyday_tui.services.yearly_plans import read_at_event, seed_segments, segments_at

    if not segments_at(book, event_id)[0]:
        seed_segments(book, int(existing_event(book, event_id).month[:4]))
    segments, read = segments_at(book, event_id)
    found = set(read)
    for word in options.words:
        fits = [it.id for it in segments if word in it.title]
        if len(fits) != 1:
            raise UserMistake(f"「{word}」对不上诵读计划里的一段；计划里有：{'、'.join(it.title for it in segments)}。")
        found |= set(fits)
    read_at_event(book, event_id, frozenset(found))
    return f"诵读{'、'.join(options.words)}"


def _picture(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.events import existing_event
    from partyday_tui.services.pictures import add_picture, off_day_words

    held_on = existing_event(book, event_id).on_date
    added = [add_picture(book, event_id, Path(word)) for word in options.words]
    return "；".join(off_day_words(it, held_on) or it.file_name for it in added)


def _group(options: Namespace, book: Book, event_id: int) -> str:
    from partyday_tui.services.event_record import write_group

    write_group(book, event_id, " ".join(options.words))
    return "党小组"


ACTS: dict[str, tuple[str, Callable[[Namespace, Book, int], str]]] = {
    "set": ("项目=内容 …", _set),
    "step": ("步骤或它的序号", _step),
    "tick": ("规定内容[=具体内容] …", _tick),
    "runup": ("会前支委会研究了什么", _run_up),
    "agenda": ("19:30 事项（负责人） …", _agenda),
    "lecture": ("题目 --person 讲课人", _lecture),
    "comment": ("优点=… 不足=… 努力方向=… --person 点评人", _comment),
    "oath": ("重温入党誓词的党员 …", _oath),
    "read": ("诵读的章 …", _read),
    "picture": ("照片文件 …", _picture),
    "group": ("哪个党小组的会", _group),
}
"""What can be written, as {verb: (what follows it, how it is written)}; each returns the words of what was written."""

"""The notice of an event, to be printed, read out or copied into a group (CAL-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partyday_tui.errors import UserMistake, cause_of
from partyday_tui.paths import short
from partyday_tui.rules.sheet import day_words
from partyday_tui.services.books import branch_of
from partyday_tui.services.event_record import read_record
from partyday_tui.services.events import existing_event
from partyday_tui.store.book import Book

_WEEKDAYS = "一二三四五六日"


def write_notice(book: Book, event_id: int, folder: Path) -> Path:
    """Write the notice as a text file into a folder, for printing; returns where it is. Raises UserMistake."""
    event = existing_event(book, event_id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"活动通知 {event.on_date or event.month}.txt"
        path.write_text(notice_text(book, event_id), "utf-8-sig")  # 记事本 tells UTF-8 by its mark
    except OSError as error:
        raise UserMistake(f"通知不能写到 {short(folder)}（{cause_of(error)}），请换一个文件夹。") from error
    return path


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice as it is read out and printed: ``lines`` are 「时间：…」 and the like, ``agenda`` numbered items."""

    title: str
    addressed: str
    lines: tuple[str, ...]
    agenda: tuple[str, ...]
    closing: str
    signed: str
    issued: date


def read_notice(book: Book, event_id: int) -> Notice:
    """When, where, what, the agenda, what to bring; what is not settled is left out."""
    event, record = existing_event(book, event_id), read_record(book, event_id)
    branch = branch_of(book)
    day = event.on_date
    when = f"{day_words(day)}（星期{_WEEKDAYS[day.weekday()]}）" if day else f"{event.month}月内"
    clock = "至".join(filter(None, [event.starts_at, event.ends_at]))
    theme = "、".join(dict.fromkeys(filter(None, [event.theme, record.required_theme, record.chosen_theme])))
    heads = (
        ("时间", f"{when}{clock}"),
        ("地点", event.place),
        ("主题", theme),
        ("内容", event.content),
        ("主持", record.host),
        ("请携带", record.notice_bring),
    )
    agenda = (
        f"{number}. {item.starts_at} {item.what}{f'（{item.who}）' if item.who else ''}".replace(".  ", ". ")
        for number, item in enumerate(record.agenda, 1)
    )
    return Notice(
        f"{branch.name}关于开展{event.kind_words or '活动'}的通知",
        "全体党员：",
        tuple(f"{word}：{text}" for word, text in heads if text),
        tuple(agenda),
        "因事不能参加的，请提前向党支部书面请假。",
        branch.name,
        record.notice_on or book.clock.today,
    )


def notice_text(book: Book, event_id: int) -> str:
    """The notice in full, as text."""
    notice = read_notice(book, event_id)
    lines = [notice.title, "", notice.addressed, *(f"    {line}" for line in notice.lines)]
    if notice.agenda:
        lines += ["    议程：", *(f"      {line}" for line in notice.agenda)]
    return "\n".join([*lines, f"    {notice.closing}", "", notice.signed, day_words(notice.issued)])

"""The agenda of an event as people write it: a line an item, 「19:30 学习讲话精神（罗有秀）」, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_fields import read_clock
from partyday_tui.rules.text import clean_line

_LONGEST, _LONGEST_NAME, _MOST = 200, 40, 60
_CLOCK = re.compile(r"([0-9０-９]{1,2}\s*[:：点时]\s*(?:[0-9０-９]{1,2}分?|半)?)(.*)", re.DOTALL)
_WHO = re.compile(r"(.*\S)\s*[（(]([^（）()]*)[）)]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item: a time as HH:MM or '', what is done, and who does it or ''."""

    starts_at: str
    what: str
    who: str = ""


def read_agenda(text: str) -> tuple[AgendaItem, ...]:
    """The items of a text, a line each; blank lines are passed over. Raises UserMistake that names the faulty line."""
    items = tuple(
        _item(line, number) for number, raw in enumerate(text.splitlines(), 1) if (line := clean_line(raw).text)
    )
    if len(items) > _MOST:
        raise UserMistake(f"议程有{len(items)}项，最多记{_MOST}项，请合并一些。")
    return items


def agenda_text(items: tuple[AgendaItem, ...]) -> str:
    """The items as `read_agenda` reads them."""
    return "\n".join(
        " ".join(filter(None, [item.starts_at, item.what])) + (f"（{item.who}）" if item.who else "") for item in items
    )


def _item(line: str, number: int) -> AgendaItem:
    starts_at, rest = "", line
    if found := _CLOCK.match(line):
        try:
            starts_at, rest = read_clock(found[1]) or "", found[2].strip()
        except UserMistake:
            raise UserMistake(f"第{number}行的时间没有看懂，请写成「19:30 学习文件（负责人）」这样。") from None
    who = ""
    if named := _WHO.fullmatch(rest):
        rest, who = named[1], named[2].strip()
    if not rest:
        raise UserMistake(f"第{number}行只有时间，没有写做什么，请补上。")
    if len(rest) > _LONGEST or len(who) > _LONGEST_NAME:
        raise UserMistake(f"第{number}行太长，一项最多{_LONGEST}个字、负责人最多{_LONGEST_NAME}个字，请缩短。")
    return AgendaItem(starts_at, rest, who)

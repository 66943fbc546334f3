"""Books of a wanted size for the benches, made through the store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book

TODAY = date(2026, 11, 6)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_READINGS = [
    "wang",
    "li",
    "zhang",
    "liu",
    "chen",
    "yang",
    "huang",
    "zhao",
    "wu",
    "zhou",
    "xu",
    "sun",
    "ma",
    "zhu",
    "hu",
    "guo",
    "he",
    "gao",
    "lin",
    "luo",
]
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚"
_STATUSES = ("present", "present", "present", "present", "leave", "present", "late", "present", "absent", "other")


def book_with(path: Path, *, members: int, years: int) -> Path:
    """A book with so many members and a marked roll each month for so many years before today's unmarked event."""
    book = make_book(path, Clock(TODAY), name="柳湾村党支部", preset="rural_community", secretary="罗有秀")
    with book.act("造数") as transaction:
        run = transaction.connection.execute
        run("INSERT INTO party_group (name) VALUES ('第一党小组'), ('第二党小组'), ('第三党小组')")
        transaction.connection.executemany(
            "INSERT INTO member (name, reading, kind, group_id, joined_on) VALUES (?, ?, 'full', ?, '2001-06')",
            [(*_name(number), number % 3 + 1) for number in range(members)],
        )
        for back in range(12 * years, -1, -1):
            month = date(TODAY.year - (back + 12 - TODAY.month) // 12, (TODAY.month - back - 1) % 12 + 1, 6)
            event = run(
                "INSERT INTO event (month, on_date, theme) VALUES (?, ?, '党史专题学习')",
                (f"{month:%Y-%m}", month.isoformat()),
            ).lastrowid
            run("INSERT INTO event_kind VALUES (?, 'party_day')", (event,))
            if back:
                run(
                    "INSERT INTO roll_entry (event_id, member_id, name, kind, floating, infirm) "
                    "SELECT ?, id, name, kind, 0, 0 FROM member",
                    (event,),
                )
                transaction.connection.executemany(
                    "UPDATE roll_entry SET status = ?, marked_at = ? WHERE event_id = ? AND member_id % 10 = ?",
                    [(status, f"{month}T19:00:00+08:00", event, rest) for rest, status in enumerate(_STATUSES)],
                )
    book.close()
    return path


def _name(number: int) -> tuple[str, str]:
    surname, first, second = number % 20, number // 20 % 20, number // 400 % 20
    return _SURNAMES[surname] + _GIVEN[first] + _GIVEN[second], f"{_READINGS[surname]} a{first} b{second}"

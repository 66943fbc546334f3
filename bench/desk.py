"""The desk of a branch of 100 members: 20 years of history against one, and against the bare SQL that fetches the same facts.

`python -m bench.desk`: goals 20 years <= 1.5 x one year, and the desk <= 3 x its own SQL, both in CPU time of this process.
The branch keeps everything the rural guide asks for. A round reads the desk of both books and runs, on the bare
connection, the very statements that each desk has asked, so that a slow moment of the machine falls on all.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from bench.books import TODAY, book_with
from partyday_tui.clock import Clock
from partyday_tui.rules.duties.facts import OATH, SPEECHES
from partyday_tui.services.books import open_existing
from partyday_tui.services.desk import read_desk
from partyday_tui.services.yearly_plans import seed_segments
from partyday_tui.store.book import Book

_ROUNDS = 60
_TICKS = ("上级党组织安排部署", "党支部重点工作进展", "党费收缴", "村（居）务", "财务", "重要事务", SPEECHES)
_STEPS = ("召集会议", "党员签到", "通报到会情况和活动内容", "组织开展活动", "总结提升")

# What a secretary writes down of every held event, and in the registers, in the course of a year.
_LIVED = (
    "UPDATE branch SET made_on = :first",
    "UPDATE preset_choice SET valid_from = :first",
    "UPDATE member SET floating = id % 12 = 0, infirm = id % 9 = 0, hardship = id % 20 = 0, "
    "post = CASE id WHEN 1 THEN '书记' WHEN 2 THEN '组织委员' WHEN 3 THEN '宣传委员' ELSE '' END, "
    "joined_on = printf('%d-%02d-10', 1965 + id % 50, 1 + id % 12)",
    "CREATE TEMP TABLE held AS SELECT id, month, on_date AS day FROM event WHERE on_date < :today",
    "INSERT INTO event (month, on_date, theme) SELECT month, date(day, '-3 days'), '研究本月主题' FROM held",
    "INSERT INTO event_kind SELECT id, 'committee' FROM event WHERE theme = '研究本月主题'",
    "INSERT INTO event_record (event_id, minutes) SELECT id, '研究本月主题党日' FROM event WHERE theme = '研究本月主题'",
    "INSERT INTO event_run_up SELECT h.id, c.id FROM held h JOIN event c ON c.month = h.month AND c.theme = '研究本月主题'",
    "INSERT INTO event_record (event_id, host, host_post, recorder, opinions_on, notice_on, minutes, discussion, consensus, "
    "workbook_on) SELECT id, '王伟伟', '书记', '李芳芳', date(day, '-5 days'), date(day, '-5 days'), '会议记录', '讨论', '共识', "
    "date(day, '+2 days') FROM held",
    *(f"INSERT INTO event_tick (event_id, word) SELECT id, '{word}' FROM held" for word in _TICKS),
    *(f"INSERT INTO event_step (event_id, name, on_date) SELECT id, '{name}', day FROM held" for name in _STEPS),
    *(f"INSERT INTO event_agenda (event_id, place, what) SELECT id, {n}, '议程' FROM held" for n in range(1, 6)),
    "INSERT INTO event_comment (event_id, who, role) SELECT id, '王伟伟', '书记' FROM held",
    "INSERT INTO event_picture (event_id, kind, file_name, sha256, size) SELECT id, 'photo', id || '.jpg', "
    "printf('%064x', id), 1000 FROM held",
    "INSERT INTO event_lecture (event_id, lecturer, role) SELECT id, '王伟伟', '书记' FROM held WHERE month LIKE '%-03'",
    "INSERT INTO event_decision (event_id, matter, kind, full_members, present, votes_for, votes_against, votes_abstain) "
    "SELECT id, '评优', 'ordinary', 100, 80, 70, 5, 5 FROM held WHERE month LIKE '%-06'",
    f"INSERT INTO event_member_tick (event_id, member_id, word, on_date) SELECT h.id, m.id, '{OATH}', h.day FROM held h "
    "JOIN member m ON substr(m.joined_on, 6, 2) = substr(h.month, 6)",
    "INSERT INTO outreach (on_date, member_id, way) SELECT h.day, m.id, '通报情况' FROM held h JOIN member m ON m.floating",
    "INSERT INTO visit (on_date, member_id, occasion, reported_on) SELECT h.day, m.id, '春节', h.day FROM held h "
    "JOIN member m ON m.hardship OR m.joined_on < '1973' WHERE h.month LIKE '%-02' OR h.month LIKE '%-07'",
    "INSERT INTO talk (on_date, topic) SELECT h.day, '谈心' FROM held h JOIN member m ON m.id <= 8",
    "INSERT INTO talk_member SELECT id, 1 + id % 3 FROM talk UNION ALL SELECT id, 4 + id % :people FROM talk",
    "INSERT INTO talk_trigger (on_date, member_id, what) SELECT day, 4 + id % :people, '遇到困难或挫折' FROM held WHERE month LIKE '%-05'",
    "INSERT INTO hardship (on_date, member_id, trouble, ended_on) SELECT h.day, m.id, '疾病', date(h.day, '+1 year') FROM held h "
    "JOIN member m ON m.hardship WHERE h.month LIKE '%-01'",
    "INSERT INTO problem (on_date, title, settled_on, reported_on) SELECT day, '路灯不亮', day, day FROM held WHERE id % 3 = 0",
    "INSERT INTO inspection (on_date, by_whom, findings, mend_by, mended_on) SELECT day, '镇党委', '记录不全', "
    "date(day, '+20 days'), date(day, '+9 days') FROM held WHERE month LIKE '%-04'",
    "INSERT INTO candidate (name) SELECT month FROM held WHERE month LIKE '%-03' ORDER BY id DESC LIMIT 3",
    "INSERT INTO candidate_step (candidate_id, step, on_date) SELECT c.id, s.id, date(c.name || '-01', '+' || s.id || ' months') "
    "FROM candidate c JOIN member s ON s.id <= 9",
    *(
        f"INSERT INTO holiday (day, is_off, name, source) SELECT date(day, '+{n} days'), 1, '假日', 'notice' FROM held"
        for n in (8, 9, 10)
    ),
    "INSERT INTO constitution_reading (segment_id, on_date) SELECT id, year || '-05-06' FROM constitution_segment",
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        books = {years: lived_book(Path(folder) / f"{years}.db", years) for years in (1, 20)}
        asked = {years: _asked(book) for years, book in books.items()}
        gc.collect()
        gc.freeze()  # as the app does when it has started
        rounds = [{years: _round(book, asked[years]) for years, book in books.items()} for _ in range(_ROUNDS)]
        print(f"{'':24}{'desk ms':>10}{'SQL ms':>8}{'x SQL':>7}{'lines':>7}")
        for years, book in books.items():
            desk, bare = (median(each[years][place] for each in rounds) for place in (0, 1))
            times = median(each[years][0] / each[years][1] for each in rounds)
            lines = len(read_desk(book).lines)
            print(f"{f'{years} years':24}{desk * 1000:10.2f}{bare * 1000:8.2f}{times:7.2f}{lines:7}")
            book.close()
    print(f"20 years / 1 year: {median(each[20][0] / each[1][0] for each in rounds):.2f}")


def lived_book(path: Path, years: int, members: int = 100) -> Book:
    """The book of a rural branch of so many members that has written down everything for so many years, opened today."""
    book = open_existing(book_with(path, members=members, years=years), Clock(TODAY))
    first = date(TODAY.year - years, 1, 1)
    for year in range(first.year, TODAY.year + 1):
        seed_segments(book, year)
    given = {"first": first.isoformat(), "today": TODAY.isoformat(), "people": members - 10}
    with book.act("造数") as act:
        for sql in _LIVED:
            act.connection.execute(sql, given if ":" in sql else {})
    return book


def _asked(book: Book) -> list[tuple[str, Any]]:
    """The statements that the desk asks, with their parameters."""
    asked: list[tuple[str, Any]] = []
    rows = book.rows

    def remember(sql: str, parameters: Any = ()) -> Any:
        asked.append((sql, parameters))
        return rows(sql, parameters)

    book.rows = remember  # type: ignore[method-assign]
    read_desk(book)
    book.rows = rows  # type: ignore[method-assign]
    return asked


def _round(book: Book, asked: list[tuple[str, Any]]) -> tuple[float, float]:
    """CPU seconds of the desk, and of its statements on the bare connection."""
    connection: sqlite3.Connection = book._connection
    return _time(lambda: read_desk(book)), _time(lambda: [connection.execute(*each).fetchall() for each in asked])


def _time(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


if __name__ == "__main__":
    main()

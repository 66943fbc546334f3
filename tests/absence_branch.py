"""The branch of the tests of leave and absence: twelve members, party days by date, marks by name."""

from datetime import date

from partyday_tui.clock import Clock
from partyday_tui.rules.roll import Status
from partyday_tui.services.cases import cases_of
from partyday_tui.services.readings import reading_of
from partyday_tui.services.roll import Mark, event_with_key, write_marks
from partyday_tui.services.roll_close import close_roll

NAMES = (
    "罗有秀",
    "黄秀杰",
    "金新霞",
    "石娜才",
    "张刚军",
    "王建国",
    "冯磊发",
    "仇伟",
    "邓金强",
    "范德",
    "江良明",
    "万民丽",
)
KEYS = {name: number for number, name in enumerate(NAMES, 1)}
DAY = date(2026, 11, 6)


def fill(book, names=NAMES):
    """Members with the keys of `KEYS`; the first is the secretary, the last two are infirm and floating."""
    with book.act("造数") as act:
        run = act.connection.execute
        run("INSERT INTO party_group (name) VALUES ('第一党小组'), ('第二党小组')")
        for number, name in enumerate(names):
            run(
                "INSERT INTO member (name, reading, kind, group_id, infirm, floating, post) VALUES (?, ?, 'full', ?, ?, ?, ?)",
                (
                    name,
                    reading_of(name),
                    number % 2 + 1,
                    int(name == "江良明"),
                    int(name == "万民丽"),
                    "书记" if number == 0 else "",
                ),
            )


def hold(book, day=DAY, marks=None, *, rest=Status.PRESENT, close=True, kind="party_day"):
    """An event on a day with marks by name, the rest as `rest` (None: unmarked), closed or not; returns the event."""
    with book.act("造数") as act:
        run = act.connection.execute
        key = run(
            "INSERT INTO event (month, on_date, theme) VALUES (?, ?, ?)",
            (f"{day:%Y-%m}", day.isoformat(), f"{day.month}月主题"),
        ).lastrowid
        run("INSERT INTO event_kind VALUES (?, ?)", (key, kind))
    event = event_with_key(book, key)
    marked = dict.fromkeys(NAMES, rest) | (marks or {})
    batch = [Mark(KEYS[name], status) for name, status in marked.items() if status is not None]
    write_marks(book, event, [batch])
    if close:
        close_roll(book, event)
    return event


def mark(book, event, name, status, reason=""):
    """One mark, or a corrected one."""
    write_marks(book, event, [[Mark(KEYS[name], status, reason)]])


def case(book, event, name):
    """What stands of one member at one event."""
    return cases_of(book, [(event.id, KEYS[name])])[0]


def on(book, day):
    """Let it be another day."""
    book.clock = Clock(day)

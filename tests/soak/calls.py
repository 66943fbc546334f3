"""The service calls that write, each with the book it begins with; every fault is tried on every one of them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from partyday_tui.paths import data_folder
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import Status
from partyday_tui.safekeeping import place
from partyday_tui.services import backup, books, plan, restore, roll, roster_import
from partyday_tui.services.copy_in import copy_in
from partyday_tui.services.dues_collect import record_from_many, record_payment
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_months import close_month
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.leave import enter_slip
from partyday_tui.services.roll import Mark
from partyday_tui.services.roll_close import close_roll
from partyday_tui.store import schema
from tests.dues_branch import dues_branch
from tests.soak.world import CLOCK, DAY, World

ROSTER = Path(__file__).resolve().parents[1] / "samples" / "党员花名册-柳湾村.xlsx"
PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"
SLIP = {"reason_class": "外出务工", "first_day": "2026-11-01", "last_day": "2026-11-30", "applied_on": "2026-11-01"}
OCTOBER = Month(2026, 10)


@dataclass(frozen=True)
class Call:
    """``prepare`` fills a folder; ``ready`` is done once, without faults, and its value handed to ``act`` each time.

    ``parts``: the call is several acts by design (a backup is begun and then written down), so that states in between are right too.
    ``is_broken``: the book it begins with does not open. ``check`` says what is wrong with the folder beyond the book, given whether the call was acknowledged.
    """

    name: str
    prepare: Callable[[World], None]
    act: Callable[[World, object], object]
    ready: Callable[[World], object] = lambda _: None
    check: Callable[[World, bool], list[str]] = lambda *_: []
    parts: bool = False
    is_broken: bool = False


def branch(world):
    """Five members, assessed dues, one payment, an event today."""
    book = dues_branch(world.path)
    book.clock = CLOCK
    record_payment(book, 1, request_key="first")
    plan.ensure_event(book, DAY)
    book.close()


def _marked(world):
    branch(world)
    with closing(world.opened()) as book:
        _mark(book, None)


def _stick(world):
    """Two generations on the stick, and a book that has gone on since."""
    branch(world)
    with closing(world.opened()) as book:
        backup.back_up(book, world.stick)
        record_payment(book, 2, request_key="second")
        backup.back_up(book, world.stick)
        record_payment(book, 3, request_key="third")


def _damaged(world):
    _stick(world)
    with open(world.path, "r+b") as file:
        file.seek(100)
        file.write(bytes(2000))


def _gone(world):
    _stick(world)
    world.path.unlink()


def _old(world):
    """A book as the first release made it."""
    with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
        schema._run(connection, [step for step in schema.migrations() if step[0] <= 2])
        connection.execute(
            "INSERT INTO act (at, day, actor, what, source) VALUES ('2026-01-05T09:00:00+08:00', '2026-01-05', '', '新建账本', '')"
        )
        connection.execute(
            "INSERT INTO branch (id, book_key, name, superior, secretary, made_on) VALUES (1, ?, '柳湾村党支部', '', '罗有秀', '2026-01-05')",
            ("ab" * 16,),
        )
        connection.execute(
            "INSERT INTO preset_choice (preset, valid_from, reason) VALUES ('rural_community', '0001-01-01', '')"
        )
        connection.executemany(
            "INSERT INTO member (name, kind) VALUES (?, 'full')", [(f"{n}成员",) for n in "甲乙丙丁戊己庚辛"]
        )


def _away(world):
    """A book on its way in from elsewhere, with the folder of this computer's own books beside it."""
    branch(world)


def _mark(book, _):
    event = roll.event_to_call(book)
    statuses = (Status.PRESENT, Status.LATE, Status.LEAVE, Status.ABSENT)
    roll.write_marks(book, event, [[Mark(key, status)] for key, status in enumerate(statuses, 1)])


def _with_book(act):
    def with_book(world, ready):
        with closing(world.opened()) as book:
            return act(book, ready)

    return with_book


def _preview(world):
    with closing(world.opened()) as book:
        return roster_import.preview(book, ROSTER)


def _new(world, _):
    books.make_book(world.path, CLOCK, name="新村党支部", preset="rural_community", secretary="甲").close()


def _restore(world, _, book=None):
    opened = restore.open_backup(place.listed(world.stick)[-1].path, CLOCK)
    try:
        restore.restore(world.path, CLOCK, opened, book).book.close()
    finally:
        opened.copy.close()


def _restore_open(world, ready):
    book = world.opened()
    try:
        _restore(world, ready, book)
    finally:
        book.close()


def _back_up(passphrase):
    return lambda world, _: _with_book(lambda book, _: backup.back_up(book, world.stick, passphrase))(world, None)


def sticks(world, is_done):
    """Every file under a final name is a whole backup; none of the old ones is gone."""
    found, wrong = set(), []
    for folder in (world.stick, backup.local_folder()):
        for it in place.listed(folder):
            try:
                header = place.read_file(it.path).header
                if folder == world.stick:
                    found.add(header.generation)
            except Exception as error:
                wrong.append(f"{it.path.name}: {error}")
    if not found >= ({1, 2, 3} if is_done else {1, 2}):
        wrong.append(f"on the stick there are only generations {sorted(found)}")
    return wrong


def _sticks_at_restore(world, is_done):
    wrong = sticks(world, False)
    if is_done and len(place.listed(backup.local_folder())) < 3:
        wrong.append("no copy of the book of before was kept")
    return wrong


def _kept_aside(world, is_done):
    wrong = sticks(world, False)
    if is_done and not list(world.folder.glob("book.db.damaged-*")):
        wrong.append("the damaged book was not kept")
    held = [path.read_bytes()[100:2100] for path in world.folder.glob("book.db*") if path.suffix != ".lock"]
    if bytes(2000) not in held:
        wrong.append("the damaged book is gone")
    return wrong


def _copied_in(world, is_done):
    target = data_folder() / "book.db"
    if (is_done or target.exists()) and target.read_bytes() != world.path.read_bytes():
        return ["the copy is not the book"]
    return []


CALLS = (
    Call("new book", lambda world: None, _new),
    Call("roll call", branch, _with_book(_mark)),
    Call("end of the roll", _marked, _with_book(lambda book, _: close_roll(book, roll.event_to_call(book)))),
    Call("payment", branch, _with_book(lambda book, _: record_payment(book, 4, request_key="one"))),
    Call("payments together", branch, _with_book(lambda book, _: record_from_many(book, [2, 3, 5], request_key="two"))),
    Call("reversal", branch, _with_book(lambda book, _: reverse(book, [1], "记错了", request_key="three"))),
    Call("hand-over", branch, _with_book(lambda book, _: remit(book, 10, request_key="four"))),
    Call("month close", branch, _with_book(lambda book, _: close_month(book, OCTOBER, {}, rest_unpaid=True))),
    Call("roster import", branch, _with_book(roster_import.commit), ready=_preview),
    Call("year plan", branch, _with_book(lambda book, _: plan.make_plan(book, 2027))),
    Call("leave slip", branch, _with_book(lambda book, _: enter_slip(book, 2, None, SLIP))),
    Call("backup", _stick, _back_up(""), check=sticks, parts=True),
    Call("encrypted backup", _stick, _back_up(PASSPHRASE), check=sticks, parts=True),
    Call("restore", _stick, _restore_open, check=_sticks_at_restore, parts=True),
    Call("restore over damage", _damaged, _restore, check=_kept_aside, is_broken=True),
    Call("restore without a book", _gone, _restore, check=lambda world, _: sticks(world, False)),
    Call("migration", _old, _with_book(lambda book, _: None)),
    Call("copying a book in", _away, lambda world, _: copy_in(world.path), check=_copied_in),
)

"""What the calls begin with: a branch, a stick, a damaged book, an old one, this computer's own settings."""

import sqlite3
from contextlib import closing
from pathlib import Path

from partyday_tui import config, pin
from partyday_tui.paths import data_folder
from partyday_tui.rules.delivery_place import Place
from partyday_tui.rules.roll import Status
from partyday_tui.safekeeping import remembered
from partyday_tui.services import backup, outbox, plan, roll, roster_import
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.roll import Mark
from partyday_tui.services.roll_close import close_roll
from partyday_tui.store import schema
from tests.dues_branch import dues_branch
from tests.soak.world import CLOCK, DAY

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ROSTER = SAMPLES / "党员花名册-柳湾村.xlsx"
PLAN = SAMPLES / "2026年度主题党日活动计划表.xlsx"
BASES = SAMPLES / "党费核定基础数据.xlsx"
OLD_PIN = "1357"


def branch(world):
    """Five members, assessed dues, one payment, an event today."""
    book = dues_branch(world.path)
    book.clock = CLOCK
    record_payment(book, 1, request_key="first")
    plan.ensure_event(book, DAY)
    book.close()


def mark(book):
    """Four marks of the event of today."""
    event = roll.event_to_call(book)
    statuses = (Status.PRESENT, Status.LATE, Status.LEAVE, Status.ABSENT)
    roll.write_marks(book, event, [[Mark(key, status)] for key, status in enumerate(statuses, 1)])


def marked(world):
    """The same with four marks."""
    branch(world)
    with closing(world.opened()) as book:
        mark(book)


def called(world):
    """The same, and the roll is ended: who was absent is to be followed up."""
    marked(world)
    with closing(world.opened()) as book:
        close_roll(book, roll.event_to_call(book))


def handed_over(world):
    """Money was handed over, and its receipt is yet to come."""
    branch(world)
    with closing(world.opened()) as book:
        remit(book, 10, request_key="handed over")


def stick(world):
    """Two generations on the stick, and a book that has gone on since."""
    branch(world)
    with closing(world.opened()) as book:
        backup.back_up(book, world.stick)
        record_payment(book, 2, request_key="second")
        backup.back_up(book, world.stick)
        record_payment(book, 3, request_key="third")


def damaged(world):
    """The same, and the book does not open any more."""
    stick(world)
    with open(world.path, "r+b") as file:
        file.seek(100)
        file.write(bytes(2000))


def gone(world):
    """The stick alone."""
    stick(world)
    world.path.unlink()


def old(world):
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


def away(world):
    """A book on its way in from elsewhere, with the folder of this computer's own books beside it."""
    branch(world)


def rostered(world):
    """The members of the sample roster, none of them assessed."""
    branch(world)
    with closing(world.opened()) as book:
        roster_import.commit(book, roster_import.preview(book, ROSTER))


def packaged(world):
    """A package waits in the outbox; packages go to the stick."""
    branch(world)
    world.stick.mkdir()
    paper = world.folder / "paper.xlsx"
    paper.write_bytes(bytes(range(256)) * 300)
    with closing(world.opened()) as book:
        outbox.put(book, paper, "month", "2026-10", "10月材料")
        outbox.choose_place(book, Place("folder", str(world.stick)))


def locked(world):
    """A screen lock is set on this computer."""
    branch(world)
    pin.choose_pin(OLD_PIN)
    pin.choose_minutes(5)


def settled(world):
    """A look and a book are chosen on this computer."""
    branch(world)
    config.choose_look("partyday-light")
    config.choose_book(world.path)
    remembered.remember_folder(data_folder(), world.stick)

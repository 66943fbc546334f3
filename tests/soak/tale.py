"""The tales that are recorded, operation by operation: a year of the real services, and calls that begin with something special."""

import functools
import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from partyday_tui.paths import data_folder
from partyday_tui.rules.delivery_place import Place
from partyday_tui.safekeeping import drives
from partyday_tui.services import backup, outbox, plan, roll
from partyday_tui.services.dues_assess import Decision, assess_members
from tests.dues_branch import APPROVED
from tests.soak.calls import CALLS
from tests.soak.disk import Step, read_log
from tests.soak.faults import in_child, library
from tests.soak.world import DAY, World

BEGINNING = (
    "new book", "roster import", "year plan", "assessment", "import of dues bases", "roll call", "end of the roll", "payment",
    "payments together", "reversal", "hand-over", "month close", "leave slip", "ballots of a review", "ballots of the appraisal",
    "entry of a register", "PIN of the screen lock", "settings of this computer", "package into the outbox", "place of delivery",
    "delivery to a folder", "backup", "generation of the day", "encrypted backup", "restore",
)  # fmt: skip


@dataclass(frozen=True)
class Tale:
    """What was recorded: the files that were there before, and every step after them. ``book``: where the tale's book lies in the end."""

    name: str
    world: World
    book: Path
    base: dict[str, bytes | None]
    steps: list[Step]


def recorded(name, folder):
    """A tale told once, in a child of this process, with every operation below its folder written down."""
    drives._mounts = functools.cache(drives._mounts)
    world, shim, log = World(folder / "world"), library(), folder / "log"
    shutil.rmtree(world.folder, ignore_errors=True)
    world.folder.mkdir(parents=True)
    if name != "a year":
        next(call for call in CALLS if call.name == name).prepare(world)
    base = {str(path): None if path.is_dir() else path.read_bytes() for path in world.folder.rglob("*")}
    shim.faultfs_watch(str(world.folder).encode())  # and the folder itself, which is synced too
    if (said := in_child(lambda: _logged(name, world, shim, log))) != "done":
        raise RuntimeError(f"the tale could not be told to its end: {said}")
    shim.faultfs_watch(b"")
    book = data_folder() / "book.db" if name == "copying a book in" else world.path
    return Tale(name, world, book, base, read_log(log))


def _logged(name, world, shim, log):
    handle = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    shim.faultfs_log(handle)
    try:
        _tell(name, world, shim)
    except Exception as error:
        return repr(error)
    shim.faultfs_log(-1)
    return "done"


def _tell(name, world, shim):
    """Do the calls of a tale; after each its word goes into the log: it is acknowledged."""
    called = {call.name: call for call in CALLS}
    if name != "a year":
        called[name].act(world, None)
        shim.faultfs_note(b"done")
        return
    own = {"assessment": _assess, "place of delivery": _choose_place}
    for each in BEGINNING:
        call = called.get(each)
        if call is None:
            own[each](world)
        else:
            call.act(world, call.ready(world))
        shim.faultfs_note(each.encode())
    with closing(world.opened()) as book:  # marks one at a time, each its own commit
        event = roll.event_to_call(book)
        for number, entry in enumerate(roll.read_roll(book, event).entries[:12]):
            mark = roll.Mark(entry.member_id, tuple(roll.Status)[number % 4])
            roll.write_marks(book, event, [[mark]])
            shim.faultfs_note(b"mark")
        backup.back_up(book, world.stick)
        shim.faultfs_note(b"backup")


def _assess(world):
    with closing(world.opened()) as book:
        plan.ensure_event(book, DAY)
        assess_members(book, 2026, [Decision(key, "farmer", None, **APPROVED) for key in range(1, 6)])


def _choose_place(world):
    world.stick.mkdir(exist_ok=True)
    with closing(world.opened()) as book:
        outbox.choose_place(book, Place("folder", str(world.stick)))

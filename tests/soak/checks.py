"""What must be right beside the book after a call, whatever became of it: sticks, copies, the outbox, this computer's settings.

Each takes the world and whether the call was acknowledged, and returns what is wrong, a sentence each.
"""

from contextlib import closing
from pathlib import Path

from partyday_tui import config, pin
from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder
from partyday_tui.rules.outbox import State
from partyday_tui.safekeeping import place, remembered
from partyday_tui.services import backup, outbox
from tests.soak.beginnings import OLD_PIN

NEW_PIN = "246810"


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


def sticks_at_restore(world, is_done):
    """The same, and the book of before was kept on this computer."""
    wrong = sticks(world, False)
    if is_done and len(place.listed(backup.local_folder())) < 3:
        wrong.append("no copy of the book of before was kept")
    return wrong


def kept_aside(world, is_done):
    """The damaged book lies under its own name or beside it."""
    wrong = sticks(world, False)
    if is_done and not list(world.folder.glob("book.db.damaged-*")):
        wrong.append("the damaged book was not kept")
    held = [path.read_bytes()[100:2100] for path in world.folder.glob("book.db*") if path.suffix != ".lock"]
    if bytes(2000) not in held:
        wrong.append("the damaged book is gone")
    return wrong


def copied_in(world, is_done):
    """What lies in this computer's folder is the book, byte for byte."""
    target = data_folder() / "book.db"
    if (is_done or target.exists()) and target.read_bytes() != world.path.read_bytes():
        return ["the copy is not the book"]
    return []


def local_generation(world, is_done):
    """Every generation on this computer is whole, the old ones are there, and the new one where it was told."""
    found, wrong = set(), []
    for it in place.listed(backup.local_folder()):
        try:
            found.add(place.read_file(it.path).header.generation)
        except PartydayError as error:
            wrong.append(f"{it.path.name}: {error.sentence}")
    if not found >= ({1, 2, 3} if is_done else {1, 2}):
        wrong.append(f"on this computer there are only generations {sorted(found)}")
    return wrong


def in_outbox(world, is_done):
    """A package that the book knows lies in the outbox with its very bytes."""
    wrong = []
    with closing(world.opened()) as book:
        known = outbox.items(book)
        if is_done and not known:
            wrong.append("the package is not in the book")
        for it in known:
            try:
                outbox.bytes_of(book, it)
            except PartydayError as error:
                wrong.append(f"the package is in the book: {error.sentence}")
    return wrong


def delivered(world, is_done):
    """Under the final name there is the package whole or nothing; what was told as delivered is there, and the book says so."""
    wrong = in_outbox(world, True)
    with closing(world.opened()) as book:
        it = outbox.items(book)[0]
        target = world.stick / it.file_name
        if target.exists() and target.read_bytes() != outbox.bytes_of(book, it):
            wrong.append("another file lies under the package's final name")
        if (is_done or it.state is State.SENT) and not target.exists():
            wrong.append(f"the package is not there, and the book says {it.state}")
        if is_done and it.state is not State.SENT:
            wrong.append(f"it was told as delivered, and the book says {it.state}")
    return wrong


def has_a_pin(world, is_done):
    """The lock is set, by the PIN of before or by the new one; by the new one where that was told."""
    kept = pin.screen_pin()
    if not kept.is_set or kept.minutes != 5:
        return ["the screen lock is gone"]
    return [] if pin.try_pin(NEW_PIN) or (not is_done and pin.try_pin(OLD_PIN)) else ["neither PIN is taken"]


def has_settings(world, is_done):
    """Each setting of this computer is the one of before or the new one; the new one where that was told."""
    other = world.folder / "other.db"
    before = ("partyday-light", world.path, world.stick)
    after = ("partyday-plain", other, world.folder)
    found = (config.look(), Path(config._kept("book.txt")), remembered.remembered(data_folder()).folder)
    allowed = [(new,) if is_done else (old, new) for old, new in zip(before, after, strict=True)]
    return [f"a setting is {it}" for it, fitting in zip(found, allowed, strict=True) if it not in fitting]

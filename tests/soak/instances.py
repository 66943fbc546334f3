"""Two programs and one book (T13): the second is refused while the first lives, however the first ended it then gets the book."""

import os
import random
import signal

from partyday_tui.errors import PartydayError
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.store.lock import InUse
from tests.soak.beginnings import branch
from tests.soak.outcome import Outcome
from tests.soak.world import World


def run(count, seed, folder):
    """So many pairs."""
    world, chance, outcome = World(folder / "two"), random.Random(seed), Outcome()
    world.folder.mkdir()
    branch(world)
    for number in range(count):
        outcome.tried += 1
        way = chance.choice(("killed idle", "killed in an act", "left"))
        for wrong in _pair(world, way):
            outcome.failures.append(f"pair {number} of seed {seed}, the first {way}: {wrong}")
    return outcome


def _pair(world, way):
    ready, told = os.pipe()
    go, going = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            _first(world, way, told, go)
        finally:
            os._exit(0)
    os.read(ready, 1)
    try:
        world.opened().close()
        yield "the second was let in"
    except InUse as error:
        if not error.sentence.endswith("。"):
            yield f"no sentence: {error.sentence}"
    except PartydayError as error:
        yield f"another refusal than that of the lock: {error.sentence}"
    if way == "left":
        os.write(going, b"!")
    else:
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    for pipe in (ready, told, go, going):
        os.close(pipe)
    book = world.opened()
    try:
        with book.act("再开") as act:
            act.connection.execute("SELECT 1")
    finally:
        book.close()


def _first(world, way, told, go):
    book = world.opened()
    if way == "killed in an act":
        with book.act("写到一半") as act:
            act.connection.execute("UPDATE member SET note = note || '半'")
            os.write(told, b"!")
            os.read(go, 1)
    else:
        record_payment(book, 1, amount_fen=50, surplus="voluntary")
        os.write(told, b"!")
        os.read(go, 1)
    book.close()

"""kill -9 at any moment: of the real app in a terminal while the roll is called (T1), and of every call that writes (T2)."""

import os
import random
import shutil
import signal
import time
from contextlib import closing

from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book
from tests.soak import operations
from tests.soak.calls import CALLS
from tests.soak.outcome import Outcome
from tests.soak.quiet import NoShim
from tests.soak.world import DAY, World, at_home

NAMES = [f"{letter}成员" for letter in "阿白陈丁冯高黄江李马牛彭秦任宋"]

_KILLS_OF_A_BOOK = 20


def run(count, seed, folder):
    """So many kills of the app, each while marks are typed; the acknowledged ones are read off the screen."""
    from tests.ui.screens.rolls import fill
    from tests.whole.test_kill import kill_while_marking

    outcome, chance = Outcome(), random.Random(seed)
    for number in range(count):
        path = folder / "kills" / f"{number // _KILLS_OF_A_BOOK}" / "book.db"
        if number % _KILLS_OF_A_BOOK == 0:
            shutil.rmtree(folder / "kills", ignore_errors=True)
            path.parent.mkdir(parents=True)
            with closing(
                make_book(path, Clock(DAY), name="柳湾村党支部", preset="rural_community", secretary="罗有秀")
            ) as book:
                fill(book, NAMES)
        try:
            lost, acknowledged = kill_while_marking(path, chance, fewest=11)
        except AssertionError as error:
            outcome.failures.append(f"kill {number} of seed {seed}: {str(error)[:300]}")
            continue
        outcome.tried += 1
        outcome.count("acknowledged marks", len(acknowledged))
        if lost:
            outcome.failures.append(f"kill {number} of seed {seed}: {lost}")
    return outcome


def run_phases(count, seed, folder, name=""):
    """So many kills, divided among the calls that write or all in the one named: before or after, never between, and the same call

    goes through again.
    """
    world = World(folder / "world")
    with at_home(world):
        return _phases(count, seed, folder, world, name)


def _phases(count, seed, folder, world, name):
    chance, outcome = random.Random(seed), Outcome()
    calls = [call for call in CALLS if name in ("", call.name)]
    if count < 4 * len(calls):
        calls = chance.sample(calls, min(2, len(calls)))
    for number, call in enumerate(calls):
        trial = operations._prepared(call, world, folder / f"killed-{number}", NoShim())
        operations._laid(trial.base, world)
        begun = time.monotonic()
        operations.in_child(lambda trial=trial: operations._act(trial.call, trial.ready, world, NoShim(), ()))
        whole = time.monotonic() - begun
        for kill in range(count // len(calls)):
            operations._laid(trial.base, world)
            said = _killed_after(trial, world, chance.random() * whole * 1.2)
            outcome.tried += 1
            outcome.count(said)
            seen = operations.in_child(lambda trial=trial, said=said: operations._look(trial, said, world))
            for wrong in operations.json.loads(seen)["wrong"]:
                outcome.failures.append(f"{call.name}, kill {kill} of seed {seed}: {wrong} (it was {said})")
    return outcome


def _killed_after(trial, world, seconds):
    """ "done" where the call came to its end before the kill."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            operations.same_keys()
            trial.call.act(world, trial.ready)
            os.write(writer, b"done")
        finally:
            os._exit(0)
    os.close(writer)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with open(reader, "rb") as told:
        return told.read().decode() or "killed"

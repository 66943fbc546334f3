"""A fault or a kill at every file operation of every service call that writes (T3, T6, T8).

What was acknowledged is in the book, once; what was refused was refused in one sentence; the next start is whole, and the same call then
goes through. ``count``: so many of all the faults there are, chosen by the seed.
"""

import functools
import hashlib
import importlib
import json
import random
import shutil
import traceback
from contextlib import closing
from dataclasses import dataclass

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import drives
from tests.soak.calls import CALLS, Call
from tests.soak.faults import KINDS, in_child, in_shim, inside, library
from tests.soak.outcome import Outcome
from tests.soak.world import State, World, same_keys, state_of, troubles


@dataclass
class Trial:
    """A call with the folder it begins with, its states before and after, and how many operations it does of each class."""

    call: Call
    base: object
    ready: object
    before: State | None
    after: State | None
    operations: dict[int, int]
    known: dict[bytes, State]


RESTORES = [call for call in CALLS if call.name.startswith("restore")]
BACKUPS = [call for call in CALLS if call.name.endswith("backup")]
GROUPS = {
    "all": (CALLS, KINDS),
    "restores": (RESTORES, KINDS),
    "pulled": (BACKUPS, [kind for kind in KINDS if kind[0].startswith("ENODEV")]),
}
"""What is tried on what: ``pulled`` is a stick that is gone from the n-th operation of a backup on."""


def run(count, seed, folder, name="", *, group="all"):
    """Try so many faults of a group, or of its one call that is named."""
    return in_shim("operations", count, seed, folder, group, name)


def _run(count, seed, folder, group, name):
    calls, kinds = GROUPS[group]
    calls = [call for call in calls if name in ("", call.name)]
    drives._mounts = functools.cache(drives._mounts)  # the machine's mounts do not change in between
    importlib.import_module("sqlmodel"), importlib.import_module("pyzipper")  # once, not in every fork
    world, shim = World(folder / "world"), library()
    shim.faultfs_watch(str(world.folder).encode())  # and the folder itself, which is synced too
    chance = random.Random(seed)
    if count < len(calls) * 4:  # a small share: the making ready would take longer than the trying
        calls = chance.sample(calls, min(2, len(calls)))
    trials = [_prepared(call, world, folder / f"base-{number}", shim) for number, call in enumerate(calls)]
    outcome = Outcome()
    for trial, kind, n in _chosen(trials, kinds, count, chance, outcome):
        outcome.tried += 1
        for wrong in _tried(trial, kind, n, world, shim, outcome):
            outcome.failures.append(f"{trial.call.name}, {kind[0]} at operation {n}: {wrong}")
    return outcome


def _chosen(trials, kinds, count, chance, outcome):
    """(trial, kind, n) of so many faults: of each call as many as of the others, as long as it has that many."""
    left = count
    for number, trial in enumerate(sorted(trials, key=lambda it: sum(it.operations.values()))):
        faults = [(trial, kind, n) for kind in kinds for n in range(1, trial.operations[kind[3]] + 1)]
        outcome.count("there are", len(faults))
        chosen = chance.sample(faults, min(left // (len(trials) - number), len(faults)))
        left -= len(chosen)
        yield from chosen


def _prepared(call, world, base, shim):
    _fresh(world)
    call.prepare(world)
    ready = call.ready(world)
    shutil.copytree(world.folder, base)
    known = {}
    before = None if call.is_broken else _state(world, known)
    operations = {}
    for classes in {kind[3] for kind in KINDS}:
        _laid(base, world)
        said = json.loads(in_child(functools.partial(_act, call, ready, world, shim, (0, 0, 0, classes))))
        if said["said"] != "done":
            raise RuntimeError(f"{call.name} does not work undisturbed: {said['said']}")
        operations[classes] = said["operations"]
    return Trial(call, base, ready, before, _state(world, known), operations, known)


def _tried(trial, kind, n, world, shim, outcome):
    """What is wrong after one fault, a sentence each."""
    _laid(trial.base, world)
    text = in_child(lambda: _act(trial.call, trial.ready, world, shim, (n, *kind[1:])))
    said = json.loads(text)["said"] if text else "killed"
    outcome.count("acknowledged" if said == "done" else "killed" if said == "killed" else "refused")
    yield from troubles_after(trial, said, world)


def troubles_after(trial, said, world):
    """What is wrong after a call of which ``said`` came, a sentence each."""
    if said.startswith("uncaught"):
        yield said
    is_refusal = said.startswith("refused")
    if is_refusal and (said.count("。") != 1 or not said.endswith("。")):
        yield f"not one sentence: {said}"
    seen = json.loads(in_child(lambda: _look(trial, said, world)) or '{"wrong": ["the next start died"]}')
    yield from (f"{wrong} (it was {said})" for wrong in seen["wrong"])


def _act(call, ready, world, shim, arm):
    """One call under one fault, as text: what came of it, and the operations it did."""
    same_keys()
    shim.faultfs_arm(*arm)
    try:
        call.act(world, ready)
        said = "done"
    except PartydayError as error:
        said = f"refused: {error.sentence}"
    except BaseException as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        said = f"uncaught: {error!r} at {frame.name}:{frame.lineno}"
    operations = shim.faultfs_seen()
    shim.faultfs_arm(0, 0, 0, 0)
    return json.dumps({"said": said, "operations": operations})


def _look(trial, said, world):
    """The next start in a process of its own, and the call once more: what is wrong."""
    is_done, wrong = said == "done", []
    allowed = [trial.after] if is_done else [trial.before, trial.after]
    try:
        found = _state(world, trial.known)
        if (found and _kind(trial, found)) not in [it and _kind(trial, it) for it in allowed]:
            wrong.append("the book is neither the one of before nor the one of after")
    except PartydayError as error:
        found = None
        if trial.before is not None or is_done or not error.sentence.endswith("。"):
            wrong.append(f"the book does not open: {error.sentence}")
    wrong += trial.call.check(world, is_done)
    is_in = found is not None and trial.before is not None and found.all != trial.before.all
    if is_in and "没有存下" in said and not trial.call.parts:
        wrong.append("it is in the book")
    if (
        not is_done
        and not wrong
        and (found is not None or said != "killed")
        and not (is_in and trial.call.is_new_each_time)
    ):
        wrong += _again(trial, world)
    return json.dumps({"wrong": wrong})


def _again(trial, world):
    """The same call once more, without faults: it goes through, or it is there already; nothing is doubled."""
    same_keys()
    try:
        trial.call.act(world, trial.ready)
    except PartydayError as error:
        if error.exit_code == 1:
            return [f"a second try is refused: {error.sentence}"]
        if trial.before is None:  # a file that could not even be cleared away is not overwritten
            return []
    except BaseException as error:
        return [f"a second try: uncaught {error!r}"]
    found, due = _state(world, trial.known), trial.after
    if (found.apart, trial.call.parts or found.payload) != (due.apart, trial.call.parts or due.payload):
        return ["after a second try the book is not what it ought to be"]
    return []


def _kind(trial, state):
    return state.apart if trial.call.parts else state.all


def _state(world, known):
    """The state of the book as the program opens it; None without a book. Raises PartydayError.

    ``known``: states by the bytes of the file, each looked into once.
    """
    if not world.path.exists() or not world.path.stat().st_size:
        return None
    world.opened().close()
    raw = hashlib.sha256(world.path.read_bytes()).digest()
    if raw not in known:
        with closing(world.opened()) as book:
            if wrong := troubles(book):
                raise PartydayError(f"{wrong[0]}。")
        known[raw] = state_of(world.path)
    return known[raw]


def _fresh(world):
    shutil.rmtree(world.folder, ignore_errors=True)
    world.folder.mkdir(parents=True)


def _laid(base, world):
    shutil.rmtree(world.folder, ignore_errors=True)
    shutil.copytree(base, world.folder)


if __name__ == "__main__":
    inside(_run)

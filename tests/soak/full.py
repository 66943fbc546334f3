"""A disk that is really full (T6): every call that writes on a small file system in memory with any little room left.

What was acknowledged is there, what was refused was refused in one sentence, and once there is room again the same call goes through.
"""

import json
import os
import random
import subprocess
import sys

from tests.small_disk import fill_up
from tests.soak import operations
from tests.soak.calls import CALLS
from tests.soak.outcome import Outcome
from tests.soak.quiet import NoShim
from tests.soak.world import World, at_home

_SIZE = "32m"
_MOST_LEFT = 120  # pages; a whole backup with its copy takes no more
_PAGE = 4096


def run(count, seed, folder, name=""):
    """So many tries, divided among the calls or all in the one named."""
    disk = folder / "disk"
    disk.mkdir()
    if not sys.platform.startswith("linux") or not _did("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", disk):
        return Outcome(notice="没有做：这台机器不让挂载一个小磁盘")
    try:
        world = World(disk / "world")
        with at_home(world):
            return _filled(count, seed, folder, world, name)
    finally:
        _did("umount", "--lazy", disk)


def _did(*command):
    return subprocess.run([str(it) for it in command], capture_output=True).returncode == 0


def _filled(count, seed, folder, world, name):
    chance, outcome = random.Random(seed), Outcome()
    calls = [call for call in CALLS if name in ("", call.name)]
    if count < 4 * len(calls):
        calls = chance.sample(calls, min(2, len(calls)))
    for number, call in enumerate(calls):
        trial = operations._prepared(call, world, folder / f"full-{number}", NoShim())
        for _ in range(max(count // len(calls), 1)):
            left = chance.randrange(_MOST_LEFT) * _PAGE
            outcome.tried += 1
            for wrong in _tried(trial, world, left, outcome):
                outcome.failures.append(f"{call.name} with {left} bytes left, seed {seed}: {wrong}")
    return outcome


def _tried(trial, world, left, outcome):
    operations._laid(trial.base, world)
    disk = world.folder.parent
    fill_up(disk, leave=left)
    text = operations.in_child(lambda: operations._act(trial.call, trial.ready, world, NoShim(), ()))
    os.unlink(disk / "ballast")
    said = json.loads(text)["said"] if text else "killed"
    outcome.count("acknowledged" if said == "done" else "refused")
    yield from operations.troubles_after(trial, said, world)

"""The runs with their release figures, and how each is divided among processes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.soak import (
    clocks,
    defects,
    full,
    fuzz,
    instances,
    kills,
    lying,
    names,
    operations,
    powercut,
    submission,
    suite,
    yank,
)
from tests.soak.calls import CALLS
from tests.soak.outcome import Outcome


@dataclass(frozen=True)
class Run:
    """``words`` of the table, the release figure, and ``run(count, seed, folder, …) -> Outcome``.

    ``among``: names of which each is done by itself, with so many tries at the ``least``. ``whole``: not divided, since its tries are
    chosen from a list.
    """

    name: str
    words: str
    figure: int
    run: Callable[..., Outcome]
    among: tuple[str, ...] = ()
    least: int = 4
    whole: bool = False

    def parts(self, count, seed, jobs):
        """(count, seed, further arguments) of each part."""
        if self.whole or (self.among and count < self.least * len(self.among)):
            return [(count, seed, ())]
        if self.among:
            shares = _shares(count, len(self.among))
            return [(share, seed, (name,)) for name, share in zip(self.among, shares, strict=True)]
        return [(share, seed + number, ()) for number, share in enumerate(_shares(count, jobs)) if share]


def _shares(count, parts):
    return [count // parts + (number < count % parts) for number in range(parts)]


def _called(calls):
    return tuple(call.name for call in calls)


_ALL, _OF_RESTORES, _OF_BACKUPS = _called(CALLS), _called(operations.RESTORES), _called(operations.BACKUPS)
RUNS = (
    Run("defects", "seeded defects, each caught by its test", len(defects.DEFECTS), defects.run,
        tuple(it.name for it in defects.DEFECTS), least=1),
    Run("powercut", "power cuts replayed, two models", 50_000, powercut.run),
    Run("lying", "power cuts on a disk that lies about syncs", 10_000, lying.run),
    Run("operations", "a fault or a kill at an operation of a call that writes", 120 * len(CALLS), operations.run, _ALL),
    Run("restores", "the same at a restore", 1_000, partial(operations.run, group="restores"), _OF_RESTORES),
    Run("pulled", "stick gone from an operation of a backup on", 500, partial(operations.run, group="pulled"), _OF_BACKUPS),
    Run("full", "calls that write on a disk with little room left", 200, full.run, _ALL),
    Run("yank", "exFAT stick pulled", 500, yank.run),
    Run("roll", "kill -9 of the app while marks are typed", 1_000, kills.run),
    Run("phases", "kill -9 in the calls that write", 100 * len(CALLS), kills.run_phases, _ALL),
    Run("backups", "backups fuzzed", 10_000, partial(fuzz.run_kind, "backups")),
    Run("books", "books fuzzed", 5_000, partial(fuzz.run_kind, "books")),
    Run("spreadsheets", "spreadsheets fuzzed", 5_000, partial(fuzz.run_kind, "spreadsheets")),
    Run("settings", "settings fuzzed", 1_000, partial(fuzz.run_kind, "settings")),
    Run("submission", "submission to real servers over a wire that breaks", 300, submission.run),
    Run("attacks", "attacks on the ledger, tests", 1, suite.run_attacks, whole=True),
    Run("properties", "examples of the properties of the ledger", 20_000, suite.run_properties),
    Run("names", "hostile texts on every screen and in the raw stream", 300, names.run, whole=True),
    Run("instances", "two programs, one book", 200, instances.run),
    Run("clocks", "clocks from 1970 to 2099, three zones, six places", 216, clocks.run, whole=True),
)  # fmt: skip

"""Power cuts replayed from the log of what the program did to its files (T4).

The log is that of the real services, from a new book to a restore. Each state that an honest disk may be left in is opened by the
program: it opens, is whole, holds what was acknowledged, and at the most the one act more that was under way; every file that was told
as finished is there.
"""

import random

from tests.soak.faults import in_shim, inside
from tests.soak.judge import Judge
from tests.soak.outcome import Outcome
from tests.soak.tale import recorded
from tests.soak.world import same_keys


def run(count, seed, folder):
    """So many states, half of each model, spread over the whole log."""
    return in_shim("powercut", count, seed, folder)


def _run(count, seed, folder):
    same_keys()
    outcome, chance = Outcome(), random.Random(seed)
    tales = ("a year", "migration", "restore over damage", "copying a book in")
    shares = (0.85, 0.05, 0.05, 0.05)
    for tale, share in zip(tales, shares, strict=True):
        outcome.add(Judge(recorded(tale, folder)).judged(max(round(count * share), 2), chance))
    return outcome


if __name__ == "__main__":
    inside(_run)

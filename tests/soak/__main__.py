"""`make soak`: the release figures of the test plan, or a share of them, and the table for the README.

``python -m tests.soak [--share 0.01] [--seed 1] [--only NAME …] [--out FILE]``. Only what was run is printed; a run that found something
prints what, and the exit code is 1.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    """Run and print; returns the exit code."""
    options = _options()
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="soak-", dir=options.folder or (memory if memory.is_dir() else None)))
    _own_home(folder)
    print("| run | tried | failures | seed | seconds | beside |\n|---|---|---|---|---|---|", flush=True)
    failures = []
    try:
        for name, words, count, run in _runs():
            if options.only and name not in options.only:
                continue
            count = max(round(count * options.share), 1)
            outcome, seconds = _timed(run, count, options.seed, folder / name)
            print(_line(words, outcome, options.seed, seconds), flush=True)
            failures += [f"{name}: {each}" for each in outcome.failures]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for each in failures[:200]:
        print(f"* {each}")
    return 1 if failures else 0


def _options():
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--share", type=float, default=1.0, help="of the release figures")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--folder", help="where the books of the runs lie; memory where there is some")
    return parser.parse_args()


def _own_home(folder):
    """No run touches the user's own folders, and every process of it runs this checkout."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        os.environ.pop(name, None)
    os.environ["HOME"] = str(folder / "home")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def _runs():
    """(name, words of the table, release figure, run)."""
    from tests.soak import clocks, defects, fuzz, instances, kills, names, operations, powercut, yank

    return (
        ("defects", "seeded defects, each caught by its test", len(defects.DEFECTS), defects.run),
        ("powercut", "power cuts replayed, two models", 50_000, powercut.run),
        ("operations", "a fault or a kill at an operation of a call that writes", 5_000, operations.run),
        ("restores", "the same at a restore", 1_000, lambda *given: operations.run(*given, "restores")),
        ("pulled", "stick gone from an operation of a backup on", 500, lambda *given: operations.run(*given, "pulled")),
        ("yank", "exFAT stick pulled", 500, yank.run),
        ("roll", "kill -9 of the app while marks are typed", 1_000, kills.run),
        ("phases", "kill -9 in the calls that write", 1_700, kills.run_phases),
        ("backups", "backups fuzzed", 10_000, lambda *given: fuzz.run_kind("backups", *given)),
        ("books", "books fuzzed", 5_000, lambda *given: fuzz.run_kind("books", *given)),
        ("spreadsheets", "spreadsheets fuzzed", 5_000, lambda *given: fuzz.run_kind("spreadsheets", *given)),
        ("settings", "settings fuzzed", 1_000, lambda *given: fuzz.run_kind("settings", *given)),
        ("names", "hostile texts on every screen and in the raw stream", 300, names.run),
        ("instances", "two programs, one book", 200, instances.run),
        ("clocks", "clocks from 1970 to 2099, three zones, six places", 216, clocks.run),
    )


def _timed(run, count, seed, folder):
    folder.mkdir(parents=True)
    begun = time.monotonic()
    outcome = run(count, seed, folder)
    shutil.rmtree(folder, ignore_errors=True)
    return outcome, time.monotonic() - begun


def _line(words, outcome, seed, seconds):
    if outcome.notice:
        return f"| {words} | | | | | {outcome.notice} |"
    beside = ", ".join(f"{number:,} {fact}" for fact, number in sorted(outcome.facts.items()))
    return f"| {words} | {outcome.tried:,} | {len(outcome.failures)} | {seed} | {seconds:.0f} | {beside} |"


if __name__ == "__main__":
    sys.exit(main())

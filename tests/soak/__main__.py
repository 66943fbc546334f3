"""`make soak`: the release figures of the test plan, or a share of them, and the table for the README.

``python -m tests.soak [--share 0.01] [--seed 1] [--only NAME …] [--jobs N]``. Only what was run is printed; a run that found something
prints what, and the exit code is 1.

Several processes share each run: of a run over calls each takes the calls that are left, of any other its part of the count with a seed
of its own, ``--seed`` and those after it.
"""

import argparse
import multiprocessing
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
    print(f"| run ({options.jobs} at once) | tried | failures | seeds | seconds | beside |", flush=True)
    print("|---|---|---|---|---|---|", flush=True)
    failures = []
    try:
        for run in _runs().values():
            if options.only and run.name not in options.only:
                continue
            outcome, seeds, seconds = _done(run, max(round(run.figure * options.share), 1), options, folder)
            print(_line(run.words, outcome, seeds, seconds), flush=True)
            failures += [f"{run.name}: {each}" for each in outcome.failures]
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
    parser.add_argument(
        "--jobs", type=int, default=2 * (os.cpu_count() or 1), help="processes at once; most of them wait"
    )
    return parser.parse_args()


def _own_home(folder):
    """No run touches the user's own folders, and every process of it runs this checkout."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        os.environ.pop(name, None)
    os.environ["HOME"] = str(folder / "home")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def _runs():
    from tests.soak.figures import RUNS

    return {run.name: run for run in RUNS}


def _done(run, count, options, folder):
    """(outcome, the seeds used, seconds) of one run, its parts done side by side."""
    parts = run.parts(count, options.seed, options.jobs)
    begun = time.monotonic()
    work = [(run.name, *part, folder / f"{run.name}-{number}") for number, part in enumerate(parts)]
    with multiprocessing.get_context("fork").Pool(options.jobs, maxtasksperchild=1) as pool:
        found = pool.starmap(_part, work, chunksize=1)
    outcome = found[0]
    for each in found[1:]:
        outcome.add(each)
    seeds = sorted({seed for _, seed, _ in parts})
    return outcome, f"{seeds[0]}" + (f" to {seeds[-1]}" if len(seeds) > 1 else ""), time.monotonic() - begun


def _part(name, count, seed, more, folder):
    from partyday_tui import paths

    folder.mkdir(parents=True)
    _own_home(folder)
    paths.data_folder.cache_clear()
    try:
        return _runs()[name].run(count, seed, folder, *more)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _line(words, outcome, seeds, seconds):
    if outcome.notice:
        return f"| {words} | | | | | {outcome.notice} |"
    beside = ", ".join(f"{number:,} {fact}" for fact, number in sorted(outcome.facts.items()))
    return f"| {words} | {outcome.tried:,} | {len(outcome.failures)} | {seeds} | {seconds:.0f} | {beside} |"


if __name__ == "__main__":
    sys.exit(main())

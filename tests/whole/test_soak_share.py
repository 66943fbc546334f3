"""A small share of every run of the soak; `make soak` does them whole (reliability.md §10)."""

import re
from pathlib import Path

import pytest

from partyday_tui import services
from tests import soak
from tests.soak import clocks, defects, full, fuzz, instances, kills, operations, powercut, submission, yank
from tests.soak.calls import CALLS
from tests.soak.figures import RUNS

SERVICES, SOAK = Path(services.__file__).parent, Path(soak.__file__).parent


def sound(outcome):
    """The run found nothing; where this machine cannot do it, that is said."""
    if outcome.notice:
        pytest.skip(outcome.notice)
    assert outcome.failures == []
    assert outcome.tried
    return outcome.facts


def test_power_cuts(tmp_path):
    facts = sound(powercut.run(40, 8, tmp_path))
    assert facts["commits"] > 30, "the tale told next to nothing"


def test_faults_at_operations(tmp_path):
    facts = sound(operations.run(16, 57, tmp_path))
    assert {"refused", "killed"} <= set(facts)


def test_seeded_defects_are_caught(tmp_path):
    sound(defects.run(1, 8, tmp_path))


def test_fuzzed_files(tmp_path):
    sound(fuzz.run(24, 8, tmp_path))


def test_kills_at_any_moment(tmp_path):
    sound(kills.run_phases(6, 10, tmp_path))


def test_two_instances(tmp_path):
    sound(instances.run(10, 8, tmp_path))


def test_any_clock(tmp_path):
    sound(clocks.run(9, 8, tmp_path))


def test_a_full_disk(tmp_path):
    sound(full.run(4, 8, tmp_path, "delivery to a folder"))


def test_a_stick_that_is_pulled(tmp_path):
    sound(yank.run(3, 8, tmp_path))


def test_a_wire_that_breaks(tmp_path):
    sound(submission.run(3, 8, tmp_path))


def test_the_release_figures_are_divided_without_loss():
    for run in RUNS:
        for count in (1, 7, run.figure):
            parts = run.parts(count, 5, 4)
            assert sum(share for share, *_ in parts) == count
            assert len({part[1:] for part in parts}) == len(parts), "no two parts do the same"
    assert {run.name: run.figure for run in RUNS}["phases"] == 100 * len(CALLS)


def test_each_service_that_writes_has_a_call_that_is_broken():
    writing = {path.stem for path in SERVICES.glob("*.py") if re.search(r"\.act\(|begin_act\(", path.read_text())}
    broken = "".join(path.read_text() for path in (SOAK / "calls.py", SOAK / "acts.py", SOAK / "beginnings.py"))
    assert {name for name in writing if not re.search(rf"\b{name}\b", broken)} == {
        "dues_entries"  # writes for payments, reversals and hand-overs
    }


def test_every_defect_names_words_of_the_code():
    for defect in defects.DEFECTS:
        for file, right, _ in defect.changes:
            assert (defects.ROOT / defects.SOURCE / file).read_text("utf-8").count(right) == 1, (defect.name, file)

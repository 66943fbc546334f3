"""A small share of every run of the soak; `make soak` does them whole (reliability.md §10)."""

import pytest

from tests.soak import clocks, defects, fuzz, instances, kills, operations, powercut


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
    sound(defects.run(2, 8, tmp_path))


def test_fuzzed_files(tmp_path):
    sound(fuzz.run(24, 8, tmp_path))


def test_kills_at_any_moment(tmp_path):
    sound(kills.run_phases(6, 10, tmp_path))


def test_two_instances(tmp_path):
    sound(instances.run(10, 8, tmp_path))


def test_any_clock(tmp_path):
    sound(clocks.run(9, 8, tmp_path))


def test_every_defect_names_words_of_the_code():
    for defect in defects.DEFECTS:
        for file, right, _ in defect.changes:
            assert (defects.ROOT / defects.SOURCE / file).read_text("utf-8").count(right) == 1, (defect.name, file)

"""Tests of the suite at the release figures: the properties of the ledger (T12), the attacks on it (T11)."""

import os
import re
import subprocess
import sys

from tests.soak.faults import ROOT
from tests.soak.outcome import Outcome

PROPERTIES = (
    "tests/services/test_dues_sequences.py",
    "tests/services/test_dues_collect.py::test_the_quick_accounts_say_what_the_months_say",
    "tests/rules/dues/test_arrears.py::test_an_amount_is_laid_out_to_the_fen",
    "tests/rules/dues/test_money.py::test_text_and_fen_are_two_forms_of_one_amount",
    "tests/rules/dues/test_assessment.py::test_rounding_stays_within_one_unit_of_the_exact_share",
)
ATTACKS = ("tests/store/test_dues.py", "tests/services/test_doctor.py", "tests/rules/dues/test_ledger_chain.py")
_EXAMPLES = re.compile(r"(\d+) passing")
_TESTS = re.compile(r"(\d+) passed")


def run_properties(count, seed, folder):
    """So many examples of each property of amounts; of those that write a book an eighth or a quarter, each of up to twenty acts."""
    options = ("--hypothesis-profile=soak", f"--hypothesis-seed={seed}", "--hypothesis-show-statistics", "--timeout=0")
    return _tested(PROPERTIES, options, folder, {"SOAK_EXAMPLES": str(max(count, 8))}, _EXAMPLES)


def run_attacks(_count, _seed, folder):
    """All of them, whatever the count."""
    return _tested(ATTACKS, (), folder, {}, _TESTS)


def _tested(nodes, options, folder, more, pattern):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        f"--basetemp={folder / 'tmp'}",
    ]
    done = subprocess.run(
        [*command, *options, *nodes],
        cwd=ROOT,
        env={**os.environ, **more, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    outcome = Outcome(tried=sum(map(int, pattern.findall(done.stdout))))
    if done.returncode:
        outcome.failures += [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))] or [
            f"the tests could not be run: {done.stdout[-1000:]}{done.stderr[-1000:]}"
        ]
    return outcome

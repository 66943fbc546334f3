"""The power goes while the roll is called: what the screen had shown as marked is in the book (T1; a small share)."""

import os
import random
import re
import sqlite3
from contextlib import closing

import pytest

from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD
from tests.conftest import TODAY
from tests.ui.screens.rolls import fill
from tests.whole.terminal import Terminal

ROUNDS = 8
WORDS = {word: status.value for status, word in STATUS_WORDS.items()} | {UNMARKED_WORD: None}
_ROW = re.compile(rf"^(?:>| ) +(?:\d+ +)?(\S+) .*?({'|'.join(WORDS)})(?= |$)", re.MULTILINE)
# A build that tells the screen before the disk: marks wait in memory until the third batch.
_EAGER = """
import partyday_tui.services.roll as roll

right, waiting = roll.write_marks, []

def write_marks(book, event, batches, **named):
    waiting.extend(batches)
    if len(waiting) > 2:
        right(book, event, waiting, **named)
        waiting.clear()
    return [book.clock.instant() for _ in batches]

roll.write_marks = write_marks
"""


def shown(terminal):
    """{name: status} of the rows in sight."""
    return {name: WORDS[word] for name, word in _ROW.findall(terminal.text)}


def on_disk(path):
    """{name: status} as another program finds it after the kill; the file is whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = dict(connection.execute("SELECT name, status FROM roll_entry").fetchall())
        return found or dict(connection.execute("SELECT name, NULL FROM member").fetchall())


def kill_while_marking(path, chance, fewest=4):
    """One round: start, compare with the book, mark down the list, kill; returns (lost, acknowledged marks).

    A row is marked once at most, so that the book must hold what was shown last, or what was typed after that.
    """
    before = on_disk(path)
    with Terminal("--book", path, "--today", TODAY) as terminal:
        terminal.until("党员15人")
        terminal.press("F4")
        terminal.until("未点")
        terminal.until(next(iter(before)))
        restored = shown(terminal)
        assert restored, terminal.text
        assert restored == {name: before[name] for name in restored}, "the next start shows what the book holds"
        typed = []
        for _ in range(chance.randint(fewest, 14)):
            digit = chance.choice("12345")
            terminal.send(digit, "Down")
            typed.append(digit)
            terminal.rest(chance.choice((0, 0, 0.01, 0.05)))
        terminal.rest(chance.random() * 0.08)
        terminal.kill()
        seen = shown(terminal)
    after = on_disk(path)
    statuses = dict(zip("12345", ("present", "late", "leave", "absent", "other"), strict=True))
    sent = dict(zip(before, (statuses[digit] for digit in typed), strict=False))
    acknowledged = {name: status for name, status in seen.items() if status is not None and status != before[name]}
    lost = {name: status for name, status in seen.items() if after[name] not in (status, sent.get(name, status))}
    lost |= {name: status for name, status in acknowledged.items() if after[name] != status}
    return lost, acknowledged


@pytest.fixture
def village(book, book_path):
    """Fifteen members whose names sort as they were entered, and today's event."""
    fill(book, [f"{letter}成员" for letter in "阿白陈丁冯高黄江李马牛彭秦任宋"])
    book.close()
    return book_path


@pytest.mark.parametrize("seed", [1])
def test_no_acknowledged_mark_is_lost(village, seed):
    chance = random.Random(seed)
    count = 0
    for number in range(ROUNDS):
        lost, acknowledged = kill_while_marking(village, chance)
        assert not lost, (number, lost)
        count += len(acknowledged)
    assert count > ROUNDS, "the screen acknowledged next to nothing: the harness reads it wrongly"


def test_a_build_that_shows_before_it_stores_is_caught(village, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(_EAGER, "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]]))
    chance = random.Random(3)
    assert any(kill_while_marking(village, chance)[0] for _ in range(6))

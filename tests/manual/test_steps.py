"""What the manual says to press is pressed, and what it says is then seen is seen."""

import os
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from partyday_tui import paths
from partyday_tui.clock import BEIJING, Clock
from partyday_tui.rules.manual import BlockKind
from partyday_tui.safekeeping import drives
from partyday_tui.safekeeping.drives import Drive
from partyday_tui.services.demo import DEMO_DAY, make_demo
from partyday_tui.services.manual import chapters
from partyday_tui.ui.app import PartydayApp
from tests.manual.steps import Reader, runs


def the_passphrase():
    """What the manual calls by a name, as it stands on the slip that the backup wrote."""
    slips = (Path(os.environ["HOME"]) / "Desktop").rglob("备份口令纸条*.txt")
    return [("纸条上的口令", re.search(r"口令：(\S+)", slip.read_text("utf-8"))[1]) for slip in slips]


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A stick that is in, and a desktop with the roster on it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(drives, "removable_drives", lambda: [Drive(folder, "KINGSTON (E:)")])
    desktop = Path(os.environ["HOME"]) / "Desktop"
    desktop.mkdir()
    shutil.copy(paths.demo_files() / "党员花名册.xlsx", desktop)


class StoppedClock(Clock):
    """That of a computer whose little battery is empty."""

    def now(self):
        """Its first day."""
        return datetime(2001, 1, 1, 8, tzinfo=BEIJING)


def laid_ready(start, place):
    """The book that a run begins with, and the clock of its computer; what the runs before left goes on in it."""
    book = place / "book.db"
    if start == "none":  # another computer
        book = place / "new.db"
        book.unlink(missing_ok=True)
        shutil.rmtree(paths.data_folder(), ignore_errors=True)
    elif not book.exists():
        make_demo(book, Clock(DEMO_DAY))
    if start == "gone":
        book.unlink()
    if start == "damaged":
        with book.open("r+b") as file:
            file.seek(-5000, os.SEEK_END)
            file.write(b"\xff" * 4096)
    if start == "unopened":
        with book.open("r+b") as file:
            file.write(b"\xff" * 4096)
    return book, StoppedClock() if start == "wrong-day" else Clock(DEMO_DAY)


@pytest.mark.timeout(400)  # the whole manual, beside other work
async def test_every_step_of_the_manual_can_be_done(stick, tmp_path):
    stand_ins = {}
    for start, deeds in runs():
        app = PartydayApp(*laid_ready(start, tmp_path))
        async with app.run_test(size=(80, 24)) as pilot:
            reader = Reader(pilot, stand_ins)
            for deed in deeds:
                await reader.do(deed)
        stand_ins.update(the_passphrase())
    assert [start for start, _ in runs()] == [
        "none",
        "demo",
        "damaged",
        "unopened",
        "gone",
        "wrong-day",
        "demo",
        "demo",
        "none",
    ]
    done = {deed.where.split(" ")[0] for _, deeds in runs() for deed in deeds}
    assert done == {str(number) for number in range(1, 12)}, "a chapter whose steps nobody tries"


def steps():
    """(chapter, block) of every numbered line."""
    for chapter in chapters():
        for section in chapter.sections:
            yield from ((chapter, block) for block in section.blocks if block.kind is BlockKind.STEP)


def test_what_is_numbered_is_done_by_the_test():
    """What is done by hand is not numbered, so that every number is one that was tried."""
    without = [
        (chapter.number, block.text) for chapter, block in steps() if not re.search("(按|输入)【|看到「", block.text)
    ]
    assert without == []


def test_a_step_uses_the_fixed_notation_or_none():
    """A bracketed word that is neither pressed nor typed would be a step that nobody tries."""
    for chapter, block in steps():
        assert not re.search(r"(?<![按入】])【", block.text), (chapter.number, block.text)
    for chapter in chapters():
        for section in chapter.sections:
            for block in section.blocks:
                assert block.kind is BlockKind.STEP or "【" not in block.text, (chapter.number, block.text)

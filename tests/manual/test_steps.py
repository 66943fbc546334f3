"""What the manual says to press is pressed, and what it says is then seen is seen."""

import os
import re
import shutil
from pathlib import Path

import pytest

from partyday_tui import paths
from partyday_tui.clock import Clock
from partyday_tui.rules.manual import BlockKind
from partyday_tui.safekeeping import drives
from partyday_tui.safekeeping.drives import Drive
from partyday_tui.services.demo import DEMO_DAY, make_demo
from partyday_tui.services.manual import chapters
from partyday_tui.ui.app import PartydayApp
from tests.manual.steps import Reader, deeds_of, runs


def the_passphrase():
    """As it stands on the slip that the backup wrote."""
    slip = next((Path(os.environ["HOME"]) / "Desktop").rglob("备份口令纸条*.txt"))
    return re.search(r"口令：(\S+)", slip.read_text("utf-8"))[1]


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A stick that is in, and a desktop with the roster on it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(drives, "removable_drives", lambda: [Drive(folder, "KINGSTON (E:)")])
    desktop = Path(os.environ["HOME"]) / "Desktop"
    desktop.mkdir()
    shutil.copy(paths.demo_files() / "党员花名册.xlsx", desktop)


async def test_every_step_of_the_manual_can_be_done(stick, tmp_path):
    stand_ins = {}
    for number, (start, together) in enumerate(runs()):
        book = tmp_path / f"{number}.db"
        if start == "demo":
            make_demo(book, Clock(DEMO_DAY))
        app = PartydayApp(book, Clock(DEMO_DAY))
        async with app.run_test(size=(80, 24)) as pilot:
            reader = Reader(pilot, stand_ins)
            for deed in [deed for chapter in together for deed in deeds_of(chapter)]:
                await reader.do(deed)
        if together[-1].number == 8:
            stand_ins["纸条上的口令"] = the_passphrase()
            (paths.data_folder() / "backup.json").unlink(missing_ok=True)
    assert [start for start, _ in runs()] == ["none", "demo", "none"]


def test_a_step_uses_the_fixed_notation_or_none():
    """A bracketed word that is neither pressed nor typed would be a step that nobody tries."""
    for chapter in chapters():
        for section in chapter.sections:
            for block in section.blocks:
                if block.kind is BlockKind.STEP:
                    assert chapter.start or "【" not in block.text, (chapter.number, block.text)
                    assert not re.search(r"(?<![按入】])【", block.text), (chapter.number, block.text)

"""``partyday package``."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from partyday_tui.cli.run import run
from partyday_tui.errors import UserMistake


@pytest.fixture
def partyday(book, book_path, capsys):
    """Run a command on a fresh book; returns what it printed."""
    book.close()

    def go(*words):
        capsys.readouterr()
        assert run(["--book", str(book_path), "--today", "2026-11-06", *map(str, words)]) == 0
        return capsys.readouterr().out

    return go


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("month", "2026-11"), "柳湾村党支部 2026年11月材料.xlsx"),
        (("month", "2026-11", "--files"), "柳湾村党支部 2026年11月材料"),
        (("year", "2026", "--full"), "柳湾村党支部 2026年度材料.xlsx"),
        (("inspection", "2026-01", "2026-03"), "柳湾村党支部 2026年1月至3月迎检材料.xlsx"),
    ],
)
def test_a_package_is_written_and_its_place_printed(partyday, tmp_path, words, name):
    place, told, *_ = partyday("package", *words, "--out", tmp_path / "出").splitlines()
    assert Path(place) == tmp_path / "出" / name and Path(place).exists()
    assert "已读回核对" in told
    index = Path(place) / "000 目录.xlsx" if "--files" in words else Path(place)
    assert load_workbook(index)["目录"]["A1"].value.endswith("目录")


def test_a_script_is_told_in_json(partyday, tmp_path):
    found = json.loads(partyday("package", "month", "2026-11", "--out", tmp_path / "出", "--json"))
    assert found["path"] == str(tmp_path / "出" / "柳湾村党支部 2026年11月材料.xlsx")
    assert (found["kind"], found["first"], found["last"], found["as_files"]) == ("month", "2026-11", "2026-11", False)
    assert found["forms"] > 0 and found["left_out"] == []
    assert any("11月主题党日" in line for line in found["missing"])
    assert found["outbox"] == json.loads(partyday("deliver", "--list", "--json"))[0]["id"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("month", "11"), "月份没有看懂"),
        (("month", "1066-01"), "不在 1949 到"),
        (("year", "26"), "写得不对，要写成 2026 这样"),
        (("inspection", "2026-06", "2026-01"), "前后颠倒"),
        (("inspection", "2026-06"), "还缺少：到"),
        (("year", "2026", "--full", "--masked"), "不能和"),
        (("week", "2026"), "没有「week」这一项"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(partyday, tmp_path, words, sentence):
    with pytest.raises(UserMistake, match=sentence):
        partyday("package", *words, "--out", tmp_path / "出")
    assert not (tmp_path / "出").exists()

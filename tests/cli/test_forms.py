"""``partyday forms`` and ``partyday export``."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from partyday_tui.cli.run import run
from partyday_tui.errors import UserMistake
from partyday_tui.rules.form_kinds import FORMS


@pytest.fixture
def partyday(book, book_path, capsys):
    """Run a command on a fresh book with a plan; returns what it printed."""
    book.close()

    def go(*words):
        capsys.readouterr()
        assert run(["--book", str(book_path), "--today", "2026-11-06", *map(str, words)]) == 0
        return capsys.readouterr().out

    go("plan", "2026")
    return go


def test_the_forms_are_listed_for_people_and_for_scripts(partyday):
    listed = partyday("forms").splitlines()
    found = json.loads(partyday("forms", "--json"))
    assert [line.split("\t")[:2] for line in listed] == [[kind.key, kind.title] for kind in FORMS]
    assert {it["key"]: it["periods"] for it in found}["dues-month"] == ["month"]
    assert {it["key"]: it["variants"] for it in found}["roster"] == ["masked", "full"]


@pytest.mark.parametrize(
    ("words", "name", "title"),
    [
        (("sign-in", "2026-11-06", "--blank"), "2026-11-06 主题党日 签到表（空白）", "主题党日活动签到表"),
        (("签到表", "2026-11-06"), "2026-11-06 主题党日 签到表", "主题党日活动签到表"),
        (("党费收缴月报", "2026-10"), "2026年10月 党费收缴月报", "2026年10月党费收缴月报"),
        (("year-plan",), "2026年 年度主题党日活动计划表", "2026年度主题党日活动计划表"),
        (("roster", "--full"), "2026-11-06 党员花名册（完整）", "党员花名册"),
        (("self-check", "2026-10"), "2026年10月 应办事项自查表", "2026年10月应办事项自查表"),
    ],
)
def test_a_form_is_written_and_its_place_printed(partyday, tmp_path, words, name, title):
    path = Path(partyday("export", *words, "--out", tmp_path / "出").strip())
    assert path == tmp_path / "出" / f"柳湾村党支部 {name}.xlsx"
    assert load_workbook(path).active["A1"].value == title


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "甲", "--out", "."), "没有「甲」这张表格"),
        (("export", "roster", "--out", "."), "要说明用哪一种"),
        (("export", "notice", "--out", "."), "请写活动的日期"),
        (("export", "year-plan"), "还缺少"),
    ],
)
def test_what_is_missing_is_said(partyday, words, sentence):
    with pytest.raises(UserMistake, match=sentence):
        partyday(*words)


def test_the_layout_file_is_named(partyday, book_path):
    assert partyday("forms", "--layout").strip() == str(book_path.with_name("book.表格样式.toml"))

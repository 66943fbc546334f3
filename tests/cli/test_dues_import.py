"""``partyday dues import``: from which month, with which warnings, and one sentence for a choice that is none."""

import json

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.__main__ import main
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_months import close_month


@pytest.fixture
def path(book_path):
    book = dues_branch(book_path)
    close_month(book, Month(2026, 10), {}, rest_unpaid=True)
    book.close()
    return book_path


@pytest.fixture
def sheet(tmp_path):
    file = tmp_path / "基数.csv"
    file.write_text("姓名,类别,月工资收入\n丁四,在职,4200\n白二,农民,\n", "utf-8")
    return str(file)


def run(path, *words):
    return main(["--book", str(path), "--today", "2026-11-06", "dues", "import", *words])


def due_of(path, capsys):
    capsys.readouterr()
    main(["--book", str(path), "--today", "2026-11-06", "dues", "ledger", "--json"])
    row = next(row for row in json.loads(capsys.readouterr().out)["rows"] if row["name"] == "丁四")
    return [month["due_fen"] for month in row["months"]]


def test_a_correction_without_a_month_holds_from_this_month(path, sheet, capsys):
    assert run(path, sheet) == 0
    said = capsys.readouterr().out
    assert "更正的从 2026-11 起，原因是「导入 基数.csv」" in said and "已经月结" not in said
    assert due_of(path, capsys) == [1173] * 10 + [4200] * 2


@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_what_there_is_to_look_at_is_said(path, sheet, capsys, words):
    assert run(path, sheet, "--from", "2026-03", "--reason", "调资", *words) == 0
    said = capsys.readouterr().out
    assert "更正的从 2026-03 起，原因是「调资」" in said
    assert "2026-03 至 2026-10 已经月结" in said
    assert due_of(path, capsys) == ([1173] * 12 if words else [1173] * 2 + [4200] * 10)


def test_the_figures_say_it_too(path, sheet, capsys):
    assert run(path, sheet, "--from", "2026-03", "--dry-run", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["corrected_from"], found["changed"], found["written"]) == ("2026-03", 1, 0)
    assert any("已经月结" in warning for warning in found["warnings"])


def test_where_nothing_is_corrected_no_month_is_said(path, tmp_path, capsys):
    file = tmp_path / "基数.csv"
    file.write_text("姓名,类别\n白二,农民\n", "utf-8")
    assert run(path, str(file)) == 0
    assert "更正的从" not in capsys.readouterr().out
    assert run(path, str(file), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["corrected_from"], found["warnings"]) == (None, [])


@pytest.mark.parametrize("choice", ["²=1", "1=²", "1", "=1", "1=", "9999999999=1", "-1=1", "a=b"])
def test_a_choice_that_is_none_is_told(path, sheet, capsys, choice):
    assert run(path, sheet, f"--choose={choice}") == 2
    assert "请写成 行=编号" in capsys.readouterr().err

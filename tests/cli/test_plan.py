"""``partyday plan``, ``partyday holidays`` and ``partyday import plan`` as scripts use them."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.services.test_holidays import NOTICE_2027

from partyday_tui.__main__ import main
from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book
from partyday_tui.services.presets import override_rule

TESTS = Path(__file__).parents[1]
SAMPLE = TESTS / "samples" / "2026年度主题党日活动计划表.xlsx"
FRIDAYS = list(csv.DictReader((TESTS / "evidence" / "first_fridays.csv").open(encoding="utf-8")))
KEYS = {"month", "date", "rule", "moved_from", "reason", "theme", "form", "kind"}


@pytest.fixture
def run(book_path, capsys):
    """Run a command on the book of the trial; returns (exit code, stdout, stderr)."""

    def command(*arguments, today="2026-11-06"):
        code = main(["--book", str(book_path), "--today", today, *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def made(book_path, run):
    """The same, with a book of a rural branch."""
    assert run("new", "--name", "柳湾村党支部", "--preset", "rural_community", "--secretary", "罗有秀")[0] == 0
    return run


def plan(answer):
    code, out, _ = answer
    assert code == 0
    return json.loads(out)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize(
    ("reading", "column"),
    [("any_day_off", "date_if_any_day_off_moves"), ("statutory_only", "date_if_only_statutory_days_move")],
)
def test_the_first_fridays_of_three_years_in_both_readings(book_path, run, year, reading, column):
    book = make_book(book_path, Clock(date(2023, 12, 31)), name="甲", preset="rural_community")
    override_rule(book, "party_day.day_off_reading", reading, "按镇里的口径")
    book.close()
    monthly = [it for it in plan(run("plan", str(year), "--json")) if it["kind"] == "party_day"]
    expected = [(int(row["month"]), row[column], row["first_friday"]) for row in FRIDAYS if row["year"] == str(year)]
    assert len(expected) == 12
    assert [(it["month"], it["date"]) for it in monthly] == [(month, day) for month, day, _ in expected]
    moved = [first if first != day else None for _, day, first in expected]
    assert [it["moved_from"] for it in monthly] == moved
    assert all(bool(it["reason"]) == bool(first) for it, first in zip(monthly, moved, strict=True))


@pytest.mark.parametrize(
    ("preset", "first", "count"),
    [("rural_community", "2026-01-09", 13), ("bureau", "2026-01-23", 12), ("organ_strict", None, 12)],
)
def test_presets_without_a_book(run, book_path, preset, first, count):
    found = plan(run("plan", "2026", "--preset", preset, "--json"))
    assert len(found) == count and found[0]["date"] == first
    assert all(set(it) == KEYS for it in found)
    assert all(it["date"] or it["reason"] for it in found)
    assert not book_path.exists(), "computing writes nothing"


def test_the_founding_day_comes_before_julys_own_date(made):
    july = [(it["date"], it["kind"]) for it in plan(made("plan", "2026", "--json")) if it["month"] == 7]
    assert july == [("2026-07-01", "founding_day"), ("2026-07-03", "party_day")]


def test_the_plan_is_written_and_read_again(made):
    first = made("plan", "2026", "--json")
    assert made("plan", "2026", "--preset", "rural_community", "--json") == first
    days = [it["date"] for it in plan(first)]
    assert days == sorted(days) and len(days) == 13


def test_another_preset_only_computes(made, book_path):
    before = book_path.read_bytes()
    assert len(plan(made("plan", "2026", "--preset", "bureau", "--json"))) == 12
    assert book_path.read_bytes() == before


def test_a_year_that_is_not_announced_says_so(made):
    code, out, err = made("plan", "2027", "--json")
    assert code == 0 and "2027年放假安排未公布" in err
    assert all("2027年放假安排未公布" in it["reason"] for it in json.loads(out))
    assert made("holidays", "2027", "--json")[2].startswith("2027年放假安排未公布")


def test_without_a_book_the_usual_preset_is_named(run):
    code, out, err = run("plan", "2026")
    assert code == 0 and out.count("\n") == 13
    assert "农村（社区）党支部" in err and "没有写入" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "2026", "--preset", "village"], "没有「village」这种支部类型"),
        (["plan", "26"], "年份 26 写得不对"),
        (["plan", "0001"], "不在 1949 到 2200 之间"),
        (["holidays", "2026年"], "年份 2026年 写得不对"),
        (["holidays", "import"], "还缺少文件"),
        (["holidays", "import", "/nonexistent/通知.txt"], "打不开"),
        (["holidays", "2026", "x.txt"], "holidays import"),
        (["import", "plan", "/nonexistent/计划.xlsx"], ""),
        (["import"], "还缺少"),
    ],
)
def test_a_mistake_is_one_chinese_sentence(made, arguments, words):
    code, out, err = made(*arguments)
    assert code == 2 and out == ""
    assert words in err and err.count("\n") == 1 and "Traceback" not in err


def test_holidays_are_listed_and_a_notice_imported(made, tmp_path):
    days = plan(made("holidays", "2026", "--json"))
    assert {"date": "2026-10-02", "is_off": True, "name": "国庆节", "statutory": True, "source": "builtin"} in days
    made("plan", "2027")
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE_2027, "utf-8")
    code, out, err = made("holidays", "import", str(notice), "--json")
    assert code == 0 and json.loads(out)["year"] == 2027
    assert "2027-10-08" in err, "a planned date that is a day off now is told"
    assert made("holidays", "2027", "--json")[2] == ""
    assert made("plan", "2027", "--json")[2] == ""


def test_a_notice_moves_the_dates_that_were_planned_before_it(made, tmp_path):
    assert made("plan", "2027")[0] == 0
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE_2027, "utf-8")
    err = made("holidays", "import", str(notice))[2]
    assert "计划中的 2027-10-08 改到 2027-10-15：国庆节放假，顺延至下个周五。" in err
    october = next(line for line in plan(made("plan", "2027", "--json")) if line["month"] == 10)
    assert (october["date"], october["moved_from"]) == ("2027-10-15", "2027-10-01")
    assert "改到" not in made("holidays", "import", str(notice))[2]


def test_the_plan_table_is_imported_after_a_dry_run(made):
    counts = {"added": 12, "changed": 0, "unchanged": 0, "refused": 0, "problems": []}
    assert plan(made("import", "plan", str(SAMPLE), "--dry-run", "--json")) == counts
    assert plan(made("import", "plan", str(SAMPLE), "--json")) == counts
    assert plan(made("import", "plan", str(SAMPLE), "--json")) == {**counts, "added": 0, "unchanged": 12}
    november = plan(made("plan", "2026", "--json"))[11]
    assert (november["date"], november["theme"], november["form"]) == ("2026-11-06", "党史专题学习，流动党员线上交流", "红色教育行动")  # fmt: skip


@pytest.mark.parametrize(
    ("theme", "kept"),
    [("[/foo]张\u202e三", "[/foo]张三"), ("=1+1", "=1+1"), ("'@SUM(A1)", "'@SUM(A1)"), ("长" * 2000, "长" * 2000)],
)
def test_hostile_themes_come_out_as_text(made, tmp_path, theme, kept):
    table = tmp_path / "计划.csv"
    table.write_text(f"活动时间,活动方式,活动内容\n2026年3月,学习,{theme}\n", "utf-8")
    assert made("import", "plan", str(table))[0] == 0
    assert plan(made("plan", "2026", "--json"))[2]["theme"] == kept
    assert made("plan", "2026")[1].count("\n") == 13


def test_the_plan_in_a_process_of_its_own(tmp_path):
    command = [sys.executable, "-m", "partyday_tui", "--book", str(tmp_path / "none.db"), "plan", "2026", "--preset", "bureau", "--json"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    assert done.returncode == 0 and done.stderr == ""
    assert [it["date"] for it in json.loads(done.stdout)][8] is None, (
        "中秋 2026 is a Friday, and the bureau's guide is silent"
    )

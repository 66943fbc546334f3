"""Leave, cases, make-up and attendance without a screen: the same figures, refusals in Chinese with exit code 2."""

import json
from datetime import date

import pytest
from tests.absence_branch import DAY, fill, hold

from partyday_tui.__main__ import main
from partyday_tui.rules.roll import Status

TODAY = str(DAY)


@pytest.fixture
def run(book, book_path, capsys):
    """Run a command on a branch with two absences; answers (exit code, what was printed, JSON where there is one)."""
    fill(book)
    hold(book, date(2026, 10, 9), {"仇伟": Status.ABSENT, "范德": Status.LEAVE})
    hold(book, DAY, {"仇伟": Status.ABSENT}, close=False)
    book.close()

    def call(*words):
        code = main(["--book", str(book_path), "--today", TODAY, *words])
        printed = capsys.readouterr()
        text = printed.out + printed.err
        return code, text, json.loads(printed.out) if "--json" in words and code == 0 else None

    return call


def test_the_roll_is_ended_and_says_what_it_opens(run):
    code, text, _ = run("roll", TODAY, "--close")
    assert code == 0 and "缺席跟进1人" in text
    _, _, found = run("cases", "--open", "--json")
    assert [(it["name"], it["date"]) for it in found] == [
        ("范德", "2026-10-09"),
        ("仇伟", "2026-10-09"),
        ("仇伟", TODAY),
    ]
    assert run("mark", TODAY, "仇伟", "到会")[1].endswith("缺席跟进已撤回，写过的都留着。\n")
    assert run("mark", TODAY, "罗有秀", "缺席")[1].endswith("列入缺席跟进。\n")


def test_cases_are_settled_step_by_step_and_at_once(run):
    code, text, _ = run("cases", "contact", "2026-10-09", "仇伟", "--way", "电话", "--by", "马会计", "--not-reached")
    assert code == 0 and "已记1人次" in text
    run("cases", "visit", "2026-10-09", "仇伟", "范德", "--way", "上门", "--by", "罗有秀", "--class", "因病")
    _, _, found = run("cases", "--open", "--json")
    assert [it["lacking"] for it in found] == [["补课"], ["补课"]]
    assert [step["reached"] for step in found[1]["steps"] if step["step"] == "contact"] == [False, True]
    code, text, made = run("makeup", "add", "2026-10-09", "仇伟", "范德", "--form", "送学上门", "--signed", "--json")
    assert code == 0 and made["id"] == 1
    assert run("cases", "--open", "--json")[2] == []
    assert [it["state"] for it in run("cases", "--json")[2]] == ["已办结", "已办结"]
    (lesson,) = run("makeup", "--json")[2]
    assert [it["signed"] for it in lesson["served"]] == [True, True]


def test_a_slip_is_entered_listed_and_proposed(run):
    code, text, _ = run(
        "leave", "add", "范德", "--from", "2026-11-01", "--to", "2026-11-30", "--class", "外出务工", "--oral"
    )
    assert code == 0 and "口头请假" in text
    (slip,) = run("leave", "--json")[2]
    assert (slip["form"], slip["first_day"], slip["applied_on"], slip["late"]) == ("oral", "2026-11-01", TODAY, True)
    row = next(it for it in run("roll", TODAY, "--json")[2]["rows"] if it["name"] == "范德")
    assert row["proposed"] == "外出务工" and row["status"] == "present"
    assert run("leave", "add", "仇伟", "--event", TODAY, "--class", "因病")[0] == 0
    assert len(run("leave", "--json")[2]) == 2


def test_the_year_has_both_rates_and_the_deductions(run, tmp_path):
    _, _, year = run("attendance", "--year", "2026", "--json")
    first = year["events"][0]
    assert (first["expected"], first["absent"], first["leave"]) == (12, 1, 1) and first["rate"] == 10 / 12
    assert [it["name"] for it in year["members"]][:2] == ["邓金强", "范德"]
    _, _, page = run("attendance", "--member", "仇伟", "--json")
    assert [it["status"] for it in page["events"]] == ["absent", "absent"] and page["cases"] == 1
    for words in ((), ("--member", "仇伟")):
        code, text, _ = run("attendance", *words, "--out", str(tmp_path / "out"))
        assert code == 0 and text.strip().endswith(".xlsx")
    assert run("makeup", "--out", str(tmp_path / "out"))[0] == 0
    assert run("export", "member-year", "仇伟", "2025", "--out", str(tmp_path / "out"))[0] == 0
    run("leave", "add", "仇伟", "--event", TODAY, "--class", "因病")
    assert run("leave", "print", "1", "--out", str(tmp_path / "out"))[1].endswith("仇伟 1号 请假条.xlsx\n")
    assert {path.name.split(" ", 1)[1] for path in (tmp_path / "out").iterdir()} == {
        "2026年 年度出勤统计表.xlsx",
        "2026年 到会率和扣除名单.xlsx",
        "2026年 仇伟 党员全年情况.xlsx",
        "2025年 仇伟 党员全年情况.xlsx",
        "2026年 补课归档册.xlsx",
        f"{TODAY} 仇伟 1号 请假条.xlsx",
    }
    for command in (("attendance",), ("attendance", "--member", "仇伟"), ("cases",), ("makeup",), ("leave",)):
        code, text, _ = run(*command)
        assert code == 0 and text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("cases", "visit"), "请写活动的日期和党员姓名"),
        (("cases", "visit", "2026-03-03", "仇伟"), "没有"),
        (("cases", "contact", "2026-10-09", "没有此人"), "请核对姓名"),
        (("cases", "reason", "2026-10-09", "仇伟"), "请选一类"),
        (("makeup", "add"), "请写活动的日期和党员姓名"),
        (("makeup", "add", "2026-10-09", "仇伟", "--form", ""), "请选一种"),
        (("leave", "add", "仇伟"), "--event 或 --from"),
        (("leave", "add", "仇伟", "--from", "2026-11-09", "--to", "2026-11-01"), "请核对"),
        (("leave", "print", "3"), "请写请假条的编号"),
        (("attendance", "--member", "没有此人"), "请核对姓名"),
        (("roll", "2026-03-03", "--close"), "没有"),
    ],
)
def test_a_refusal_is_one_sentence_with_the_next_step(run, words, sentence):
    code, text, _ = run(*words)
    assert code == 2 and sentence in text and "Traceback" not in text


def test_the_help_is_chinese(run, capsys):
    for command in ("leave", "cases", "makeup", "attendance"):
        with pytest.raises(SystemExit):
            main([command, "-h"])
        assert "用法" in capsys.readouterr().out

"""Dues and the doctor from the command line: figures as integer fen, one sentence where something is wrong."""

import json
import sqlite3

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.__main__ import main


@pytest.fixture
def path(book_path):
    dues_branch(book_path).close()
    return book_path


def run(path, *words):
    return main(["--book", str(path), "--today", "2026-11-06", *words])


def figures(path, capsys, *words):
    assert run(path, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("category", "base", "fen"),
    [
        ("在职", "2345.67", 1173),
        ("wage", "3000.01", 3000),
        ("离退休", "5000.01", 5000),
        ("农民", "0", 50),
        ("学生", "0", 20),
    ],
)
def test_assessing_needs_no_book(tmp_path, capsys, category, base, fen):
    found = figures(tmp_path / "none.db", capsys, "dues", "assess", "--category", category, "--base", base)
    assert (found["monthly_fen"], found["yearly_fen"]) == (fen, 12 * fen)
    assert found["sentence"] and found["notice"] and isinstance(found["monthly_fen"], int)


def test_the_day_at_the_table(path, capsys):
    paid = figures(path, capsys, "dues", "collect", "安一", "--month", "2026-11")
    assert (paid["amount_fen"], paid["in_hand_fen"]) == (50, 50)
    entry = paid["entries"][0]
    assert (entry["kind"], entry["month"], entry["method"], entry["due_fen"]) == ("dues", "2026-11", "cash", 50)
    figures(path, capsys, "dues", "collect", "丁四", "--month", "2026-11", "--method", "代交", "--payer", "丁妻")
    back = figures(path, capsys, "dues", "reverse", "1", "--reason", "记错")
    assert (back["entries"][0]["reverses"], back["in_hand_fen"]) == (1, 1173)
    remitted = figures(path, capsys, "dues", "remit", "--amount", "10", "--receipt", "77")
    assert remitted["in_hand_fen"] == 173
    status = figures(path, capsys, "dues", "status", "--month", "2026-11")
    assert (status["expected"], status["paid"], status["due_fen"], status["paid_fen"]) == (5, 1, 2931, 1173)
    ledger = figures(path, capsys, "dues", "ledger", "--year", "2026")
    assert [entry["amount_fen"] for entry in ledger["entries"]] == [50, 1173, -50, 1000]
    assert (ledger["collected_fen"], ledger["remitted_fen"], ledger["in_hand_fen"]) == (1173, 1000, 173)
    closed = figures(
        path, capsys, "dues", "close", "2026-11", "--defer", "安一=外出", "--rest-unpaid", "--counted", "1.73"
    )
    assert (closed["paid"], closed["deferred"], closed["unpaid"], closed["closed_on"]) == (1, 1, 3, "2026-11-06")
    assert figures(path, capsys, "doctor")["ok"] is True


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["assess", "--category", "神仙"], "没有「神仙」这个党费类别"),
        (["assess", "--category", "在职"], "要有月收入"),
        (["assess", "--category", "在职", "--base", "1.234"], "写到分为止"),
        (["assess"], "--category"),
        (["collect", "无名"], "名册里没有「无名」"),
        (["collect", "安一", "--month", "2026-13"], "月份 2026-13 写得不对"),
        (["collect", "安一", "--method", "支部"], "没有「支部」这种方式"),
        (["collect", "安一", "--voluntary"], "--amount"),
        (["reverse", "9", "--reason", "错"], "没有第 9 笔"),
        (["remit"], "没有未上缴"),
        (["close", "2026-12"], "还没有到"),
        (["import", "没有.xlsx"], "没有"),
    ],
)
def test_a_mistake_is_one_sentence(path, capsys, words, told):
    assert run(path, "dues", *words) == 2
    said = capsys.readouterr()
    assert told in said.err and said.err.count("\n") == 1 and said.out == ""


def test_assessing_a_member_and_carrying_over(path, capsys):
    found = figures(
        path, capsys, "dues", "assess", "丁四", "--category", "在职", "--part", "岗位工资=4000", "--from", "2026-07",
        "--reason", "调资", "--approved-by", "支委会", "--approved-on", "2026-07-03",
    )  # fmt: skip
    assert (found["monthly_fen"], found["valid_from"]) == (4000, "2026-07")
    assert run(path, "dues", "carry", "--year", "2027") == 0
    assert "沿用上年基数核定 5 人" in capsys.readouterr().out
    assert run(path, "dues", "term", "安一", "--last", "2026-06", "--reason", "转出") == 0
    assert run(path, "dues", "publish", "--year", "2026", "--place", "公开栏") == 0
    capsys.readouterr()
    sheet = figures(path, capsys, "dues", "sheet", "--year", "2026")
    assert sheet["published"] == [{"on": "2026-11-06", "place": "公开栏"}]
    assert {row["name"]: row["due_fen"] for row in sheet["rows"]}["安一"] == 300


def test_the_base_figures_come_in(path, capsys, tmp_path):
    sheet = tmp_path / "基数.csv"
    sheet.write_text("姓名,类别,月工资收入\n丁四,在职,4200\n外人,农民,\n", "utf-8")
    seen = figures(path, capsys, "dues", "import", str(sheet), "--year", "2026", "--dry-run")
    assert (seen["changed"], seen["unknown"], seen["written"]) == (1, 1, 0)
    done = figures(
        path, capsys, "dues", "import", str(sheet), "--year", "2026", "--from", "2026-08", "--reason", "调资"
    )
    assert done["written"] == 1
    row = next(row for row in figures(path, capsys, "dues", "ledger")["rows"] if row["name"] == "丁四")
    assert [month["due_fen"] for month in row["months"]] == [1173] * 7 + [4200] * 5


def test_the_doctor_fails_loudly(path, capsys):
    run(path, "dues", "collect", "安一")
    with sqlite3.connect(path) as other:
        other.execute("DROP TRIGGER dues_entry_is_never_changed")
        other.execute("UPDATE dues_entry SET amount_fen = 49 WHERE id = 2")
    other.close()
    capsys.readouterr()
    assert run(path, "doctor", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False and found["broken_entries"] == [2]
    assert run(path, "doctor") == 1
    assert "第 2 笔" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["ledger"], ["status"], ["sheet"]])
def test_words_without_json_and_help(path, capsys, words):
    if words:
        assert run(path, "dues", *words) == 0
        assert "元" in capsys.readouterr().out
    else:
        with pytest.raises(SystemExit):
            run(path, "dues", "-h")
        assert "核定" in capsys.readouterr().out


def test_every_command_answers_in_figures(path, capsys, tmp_path):
    term = figures(path, capsys, "dues", "term", "安一", "--first", "2026-03", "--reason", "介绍信写明")
    assert (term["name"], term["first"], term["last"]) == ("安一", "2026-03", None)
    carried = figures(
        path, capsys, "dues", "carry", "--year", "2027", "--approved-by", "支委会", "--approved-on", "2026-11-06"
    )
    assert [each["monthly_fen"] for each in carried["written"]] == [50, 50, 50, 1173, 1608]
    assert figures(path, capsys, "dues", "fixed", "--year", "2029")["written"] == []
    fixed = figures(path, capsys, "dues", "fixed", "--from", "2029-02", "--unnamed-as", "农民")["written"]
    assert {(each["category"], each["valid_from"], each["monthly_fen"]) for each in fixed} == {("农民", "2029-02", 50)}
    away = figures(
        path, capsys, "dues", "away", "白二", "--first", "2026-03", "--last", "2026-05", "--place", "深圳某支部"
    )
    assert away["away"] == [{"first": "2026-03", "last": "2026-05", "place": "深圳某支部"}]
    assert figures(path, capsys, "dues", "away", "白二", "--first", "2026-03", "--withdraw")["away"] == []
    sheet = tmp_path / "基数.csv"
    sheet.write_text("姓名,类别,月工资收入\n丁四,在职,5000.01\n白二,农民,\n", "utf-8-sig")
    preview = figures(path, capsys, "dues", "import", str(sheet), "--dry-run")
    assert (preview["changed"], preview["unchanged"], preview["written"]) == (1, 1, 0)
    written = figures(path, capsys, "dues", "import", str(sheet), "--from", "2026-11", "--reason", "调资")
    assert written["written"] == 1
    paid = figures(path, capsys, "dues", "collect", "丁四", "--month", "2026-11", "--method", "微信", "--payer", "丁妻")
    assert (paid["amount_fen"], paid["in_hand_by_pot_fen"]) == (7500, {"cash": 0, "wechat": 7500, "transfer": 0})
    assert run(path, "dues", "remit", "--method", "现金", "--json") == 2
    assert "现金一项没有未上缴的党费" in capsys.readouterr().err
    handed = figures(path, capsys, "dues", "remit", "--receipt", "77")["entries"][0]
    assert handed["method"] == "wechat"
    kept = figures(path, capsys, "dues", "receipt", str(handed["id"]), "--receipt", "78")
    assert kept == {"entries": [handed["id"]], "receipt_no": "78"}
    assert figures(path, capsys, "dues", "fund", "returned", "--amount", "20")["amount_fen"] == 2000
    closed = figures(path, capsys, "dues", "close", "2026-11", "--rest-unpaid")
    assert (closed["paid"], closed["unpaid"], closed["in_hand_fen"]) == (1, 4, 0)
    late = figures(path, capsys, "dues", "collect", "白二", "--month", "2026-11")
    assert (late["entries"][0]["date"], late["entries"][0]["kind"]) == ("2026-11-06", "dues")
    assert figures(path, capsys, "dues", "publish", "--year", "2026")["collected_fen"] == 7550
    shown = figures(path, capsys, "dues", "sheet", "--year", "2026")
    assert (shown["by_kind_fen"]["returned"], shown["published"][0]["on"]) == (2000, "2026-11-06")


def test_a_rule_changed_today_reaches_what_is_assessed_today(path, capsys):
    from datetime import date

    from partyday_tui.clock import Clock
    from partyday_tui.services.books import open_existing
    from partyday_tui.services.presets import override_rule

    book = open_existing(path, Clock(date(2026, 11, 6)))
    override_rule(book, "dues.farmer_monthly_fen", 100, "镇里要求")
    book.close()
    assert figures(path, capsys, "dues", "assess", "--category", "农民")["monthly_fen"] == 100
    assessed = figures(path, capsys, "dues", "assess", "安一", "--category", "农民", "--reason", "标准改了")
    assert (assessed["monthly_fen"], assessed["valid_from"]) == (100, "2026-01")


def test_for_the_retired_the_branch_agrees_and_for_others_the_superior(path, capsys):
    words = ("--monthly", "5", "--reason", "生活困难", "--relief-on", "2026-11-06", "--from", "2026-11")
    assert run(path, "dues", "assess", "丁四", "--category", "在职", "--base", "2345.67", *words) == 2
    assert "上级党委批准" in capsys.readouterr().err
    found = figures(path, capsys, "dues", "assess", "冯五", "--category", "离退休", "--base", "3215", *words)
    assert (found["monthly_fen"], found["by_table_fen"], found["checked"]) == (500, 1608, "text")
    assert (found["base_checked"], found["holds_from_known"]) == ("quoted", True)


def test_what_is_in_hand_is_of_whatever_year(path, capsys):
    assert run(path, "dues", "collect", "安一", "--month", "2026-11", "--json") == 0
    capsys.readouterr()
    for words in (("ledger", "--year", "2025"), ("sheet", "--year", "2025"), ("ledger", "--year", "2026")):
        found = figures(path, capsys, "dues", *words)
        assert (found["collected_fen"], found["in_hand_fen"]) == (50 if "2026" in words else 0, 50)


def test_what_is_paid_too_much_is_told_when_it_is_assessed_and_in_the_status(path, capsys):
    assert run(path, "dues", "collect", "丁四") == 0
    words = ("--category", "农民", "--from", "2026-11", "--reason", "务农")
    assert run(path, "dues", "assess", "丁四", *words) == 0
    assert "2026-11 已交的比应交多，共多交 11.23 元；请冲正后重新收" in capsys.readouterr().out
    found = {row["name"]: row["overpaid_fen"] for row in figures(path, capsys, "dues", "status")["rows"]}
    assert (found["丁四"], found["安一"]) == (1123, 0)
    assert run(path, "dues", "status") == 0
    assert "多交11.23（见党费卡）。" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("collect", "安一", "--month", "9999-12", "--amount", "5"), "月份 9999-12 记不了党费，请核对"),
        (("collect", "安一", "--month", "2007-12", "--amount", "5"), "年份 2007 记不了党费，请核对"),
        (("away", "安一", "--first", "9999-12", "--place", "深圳"), "月份 9999-12 记不了党费，请核对"),
        (("term", "安一", "--first", "9999-12", "--reason", "x"), "月份 9999-12 记不了党费，请核对"),
        (("close", "0001-01"), "月份 0001-01 记不了党费，请核对"),
        (("publish", "--year", "0001", "--place", "x"), "年份 1 记不了党费，请核对"),
        (("assess", "安一", "--category", "农民", "--year", "9999"), "年份 9999 记不了党费，请核对"),
        (("assess", "安一", "--category", "农民", "--from", "1999-01"), "年份 1999 记不了党费，请核对"),
        (("reverse", "9" * 23, "--reason", "x"), f"台账里没有第 {'9' * 23} 笔"),
        (("receipt", "9" * 23, "--receipt", "x"), f"第 {'9' * 23} 笔不是上缴"),
        (("assess", "安一", "--category", "农民", "--year", "2027", "--from", "2026-11", "--reason", "x"), "--from 2026-11 不在 --year 2027 里"),
        (("fixed", "--year", "2027", "--from", "2026-11"), "--from 2026-11 不在 --year 2027 里"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(path, capsys, words, sentence):
    before = path.read_bytes()
    assert run(path, "dues", *words) == 2
    told = capsys.readouterr().err
    assert sentence in told and len(told.splitlines()) == 1
    assert path.read_bytes() == before


def test_a_close_tells_what_it_shuts_and_whom_it_has_no_note_for(path, capsys):
    assert run(path, "dues", "close", "2026-09", "--rest-unpaid") == 0
    assert capsys.readouterr().err == ""
    assert run(path, "dues", "collect", "安一") == 0
    assert run(path, "dues", "term", "白二", "--last", "2026-08", "--reason", "转出") == 0
    capsys.readouterr()
    assert (
        run(path, "dues", "close", "2026-11", "--unpaid", "安一", "--defer", "白二=外出", "--rest-unpaid", "--json")
        == 0
    )
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "2026-10 还没有单独月结，结了 2026-11 以后它也不能再结，请先结前面的月份。",
        "白二 不在这个月应交的人里，没有记缓交；姓名写错了的请核对。",
        "安一 这个月已交，没有记未交；姓名写错了的请核对。",
    ]
    assert json.loads(out)["warnings"] == err.splitlines()

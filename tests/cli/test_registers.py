"""``partyday register`` as scripts use it."""

import json

import pytest
from tests.ui.looking import HOSTILE

from partyday_tui.__main__ import main
from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing


@pytest.fixture
def run(book, book_path, capsys):
    """Run a command on a book with three members; returns (exit code, stdout, stderr)."""
    with book.act("造数") as act:
        act.connection.execute(
            "INSERT INTO member (id, name, reading, kind) VALUES (1, '安一', 'an yi', 'full'), (2, '白二', 'bai er', 'full'), "
            "(3, '白二', 'bai er', 'full')"
        )
    book.close()

    def command(*arguments):
        code = main(["--book", str(book_path), "--today", "2026-11-06", "register", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def read(answer):
    code, out, _ = answer
    assert code == 0
    return json.loads(out)


def test_every_register_is_listed_with_what_waits(run):
    assert run("inspection", "add", "--set", "by_whom=镇党委", "--set", "mend_by=2026-11-06")[0] == 0
    listed = {it["name"]: it for it in read(run("--json"))}
    assert listed["inspection"] == {
        "name": "inspection", "title": "上级检查", "count": 1, "waiting": {"待整改": 1}, "late": 0, "missing": 0,
    }  # fmt: skip
    assert listed["talk"]["missing"] == 3
    assert "上级检查\t1\t待整改1" in run()[1]


def test_an_entry_is_added_and_read(run):
    assert read(
        run("volunteering", "add", "安一", "2", "--set", "project=清河道", "--set", "served_minutes=1.5", "--json")
    ) == {
        "ids": [1, 2],
        "told": [],
    }
    rows = read(run("志愿服务", "--json"))
    assert rows[0] == {
        "id": 2, "on_date": "2026-11-06", "project": "清河道", "served_minutes": 90, "note": "", "members": ["白二"],
        "member_ids": [2], "state": "",
    }  # fmt: skip
    assert [it["members"] for it in read(run("volunteering", "--member", "安一", "--json"))] == [["安一"]]
    assert read(run("volunteering", "--year", "2025", "--json")) == []
    assert "共2条" in run("volunteering")[1]


def test_what_is_open_alone(run):
    run(
        "visit",
        "add",
        "安一",
        "--set",
        "occasion=七一",
        "--set",
        "on_date=2026-06-28",
        "--set",
        "reported_on=2026-07-03",
    )
    run("visit", "add", "安一", "--set", "occasion=日常")
    assert [it["state"] for it in read(run("visit", "--open", "--json"))] == ["未通报"]


def test_what_is_private_is_not_told(run):
    run("superior_report", "add", "--set", "kind=违纪违法情况", "--set", "note=机密")
    code, out, _ = run("superior_report", "--json")
    assert code == 0 and "机密" not in out + run("superior_report")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("无此台账",), "没有「无此台账」这个台账，请用：谈心谈话（talk）"),
        (("talk", "add", "安一", "--set", "topic=思想"), "至少要有两名党员"),
        (("talk", "add", "安一", "白二", "--set", "topic=思想"), "有 2 位「白二」，请写编号代替姓名"),
        (("talk", "add", "安一", "无人", "--set", "topic=思想"), "名册里没有「无人」"),
        (("talk", "add", "安一", "2", "--set", "topic"), "请写成 项=值"),
        (("talk", "add", "安一", "2", "--set", "subject=x"), "没有「subject」这一项"),
        (("talk", "add", "安一", "2"), "「话题」还没有填"),
        (("talk", "remove"), "add"),
        (("development", "add"), "请写一位申请人的姓名"),
        (("development", "add", "何树苗", "--set", "1=昨天"), "请写成 第几道=日期"),
        (("development", "add", "何树苗", "--set", "26=2026-01-05"), "没有第 26 道"),
    ],
)
def test_a_refusal_is_one_sentence_and_nothing_is_written(run, book_path, arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "") and said in err and len(err.strip().splitlines()) == 1
    book = open_existing(book_path, Clock())
    assert book.rows("SELECT (SELECT count(*) FROM talk) + (SELECT count(*) FROM candidate)")[0][0] == 0
    book.close()


def test_the_development_of_members(run):
    assert "办得迟" in run("development", "add", "何树苗", "--set", "2=2026-03-01", "--set", "1=2026-01-05")[1]
    assert read(run("发展党员", "add", "何树苗", "--set", "3=2026-04-01", "--json")) == {"id": 1, "told": []}
    (line,) = read(run("development", "--json"))
    assert (line["done"], line["next_step"], line["due"]) == (3, 4, "2026-10-01")
    assert line["steps"] == {"1": "2026-01-05", "2": "2026-03-01", "3": "2026-04-01"}
    assert {it["kind"] for it in line["told"]} == {"办得迟", "逾期"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_or_refused_and_never_steers(run, text):
    code, _, err = run("problem", "add", "--set", f"title={text}")
    rows = read(run("problem", "--json"))
    assert code == 0 and len(rows) == 1, err
    assert not any(ord(char) < 32 or char == "\u202e" for char in rows[0]["title"])

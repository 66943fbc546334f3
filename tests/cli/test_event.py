"""``partyday event``, ``duties`` and ``presets``: read as JSON, written by scripts, refused in one sentence."""

import json

import pytest

from partyday_tui.cli.run import run
from partyday_tui.errors import UserMistake


@pytest.fixture
def partyday(book, book_path, capsys):
    """Run a command on a fresh book with a plan; returns what it printed."""
    book.close()

    def go(*words):
        capsys.readouterr()
        assert run(["--book", str(book_path), "--today", "2026-11-06", *words]) == 0
        return capsys.readouterr().out

    go("plan", "2026")
    return go


def test_what_a_script_writes_is_read_back(partyday):
    partyday("event", "2026-11-06", "set", "主持人=罗有秀", "recorder=马会计", "主题=党史=学习", "公示日期=2026-11-01")
    partyday("event", "2026-11-06", "step", "召集会议", "--on", "2026-11-06", "--person", "罗有秀")
    partyday("event", "2026-11-06", "tick", "党费收缴=已收41人", "重温入党誓词")
    partyday("event", "2026-11-06", "tick", "党费收缴=已收42人")
    found = json.loads(partyday("event", "2026-11-06", "--json"))
    assert (found["host"], found["host_post"], found["recorder"]) == ("罗有秀", "书记", "马会计")
    assert (found["theme"], found["notice_on"]) == ("党史=学习", "2026-11-01")
    assert found["steps"] == [{"name": "召集会议", "on": "2026-11-06", "person": "罗有秀", "note": ""}]
    assert {tick["word"]: tick["detail"] for tick in found["ticks"]} == {"党费收缴": "已收42人", "重温入党誓词": ""}
    assert {part["state"] for part in found["parts"]} <= {"有", "缺", "不要求"}
    assert "主持和记录\t有" in partyday("event", "2026-11-06")


def test_an_event_is_added_with_its_kinds(partyday):
    added = json.loads(
        partyday(
            "event", "add", "2026-11-10", "--kind", "lesson", "--kind", "branch_meeting", "--theme", "讲党课", "--json"
        )
    )
    found = json.loads(partyday("event", added["date"], "--json"))
    assert (found["id"], found["kinds"], found["theme"]) == (added["id"], ["branch_meeting", "lesson"], "讲党课")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("event", "2026-11-06", "do", "x"), "没有「do」这个做法"),
        (("event", "2026-11-06", "set"), "还缺少内容"),
        (("event", "2026-11-06", "set", "天气=晴"), "「天气=晴」没有看懂"),
        (("event", "2026-11-06", "set", "公示日期=明天"), "明天"),
        (("event", "六号",), "六号"),
        (("event", "2026-11-07",), "没有安排活动"),
        (("event", "add", "2026-11-10"), "没有选活动类别"),
        (("presets", "nothing"), "没有「nothing」"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_with_the_next_step(partyday, words, sentence):
    with pytest.raises(UserMistake, match=sentence):
        partyday(*words)


def test_the_duties_of_a_month_as_json_and_as_lines(partyday):
    found = json.loads(partyday("duties", "--month", "11", "--json"))
    year = json.loads(partyday("duties", "--json"))
    assert {duty["key"] for duty in found} < {duty["key"] for duty in year}
    assert all(duty["sentence"] and duty["code"] and duty["state"] for duty in year)
    assert {"period", "due_on", "evidence", "missing", "count"} <= set(found[0])
    assert "「每月第一周的周五开展活动" in partyday("duties", "--year", "2026", "--month", "11")


def test_presets_are_listed_and_read_as_json(partyday):
    every = json.loads(partyday("presets", "--json"))
    assert len(every) == 10
    one = json.loads(partyday("presets", "organ_strict", "--json"))
    assert len(one["rules"]) == next(it["rules"] for it in every if it["id"] == "organ_strict")
    assert {rule["key"] for rule in one["rules"]} >= {"notice.days_before", "attendance.threshold_percent"}
    assert "rural_community\t" in partyday("presets")
    assert "提前公示\t5天" in partyday("presets", "organ_strict").replace(" ", "")

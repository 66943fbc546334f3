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
            "event", "add", "2026-11-10", "--kind", "党课", "--kind", "branch_meeting", "--theme", "讲党课", "--json"
        )
    )
    found = json.loads(partyday("event", added["date"], "--json"))
    assert (found["id"], found["kinds"], found["theme"]) == (added["id"], ["branch_meeting", "lesson"], "讲党课")


def test_every_part_of_a_record_can_be_written_by_a_script(partyday, tmp_path):
    photo = tmp_path / "合影.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 not much of a picture")
    partyday("import", "roster", "tests/samples/党员花名册-柳湾村.xlsx")
    names = [it["name"] for it in json.loads(partyday("members", "--json"))][:2]
    at = ("event", "2026-11-06")
    partyday(*at, "runup", "研究主题", "--on", "2026-11-03")
    partyday(*at, "agenda", "19:30 重温入党誓词（罗有秀）", "交纳党费")
    partyday(*at, "lecture", "学习二十大精神", "--person", "罗有秀", "--role", "书记")
    partyday(*at, "comment", "优点=准时", "努力方向=多讨论", "--person", "罗有秀")
    partyday(*at, "oath", names[0])
    partyday(*at, "oath", names[1])
    partyday(*at, "read", "总纲", "第八章")
    partyday(*at, "picture", str(photo))
    found = json.loads(partyday(*at, "--json"))
    assert [it["title"] for it in found["run_up"]] == ["研究主题"] and found["run_up"][0]["on"] == "2026-11-03"
    assert [(it["starts_at"], it["what"], it["who"]) for it in found["agenda"]] == [
        ("19:30", "重温入党誓词", "罗有秀"),
        ("", "交纳党费", ""),
    ]
    assert [(it["lecturer"], it["role"], it["title"]) for it in found["lectures"]] == [
        ("罗有秀", "书记", "学习二十大精神")
    ]
    assert (found["comments"][0]["strengths"], found["comments"][0]["direction"]) == ("准时", "多讨论")
    assert {it["name"] for it in found["member_ticks"]} == set(names)
    assert found["pictures"][0]["file_name"] == "合影.jpg" and len(found["pictures"][0]["sha256"]) == 64
    assert "lesson" in found["kinds"] and len(found["segments"]) == 2


def test_the_steps_of_the_rules_can_be_named_by_their_number(book, book_path, capsys):
    from partyday_tui.services.presets import switch_preset

    switch_preset(book, "organ_strict", "换类型")
    book.close()
    begin = ["--book", str(book_path), "--today", "2026-11-06"]
    run([*begin, "plan", "2026"])
    day = next(it["date"] for it in _json(capsys, [*begin, "plan", "2026", "--json"]) if it["month"] == 11)
    run([*begin, "event", day, "step", "5"])
    assert [it["name"] for it in _json(capsys, [*begin, "event", day, "--json"])["steps"]] == ["党员签到"]
    with pytest.raises(UserMistake, match="没有第 10 步"):
        run([*begin, "event", day, "step", "10"])


def _json(capsys, words):
    capsys.readouterr()
    run(words)
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("event", "2026-11-06", "step", "4"), "没有第 4 步"),
        (("event", "2026-11-06", "oath", "没有这人"), "名册里没有「没有这人」"),
        (("event", "2026-11-06", "read", "第九十章"), "对不上诵读计划"),
        (("event", "2026-11-06", "comment", "好"), "没有看懂"),
        (("event", "2026-11-06", "group", "第九党小组"), "没有「第九党小组」"),
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

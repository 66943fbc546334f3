from datetime import date
from pathlib import Path

import pytest

from partyday_tui.excel.read import read_grids
from partyday_tui.rules.partial_date import PartialDate
from partyday_tui.rules.roster_entry import RosterEntry, RowProblem
from partyday_tui.rules.roster_heads import find_roster
from partyday_tui.rules.roster_row import read_row
from partyday_tui.rules.roster_words import TAGS

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = date(2026, 11, 6)


def read(**raw: object) -> tuple[RosterEntry | None, list[str]]:
    """Entry and the fields of its problems, for a row of 张三 with these cells."""
    entry, problems = read_row(4, {"name": "张三", **raw}, TODAY)
    return entry, [problem.field for problem in problems]


def read_sample(name: str) -> tuple[list[RosterEntry], list[RowProblem]]:
    table = find_roster(read_grids(SAMPLES / name)[0].rows)
    assert table.unknown == ()
    results = [read_row(number, raw, TODAY) for number, raw in table.rows]
    return [entry for entry, _ in results if entry], [problem for _, found in results for problem in found]


def test_the_whole_sample_roster_without_a_false_alarm():
    entries, problems = read_sample("党员花名册-柳湾村.xlsx")
    assert problems == []
    assert len(entries) == 44
    assert [entry.name for entry in entries].count("王建国") == 2
    assert {entry.name for entry in entries if entry.kind == "probationary"} == {"曾红", "区小明"}
    assert all(entry.identity and entry.born_on and entry.joined_on and entry.dues_category for entry in entries)
    assert sum(entry.floating for entry in entries) == 9
    assert {entry.group for entry in entries} == {"第一党小组", "第二党小组", "第三党小组"}
    assert [entry.post for entry in entries if entry.post] == ["书记", "副书记", "组织委员", "宣传委员", "纪检委员"]
    by_name = {entry.name: entry for entry in entries}
    assert "仇伟" in by_name and by_name["阿依古丽·买买提"].ethnicity == "维吾尔族"
    assert by_name["区德杰"].tags == {"hardship"} and by_name["黄秀杰"].tags == {"infirm"}
    first = by_name["罗有秀"]
    assert first == RosterEntry(
        name="罗有秀",
        kind="full",
        sex="男",
        ethnicity="汉族",
        born_on=PartialDate(1947, 9, 4),
        education="大专",
        identity="999999194709046433",
        joined_on=PartialDate(1978, 10),
        confirmed_on=PartialDate(1979, 10),
        group="第一党小组",
        post="书记",
        dues_category="retired",
        phone="19613186091",
        job="离退休",
        denied=frozenset({"floating"}),
    )


def test_the_other_samples_without_a_false_alarm():
    entries, problems = read_sample("支部党员名单.xls")
    assert (len(entries), problems) == (23, [])
    assert [entry.name for entry in entries if entry.kind == "probationary"] == ["魏斌敏"]
    entries, problems = read_sample("党员导出.csv")
    assert problems == []
    assert all(entry.identity and entry.phone and entry.joined_on for entry in entries)


@pytest.mark.parametrize("name", ["", None, "  ", "\u200b", "字" * 41, 44.0, "2026.7", "-", "民族"])
def test_without_a_fit_name_the_row_is_refused(name: object):
    entry, fields = read(name=name, sex="男")
    assert (entry, fields) == (None, ["name"])


@pytest.mark.parametrize("kind", ["入党积极分子", "发展对象", "入党申请人", "群众", "共青团员"])
def test_people_who_are_no_members_belong_elsewhere(kind: str):
    entry, problems = read_row(7, {"name": "张三", "kind": kind}, TODAY)
    assert entry is None
    assert [(problem.row, problem.field) for problem in problems] == [(7, "kind")]
    assert "列席" in problems[0].message


@pytest.mark.parametrize(
    ("raw", "kind", "fields"),
    [
        ({"kind": "正式党员"}, "full", []),
        ({"kind": "预备党员"}, "probationary", []),
        ({"kind": "中共预备党员"}, "probationary", []),
        ({"kind": "中共党员", "joined_on": "1990.7"}, "full", []),
        ({"kind": "正式党员", "confirmed_on": "2027-01-01"}, "full", []),
        ({"confirmed_on": "2026-12-02"}, "probationary", []),
        ({"joined_on": "2026-03-06"}, "probationary", []),
        ({"joined_on": "1990-03-06"}, "full", []),
        ({}, "full", []),
        ({"kind": "二级"}, "full", ["kind"]),
    ],
)
def test_kinds(raw: dict[str, object], kind: str, fields: list[str]):
    entry, problems = read(**raw)
    assert entry is not None and (entry.kind, problems) == (kind, fields)


@pytest.mark.parametrize(
    ("raw", "kept", "fields"),
    [
        ({"identity": "999999194709046434"}, {"identity": None}, ["identity"]),
        ({"identity": 9.99999194709046e17}, {"identity": None}, ["identity"]),
        ({"identity": "无"}, {"identity": None}, []),
        ({"born_on": "72年"}, {"born_on": None}, ["born_on"]),
        ({"joined_on": "1972-02-30"}, {"joined_on": None}, ["joined_on"]),
        ({"joined_on": 26481.0}, {"joined_on": PartialDate(1972, 7, 1)}, []),
        ({"sex": "男性"}, {"sex": "男"}, []),
        ({"sex": "M"}, {"sex": ""}, ["sex"]),
        ({"ethnicity": "汉"}, {"ethnicity": "汉族"}, []),
        ({"ethnicity": "穿青人"}, {"ethnicity": "穿青人"}, []),
        ({"post": "党员"}, {"post": ""}, []),
        ({"post": "书记"}, {"post": "书记"}, []),
        ({"dues_category": "农民"}, {"dues_category": "farmer", "job": "农民"}, []),
        ({"dues_category": "农民", "job": "电工"}, {"dues_category": "farmer", "job": "电工"}, []),
        ({"dues_category": "低保农民"}, {"dues_category": "relief"}, []),
        ({"dues_category": "企业退休"}, {"dues_category": "retired"}, []),
        ({"dues_category": "某"}, {"dues_category": ""}, ["dues_category"]),
        ({"phone": 13812341234.0}, {"phone": "13812341234", "landline": ""}, []),
        ({"phone": "138 1234 1234"}, {"phone": "13812341234"}, []),
        ({"phone": "0712-2345678"}, {"phone": "", "landline": "0712-2345678"}, []),
        ({"phone": "1381234"}, {"phone": "1381234"}, ["phone"]),
        ({"phone": "无"}, {"phone": ""}, []),
        ({"phone": "139-0000-0004"}, {"phone": "13900000004"}, []),
        ({"phone": "+86 138 0000 0001"}, {"phone": "13800000001"}, []),
        ({"phone": "(0851)86543210"}, {"phone": "", "landline": "(0851)86543210"}, []),
        ({"phone": "13800000001、13900000001"}, {"phone": "13800000001、13900000001"}, ["phone"]),
        ({"ethnicity": "汉 族"}, {"ethnicity": "汉族"}, []),
        ({"group": "第 一 党 小 组"}, {"group": "第一党小组"}, []),
        ({"job": "支部书记"}, {"post": "支部书记", "job": ""}, []),
        ({"job": "副书记、组织委员"}, {"post": "副书记、组织委员", "job": ""}, []),
        ({"job": "支部书记", "post": ""}, {"post": "", "job": "支部书记"}, []),
        ({"job": "县委副书记"}, {"post": "", "job": "县委副书记"}, []),
        ({"job": "党员"}, {"post": "", "job": ""}, []),
        ({"job": "电工"}, {"post": "", "job": "电工"}, []),
        ({"name": "王玉兰(女)"}, {"name": "王玉兰", "sex": "女"}, []),
        ({"name": "张强（预备）"}, {"name": "张强", "kind": "probationary", "sex": ""}, []),
        ({"name": "张强（小）"}, {"name": "张强（小）"}, []),
        ({"note": "2026年已转出"}, {"note": "2026年已转出"}, ["note"]),
        ({"joined_on": "2090-01-01"}, {"joined_on": PartialDate(2090, 1, 1)}, ["joined_on"]),
        ({"identity": "999999209001010012"}, {"identity": "999999209001010012"}, ["identity"]),
        ({"born_on": "2027"}, {"born_on": PartialDate(2027)}, ["born_on"]),
        ({"born_on": "1960.1", "joined_on": "1977.12"}, {"joined_on": PartialDate(1977, 12)}, ["joined_on"]),
        ({"born_on": "1960.12", "joined_on": "1978.1"}, {"joined_on": PartialDate(1978, 1)}, []),
        ({"name": "文化", "identity": "999999196003087531"}, {"name": "文化"}, []),
        ({"note": "父亲未去世"}, {"note": "父亲未去世"}, []),
        ({"floating": "是", "destination": "武汉"}, {"floating": True, "destination": "武汉"}, []),
        ({"floating": "流动党员"}, {"floating": True}, []),
        ({"floating": "非流动党员"}, {"floating": False}, []),
        ({"floating": "常年"}, {"floating": False}, ["floating"]),
        ({"floating": "否", "destination": "武汉"}, {"floating": False, "destination": "武汉"}, ["destination"]),
        ({"destination": "武汉"}, {"floating": True}, []),
        (
            {"lost_contact": "是", "lost_since": "202001"},
            {"lost_contact": True, "lost_since": PartialDate(2020, 1)},
            [],
        ),
        ({"membership_state": "停止党籍"}, {"membership_state": "suspended"}, []),
        ({"membership_state": "正常"}, {"membership_state": "normal"}, []),
        ({"membership_state": "待定"}, {"membership_state": "normal"}, ["membership_state"]),
        ({"note": "年老体弱，生活困难"}, {"tags": {"infirm", "hardship"}, "note": "年老体弱，生活困难"}, []),
        ({"note": "党员领导干部、流动党员"}, {"tags": {"leading_cadre", "floating"}}, []),
        ({"note": "无困难，非流动党员"}, {"tags": frozenset()}, []),
        ({"hardship": "是", "infirm": "否"}, {"tags": {"hardship"}}, []),
        ({"address": "=1+1[/foo]"}, {"address": "=1+1[/foo]"}, []),
        ({"address": "柳\u202e湾"}, {"address": "柳湾"}, ["address"]),
        ({"address": "字" * 201}, {"address": ""}, ["address"]),
        ({"post": "字" * 41}, {"post": ""}, ["post"]),
        ({"note": "字" * 2001}, {"note": ""}, ["note"]),
        ({"kind": "正式党员"}, {"kind_stated": True}, []),
        ({"kind": "中共党员"}, {"kind_stated": False}, []),
        ({"joined_on": "2026-03-06"}, {"kind": "probationary", "kind_stated": False}, []),
        ({"floating": "否", "hardship": "", "infirm": "/"}, {"denied": {"floating"}}, []),
        ({"floating": "否", "note": "流动党员"}, {"denied": frozenset(), "floating": True}, []),
        ({"name": "张\x1b三"}, {"name": "张三"}, ["name"]),
        ({"name": "吴𠮷"}, {"name": "吴𠮷"}, ["name"]),
    ],
)
def test_cells(raw: dict[str, object], kept: dict[str, object], fields: list[str]):
    entry, problems = read(**raw)
    assert entry is not None
    assert {field: getattr(entry, field) for field in kept} == kept
    assert problems == fields


def test_contradictions_are_named_and_both_facts_kept():
    entry, fields = read(
        identity="999999194709046433", sex="女", born_on="1947年10月", joined_on="1978-10", confirmed_on="1977-10"
    )
    assert entry is not None
    assert fields == ["born_on", "sex", "confirmed_on"]
    assert (entry.identity, entry.sex, entry.born_on) == ("999999194709046433", "女", PartialDate(1947, 10))


def test_a_long_note_is_named():
    entry, fields = read(note="字" * 20_001)
    assert entry is not None and (entry.note, fields) == ("", ["note"])


def test_every_message_ends_with_a_step():
    for raw in (
        {"identity": "1"},
        {"sex": "M"},
        {"joined_on": "x"},
        {"kind": "x"},
        {"phone": "1"},
        {"dues_category": "x"},
    ):
        _, problems = read_row(4, {"name": "张三", **raw}, TODAY)
        assert all(problem.row == 4 and "请" in problem.message for problem in problems)
        assert len(problems) == 1


def test_tags_are_four():
    assert set(TAGS) == {"infirm", "hardship", "leading_cadre", "floating"}

from pathlib import Path

import pytest

from partyday_tui.rules.relay import match_relay, parse_relay

SAMPLE = (Path(__file__).parents[1] / "samples" / "群接龙.txt").read_text(encoding="utf-8")
NAMES = """
罗有秀 黄秀杰 金新霞 石娜才 张刚军 王建国 任玉玉 冯磊发 阿依古丽·买买提 欧阳修文 单国强 仇伟 邓金强 范德 王建国 曾红
"""
PEOPLE = list(enumerate(NAMES.split(), start=1))


def test_the_sample_proposes_what_it_says_and_guesses_nothing():
    lines = parse_relay(SAMPLE)
    assert [line.number for line in lines] == list(range(1, 17))
    match = match_relay(lines, PEOPLE)
    assert {line.name: line.proposal for _, line in match.matched if line.proposal != "present"} == {
        "张刚军": "leave",
        "冯磊发": "late",
        "仇伟": "leave",
    }
    assert [person for person, _ in match.matched] == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14]
    assert [(line.number, line.name) for line in match.ambiguous] == [(6, "王建国"), (15, "王建国")]
    assert [line.name for line in match.unmatched] == ["老赵"]
    assert match.repeated == ()


@pytest.mark.parametrize(
    ("line", "name", "proposal"),
    [
        ("1. 罗有秀", "罗有秀", "present"),
        ("１．罗有秀", "罗有秀", "present"),
        ("2、罗有秀 到", "罗有秀", "present"),
        ("3) 罗有秀（准时参加）", "罗有秀", "present"),
        ("4. 罗有秀（请假，在武汉务工）", "罗有秀", "leave"),
        ("5. 罗有秀-外出", "罗有秀", "leave"),
        ("6. 罗有秀,晚到十分钟", "罗有秀", "late"),
        ("7. 罗有秀 迟到", "罗有秀", "late"),
        ("8. 罗有秀 不参加", "罗有秀", None),
        ("9. 罗有秀 到不了", "罗有秀", None),
        ("10. 罗有秀 不请假", "罗有秀", None),
        ("11. 罗有秀 先请假，晚到也来", "罗有秀", None),
        ("12. 罗有秀 代张三", "罗有秀", None),
        ("13. 罗有秀 好的", "罗有秀", None),
        ("14. 仇 伟 请假", "仇伟", "leave"),
        ("15. 仇 伟", "仇伟", "present"),
        ("16. 阿依古丽•买买提 到", "阿依古丽·买买提", "present"),
        ("17. 张[/foo]三", "张", None),
        ("18. 罗有\u202e秀", "罗有秀", "present"),
        ("（19）罗有秀", "罗有秀", "present"),
        ("【20】 罗有秀 请假", "罗有秀", "leave"),
        ("21 罗有秀", "罗有秀", "present"),
        ("22罗有秀", "罗有秀", "present"),
        ("②③ 罗有秀", "罗有秀", "present"),
        ("2\ufe0f\u20e3 罗有秀", "罗有秀", "present"),
        ("24. @罗有秀", "罗有秀", "present"),
        ("25. 罗有秀✅", "罗有秀", "present"),
        ("26. 罗有秀！", "罗有秀", "present"),
        ("27. 罗有秀 OK", "罗有秀", "present"),
        ("28. 罗有秀，请假，去医院", "罗有秀", "leave"),
        ("29. 罗有秀 8:30到", "罗有秀", "present"),
        ("30. 罗有秀 来不了", "罗有秀", None),
    ],
)
def test_one_line(line: str, name: str, proposal: str | None):
    (entry,) = parse_relay(line)
    assert (entry.name, entry.proposal) == (name, proposal)


@pytest.mark.parametrize(
    "text",
    ["", "#接龙\n11月主题党日报名，请大家接龙", "17.", "3. （请假）", "2026.11.6主题党日", "11.6 主题党日", "44人参加"],
)
def test_headings_and_empty_numbers_are_no_entries(text: str):
    assert parse_relay(text) == ()


def test_part_of_a_name_is_no_match():
    match = match_relay(parse_relay("1. 有秀\n2. 罗有秀秀\n3. 罗有秀到"), PEOPLE)
    assert match.matched == () and len(match.unmatched) == 3


def test_entries_one_after_the_other_on_a_line():
    lines = parse_relay("1.罗有秀 2.黄秀杰请假 3、金新霞（8.30到）4）石娜才")
    assert [(line.number, line.name, line.remark) for line in lines] == [
        (1, "罗有秀", ""), (2, "黄秀杰请假", ""), (3, "金新霞", "8.30到"), (4, "石娜才", "")
    ]  # fmt: skip
    assert [line.proposal for _, line in match_relay(lines, PEOPLE).matched] == [
        "present",
        "leave",
        "present",
        "present",
    ]


def test_lines_without_a_number_count_where_a_known_name_begins_them():
    text = "请大家报名\n罗有秀\n- 黄秀杰 请假\n罗有秀的爱人\n收到"
    assert parse_relay(text) == ()
    names = [name for _, name in PEOPLE]
    assert [(line.number, line.name, line.proposal) for line in parse_relay(text, names)] == [
        (0, "罗有秀", "present"), (0, "黄秀杰", "leave")
    ]  # fmt: skip


def test_a_remark_close_behind_the_name():
    match = match_relay(parse_relay("1. 罗有秀请假\n2. 黄秀杰不参加\n3. 王建国请假\n4. 石娜才书记"), PEOPLE)
    assert [(line.name, line.proposal) for _, line in match.matched] == [("罗有秀", "leave"), ("黄秀杰", None)]
    assert [line.name for line in match.ambiguous] == ["王建国"]
    assert [line.name for line in match.unmatched] == ["石娜才书记"]


def test_a_name_given_twice_counts_once_if_both_say_the_same():
    match = match_relay(parse_relay("1. 曾红\n2. 曾红"), PEOPLE)
    assert [line.number for _, line in match.matched] == [1]
    assert [line.number for line in match.repeated] == [2]


def test_a_name_that_contradicts_itself_counts_not_at_all():
    match = match_relay(parse_relay("1. 曾红\n2. 曾红 请假"), PEOPLE)
    assert match.matched == ()
    assert [line.number for line in match.repeated] == [1, 2]

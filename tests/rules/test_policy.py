"""Preset files: the ten shipped ones, and what is refused with which line."""

from datetime import date
from pathlib import Path

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.settings import DEFAULTS
from partyday_tui.rules.policy import Preset, read_preset
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.schedule import FixedDay, Flexible, NthWeekday, Window

FILES = sorted((Path(__file__).parents[2] / "assets" / "policies").glob("*.toml"))
DAY = date(2026, 11, 6)

HEAD = 'preset = "demo"\nname = "演示"\nseed = "S9"\nguide = "演示指导书"\n'
RULE = '\n[[rule]]\nkey = "notice.days_before"\nvalue = 5\nstrength = "must"\nsentence = "提前5天"\n'


def shipped(name: str) -> Preset:
    path = next(file for file in FILES if file.stem == name)
    return read_preset(path.read_text(encoding="utf-8"), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_preset_reads_and_words_its_values(path: Path) -> None:
    preset = read_preset(path.read_text(encoding="utf-8"), path.name)
    assert preset.id == path.stem
    for rule in preset.rules:
        assert rule.value_words
        assert rule.title
        assert rule.seed == preset.seed


def test_all_ten_presets_are_there() -> None:
    assert {file.stem for file in FILES} == {
        "rural_community",
        "district_general",
        "township_agency",
        "nonpublic_social",
        "soe",
        "enterprise",
        "student",
        "organ_strict",
        "county_organ",
        "bureau",
    }


@pytest.mark.parametrize(
    ("preset", "key", "value"),
    [
        ("rural_community", "party_day.schedule", NthWeekday(1, 5)),
        ("rural_community", "party_day.holiday_policy", "next_same_weekday"),
        ("rural_community", "party_day.change", "consent"),
        ("rural_community", "attendance.threshold_percent", None),
        ("rural_community", "notice.days_before", None),
        ("rural_community", "event.minimum_minutes", None),
        ("rural_community", "record.days_after", None),
        ("rural_community", "review.weak_percent", None),
        ("rural_community", "absence.steps", ("contact", "reason", "brief", "make_up")),
        ("rural_community", "absence.make_up_archived", None),
        ("rural_community", "affairs.village", ("村（居）务", "财务", "重要事务")),
        ("township_agency", "absence.make_up_archived", True),
        ("township_agency", "dues.online", None),
        ("township_agency", "life_meeting.fourth_quarter", None),
        ("nonpublic_social", "party_day.schedule", Flexible()),
        ("nonpublic_social", "absence.make_up_online", True),
        ("soe", "absence.steps", ("contact", "reason", "make_up")),
        ("student", "party_day.schedule", Window(1, 10)),
        ("student", "host.delegates", ("支部委员",)),
        ("organ_strict", "party_day.schedule", FixedDay(None)),
        ("organ_strict", "party_day.holiday_policy", None),
        ("organ_strict", "party_day.change", "report"),
        ("organ_strict", "party_day.change_same_month", True),
        ("organ_strict", "attendance.threshold_percent", 80),
        ("organ_strict", "notice.days_before", 5),
        ("organ_strict", "record.days_after", 2),
        ("organ_strict", "review.weak_percent", 60),
        ("organ_strict", "review.weak_times", 3),
        ("organ_strict", "leave.written", True),
        ("bureau", "party_day.schedule", NthWeekday(4, 5)),
        ("bureau", "party_day.holiday_policy", None),
        ("bureau", "party_day.change", None),
        ("bureau", "dues.day", NthWeekday(4, 5)),
        ("county_organ", "party_day.schedule", None),
    ],
)
def test_values_and_silences_of_the_guides(preset: str, key: str, value: object) -> None:
    rule = shipped(preset).rule(key, DAY)
    assert (rule.value if rule else None) == value


def test_every_key_is_of_use_or_for_the_branch_to_decide() -> None:
    used = {rule.key for file in FILES for rule in read_preset(file.read_text(encoding="utf-8"), file.name).rules}
    assert KEYS.keys() - used == {
        "party_day.day_off_reading",
        "party_day.founding_day_counts_as_july",
        "absence.superior_after_months",
        "review.mode",
        *DEFAULTS,
    }


def test_a_rule_holds_from_its_day() -> None:
    later = RULE.replace("= 5", "= 7").replace("提前5天", "提前7天") + "valid_from = 2027-01-01\n"
    preset = read_preset(HEAD + RULE + later, "demo.toml")
    days = [preset.rule("notice.days_before", on) for on in (date(2026, 12, 31), date(2027, 1, 1))]
    assert [day.value if day else None for day in days] == [5, 7]


def test_an_unknown_key_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        read_preset(HEAD + RULE, "demo.toml").rule("notice.days", DAY)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (HEAD + RULE.replace("notice.days_before", "notice.days"), 7, "没有「notice.days」这种规则"),
        (HEAD + RULE.replace("value = 5", 'value = "5"'), 8, "「提前公示」的 value 要写 0 到 31 的整数"),
        (HEAD + RULE.replace("value = 5", "value = true"), 8, "要写 0 到 31 的整数"),
        (HEAD + RULE.replace('"must"', '"maybe"'), 9, "strength 要写 must、should、default 之一"),
        (HEAD + RULE.replace('sentence = "提前5天"\n', ""), 6, "这一条缺少 sentence"),
        (HEAD + RULE.replace("提前5天", "  "), 10, "sentence 要写文字"),
        (HEAD + RULE + RULE.replace("value = 5", ""), 12, "这一条缺少 value"),
        (HEAD + RULE + RULE, 13, "「notice.days_before」写了两次"),
        (HEAD + RULE + 'source = "x"\n', 11, "不认识「source」"),
        (HEAD + RULE + 'valid_from = "2027"\n', 11, "valid_from 要写 2018-01-01 这样的日期"),
        (HEAD + RULE + "valid_from = 2027-01-01T00:00:00\n", 11, "valid_from 要写"),
        ("version = 1\n" + HEAD + RULE, 1, "不认识「version」"),
        (HEAD.replace('name = "演示"\n', "") + RULE, 1, "缺少 name"),
        (HEAD, 1, "规则要一条一段"),
        (HEAD + "rule = [{ key = 'x' }]\n", 1, "规则要一条一段"),
        (HEAD + "\n[[rule]]\nkey = notice\n", 7, "TOML 读不懂"),
        (HEAD + '\n[[rule]]\nkey = "x', 7, "TOML 读不懂"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: str, line: int, sentence: str) -> None:
    with pytest.raises(UserMistake) as refusal:
        read_preset(text, "demo.toml")
    assert refusal.value.sentence.startswith(f"demo.toml 第{line}行：")
    assert sentence in refusal.value.sentence


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("leave.written", '"yes"', "要写 true 或 false"),
        ("party_day.change", '"ask"', "要写 consent、report、adjust 之一"),
        ("absence.steps", '["contact", "scold"]', "只能从 contact、reason、brief、make_up 里选"),
        ("guest.classes", "[]", "要写一串词语"),
        ("guest.classes", '["群众代表", "群众代表"]', "里有重复的词语"),
        ("guest.classes", '"群众代表"', "要写一串词语"),
        ("party_day.schedule", '{ kind = "nth_weekday", n = 9, weekday = 5 }', "n 要写 1 到 4"),
        ("dues.day", '"4"', "日期规则要写 kind"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(key: str, value: str, sentence: str) -> None:
    text = HEAD + RULE.replace("notice.days_before", key).replace("value = 5", f"value = {value}")
    with pytest.raises(UserMistake, match=r"demo\.toml 第8行：「") as refusal:
        read_preset(text, "demo.toml")
    assert sentence in refusal.value.sentence

"""The presets of a book: own values with a reason, a switch in mid-year, rules set where the guide is silent, a broken file."""

from datetime import date

import pytest
from tests.conftest import TODAY

from partyday_tui import paths
from partyday_tui.errors import UserMistake
from partyday_tui.rules.schedule import FixedDay
from partyday_tui.services.presets import (
    override_rule,
    preset_named,
    presets,
    rule_book_of,
    rules_in_force,
    switch_preset,
    unstated_rules,
)

YESTERDAY = date(2026, 11, 5)


def test_there_are_ten_and_the_rural_one_comes_first():
    assert len(presets()) == 10
    assert presets()[0].id == "rural_community"


@pytest.mark.parametrize(
    ("key", "value"), [("party_day.schedule", FixedDay(5)), ("notice.days_before", 3), ("oath.joining_month", False)]
)
def test_the_branch_sets_any_value_with_a_reason_from_today_on(book, key, value):
    before = rule_book_of(book).rule(key, YESTERDAY)
    override_rule(book, key, value, "经支委会研究")
    now = rule_book_of(book).rule(key, TODAY)
    assert (now.value, now.source) == (value, "本支部自定：经支委会研究")
    assert rule_book_of(book).rule(key, YESTERDAY) == before
    override_rule(book, key, None, "照原来的办")
    after = rule_book_of(book).rule(key, TODAY)
    assert (after and after.value) == (
        preset_named("rural_community").rule(key, TODAY) and after.rule.value if after else None
    )


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_decision_without_a_fitting_reason_is_refused(book, reason):
    with pytest.raises(UserMistake, match="理由"):
        override_rule(book, "notice.days_before", 3, reason)
    with pytest.raises(UserMistake, match="理由"):
        switch_preset(book, "soe", reason)


def test_a_switch_in_mid_year_keeps_the_past_under_its_rules(book):
    with book.act("早就选了") as act:
        act.connection.execute("UPDATE preset_choice SET valid_from = '2026-01-01'")
    switch_preset(book, "organ_strict", "撤村改制")
    rules = rule_book_of(book)
    assert (rules.preset(YESTERDAY).id, rules.preset(TODAY).id) == ("rural_community", "organ_strict")
    assert rules.rule("notice.days_before", YESTERDAY) is None
    assert rules.rule("notice.days_before", TODAY).value == 5
    assert rules.rule("oath.joining_month", TODAY) is None


def test_what_the_guide_does_not_say_is_offered_with_what_another_says(book):
    lent = {rule.key: rule for rule in unstated_rules(book)}
    assert (lent["notice.days_before"].value, lent["notice.days_before"].seed) == (5, "S1b")
    assert not lent.keys() & {rule.key for _, rule in rules_in_force(book)[1]}
    override_rule(book, "notice.days_before", 5, "经支委会研究")
    assert "notice.days_before" not in {rule.key for rule in unstated_rules(book)}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('value = "consent"', 'value = "asking"', r"soe\.toml 第\d+行：「变更活动时间」的 value 要写"),
        ('key = "event.unit"', 'key = "event.units"', r"soe\.toml 第\d+行：没有「event\.units」这种规则"),
    ],
)
def test_a_file_with_a_wrong_key_or_value_is_refused_with_its_line(tmp_path, monkeypatch, old, new, sentence):
    source = (paths.policies() / "district_general.toml").read_text("utf-8")
    assert old in source
    (tmp_path / "soe.toml").write_text(source.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    preset_named.cache_clear()
    try:
        with pytest.raises(UserMistake, match=sentence):
            preset_named("soe")
    finally:
        preset_named.cache_clear()

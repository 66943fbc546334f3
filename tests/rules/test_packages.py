"""What goes into which package, and which rules the forms answer, as data."""

import re

import pytest
from tests.conftest import TODAY

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.silent import NO_DUTY
from partyday_tui.rules.form_kinds import FORMS, FormKind, form_named
from partyday_tui.rules.month import Month
from partyday_tui.rules.packages import (
    ALL_RULES,
    CONTENTS,
    INSPECTION,
    KINDS_OF_RULES,
    MONTH,
    YEAR,
    inspection_package,
    month_package,
    repeated_by,
    rules_of,
    year_package,
)
from partyday_tui.rules.policy_keys import KEYS

LATER = FormKind("later", "后来的表", ("event", "month"), ("x",), "x:y", "", "")


@pytest.mark.parametrize(
    ("kind", "by"),
    [(form_named(key), by) for key, by in {
        "year-plan": (None, "year", "year"),
        "notice": ("event", "event", "event"),
        "change-request": ("event", "event", "event"),
        "review-ballot": (None, "event", "event"),
        "dues-month": ("month", "month", "month"),
        "dues-register": (None, "year", "year"),
        "talk": ("month", "year", "year"),
        "roster": (None, "", ""),
        "self-check": ("month", "year", "year"),
    }.items()]
    + [
        (LATER, ("month", "month", "month")),
        (FormKind("m", "某人的表", ("member",), ("x",), "x:y", "", ""), (None, None, None)),
        (FormKind("e", "某次的表", ("event",), ("x",), "x:y", "", ""), ("event", "event", "event")),
        (FormKind("y", "全年的表", ("year",), ("x",), "x:y", "", ""), (None, "year", "year")),
    ],
    ids=lambda it: it.key if isinstance(it, FormKind) else None,
)  # fmt: skip
def test_a_form_is_repeated_by_its_own_period(kind, by):
    assert tuple(repeated_by(kind, package) for package in (MONTH, YEAR, INSPECTION)) == by


def test_every_form_goes_into_the_year_and_the_inspection():
    kinds = [kind for kind in FORMS if set(kind.periods) <= {"year", "month", "event"}]
    assert all(repeated_by(kind, package) is not None for kind in kinds for package in (YEAR, INSPECTION))


def test_the_rules_are_those_of_the_guides_and_every_duty_is_answered_by_a_form():
    answered = {key for content in CONTENTS.values() for key in content.rules} - {ALL_RULES}
    assert answered | set(KINDS_OF_RULES) <= set(KEYS)
    assert set(KINDS_OF_RULES) <= answered
    assert set(KEYS) - answered == set(NO_DUTY) - answered


def test_a_form_answers_the_rules_that_speak_of_its_event():
    minutes = form_named("minutes")
    assert "committee.before_event" in rules_of(minutes, frozenset(("committee",)))
    assert "committee.before_event" not in rules_of(minutes, frozenset(("party_day", "lesson")))
    assert "record.minutes_filed" in rules_of(minutes, frozenset(("lesson",)))
    assert rules_of(form_named("meetings"), None) == CONTENTS["meetings"].rules
    assert rules_of(LATER, frozenset(("lesson",))) == ()


@pytest.mark.parametrize(
    ("package", "title", "months"),
    [
        (month_package(Month(2026, 9)), "2026年9月材料", "2026-09"),
        (month_package(Month(2026, 12)), "2026年12月材料", "2026-12"),
        (year_package(2026), "2026年度材料", "2026-01 2026-11"),
        (year_package(2025), "2025年度材料", "2025-01 2025-12"),
        (year_package(2027), "2027年度材料", ""),
        (inspection_package(Month(2026, 1), Month(2026, 6)), "2026年1月至6月迎检材料", "2026-01 2026-06"),
        (inspection_package(Month(2025, 7), Month(2026, 6)), "2025年7月至2026年6月迎检材料", "2025-07 2026-06"),
        (inspection_package(Month(2026, 3), Month(2026, 3)), "2026年3月迎检材料", "2026-03"),
        (inspection_package(Month(2026, 1), Month(2026, 12)), "2026年迎检材料", "2026-01 2026-11"),
    ],
)
def test_a_package_has_a_title_and_the_months_that_have_come(package, title, months):
    found = package.months(TODAY)
    assert package.title == title
    assert " ".join(dict.fromkeys(map(str, (found[0], found[-1]) if found else ()))) == months


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: inspection_package(Month(2026, 6), Month(2026, 1)), "前后颠倒（2026-06 到 2026-01）"),
        (lambda: inspection_package(Month(2020, 1), Month(2025, 1)), "一次最多5年"),
        (lambda: year_package(0), "没有0年"),
    ],
)
def test_what_is_no_period_is_refused(make, sentence):
    with pytest.raises(UserMistake, match=re.escape(sentence)):
        make()


def test_five_years_are_taken_and_the_roster_is_masked():
    assert len(inspection_package(Month(2021, 1), Month(2025, 12)).months(TODAY)) == 60
    assert year_package(2026).roster == "masked"

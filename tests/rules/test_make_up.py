"""Lessons as values."""

from datetime import date

from partyday_tui.rules.make_up import FORMS, Lesson, Served, forms

DAY = date(2026, 11, 6)


def served(member, event, signed=False):
    return Served(event, member, f"甲{member}", date(2026, event, 6), "党史", signed=signed)


def test_names_and_events_each_once():
    lesson = Lesson(1, DAY, "自学", served=(served(1, 9), served(1, 10), served(2, 10)))
    assert (lesson.names, lesson.events) == ("甲1、甲2", "2026-09-06、2026-10-06")


def test_signed_is_signed_by_everyone():
    assert not Lesson(1, DAY, "自学").is_signed
    assert not Lesson(1, DAY, "自学", served=(served(1, 9, True), served(2, 9))).is_signed
    assert Lesson(1, DAY, "自学", served=(served(1, 9, True),)).is_signed


def test_the_net_comes_first_where_the_guide_asks_for_it():
    assert forms(False) == FORMS
    assert forms(True)[0] == "线上补学" and sorted(forms(True)) == sorted(FORMS)

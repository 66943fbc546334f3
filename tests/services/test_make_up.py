"""Lessons: one for several members and events, signed, archived, printed as the register of the year."""

from datetime import date

import pytest
from openpyxl import load_workbook
from tests.absence_branch import DAY, KEYS, case, fill, hold, mark, on

from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import Step
from partyday_tui.rules.roll import Status
from partyday_tui.services import cases, forms, make_up
from partyday_tui.services.presets import switch_preset

LESSON = {"on_date": "2026-11-08", "form": "送学上门", "place": "家里", "content": "党史", "led_by": "罗有秀"}


@pytest.fixture
def branch(book):
    fill(book)
    return book


@pytest.fixture
def absences(branch):
    """Two members at two events: three absences."""
    first = hold(branch, date(2026, 10, 9), {"仇伟": Status.ABSENT})
    second = hold(branch, DAY, {"仇伟": Status.ABSENT, "范德": Status.LEAVE})
    on(branch, date(2026, 11, 8))
    return first, second, [(first.id, KEYS["仇伟"]), (second.id, KEYS["仇伟"]), (second.id, KEYS["范德"])]


def test_one_lesson_serves_several_members_and_several_events(branch, absences):
    first, second, keys = absences
    written = make_up.add_lesson(branch, keys, LESSON, signed=True)
    lesson = make_up.lesson_of(branch, written.lesson)
    assert lesson.names == "范德、仇伟" and lesson.events == "2026-11-06、2026-10-09" and lesson.is_signed
    for event, name in ((first, "仇伟"), (second, "仇伟"), (second, "范德")):
        found = case(branch, event, name)
        assert found.done_on(Step.MAKE_UP) == date(2026, 11, 8) and found.lessons[0].signed
    assert written.steps == () and Step.CONTACT in case(branch, first, "仇伟").lacking


def test_a_lesson_may_be_the_contact_and_the_briefing_too(branch, absences):
    first, _, keys = absences
    cases.write_step(branch, keys[:1], Step.CONTACT, cases.Visit(date(2026, 10, 10), "电话"))
    written = make_up.add_lesson(branch, keys, LESSON, visited=True)
    assert len(written.steps) == 5
    assert case(branch, first, "仇伟").done_on(Step.CONTACT) == date(2026, 10, 10), "what was done is not written again"
    assert [it.lacking for it in cases.open_cases(branch)] == [(Step.REASON,)] * 3
    cases.take_back(branch, written)
    assert make_up.lessons_of_year(branch, 2026) == [] and len(branch.rows("SELECT 1 FROM case_step")) == 1


def test_sign_off_is_each_member_s_own(branch, absences):
    _, _, keys = absences
    lesson = make_up.add_lesson(branch, keys, LESSON).lesson
    make_up.sign(branch, lesson, keys[:2])
    assert {it.name: it.signed for it in make_up.lesson_of(branch, lesson).served} == {"范德": False, "仇伟": True}
    make_up.sign(branch, lesson, keys[2:])
    assert {it.name: it.signed for it in make_up.lesson_of(branch, lesson).served} == {"范德": True, "仇伟": False}


def test_filing_is_dated_and_a_changed_text_keeps_the_day(branch, absences):
    lesson = make_up.add_lesson(branch, absences[2], LESSON).lesson
    make_up.archive(branch, [lesson], "2026年补课1盒")
    on(branch, date(2026, 12, 1))
    make_up.edit_lesson(branch, lesson, {"content": "党史和村史"})
    found = make_up.lesson_of(branch, lesson)
    assert (found.archive_no, found.archived_on, found.content) == ("2026年补课1盒", date(2026, 11, 8), "党史和村史")
    make_up.edit_lesson(branch, lesson, {"archive_no": "2盒"})
    assert make_up.lesson_of(branch, lesson).archived_on == date(2026, 12, 1)
    make_up.edit_lesson(branch, lesson, {"archive_no": ""})
    assert make_up.lesson_of(branch, lesson).archived_on is None


def test_a_lesson_taken_out_leaves_its_absences_waiting(branch, absences):
    first, _, keys = absences
    lesson = make_up.add_lesson(branch, keys, LESSON).lesson
    make_up.take_out(branch, lesson)
    assert Step.MAKE_UP in case(branch, first, "仇伟").lacking
    assert {it.op for it in make_up.lesson_history(branch, lesson)} == {"insert", "delete"}


def test_a_withdrawn_case_keeps_its_lesson_in_the_register(branch, absences):
    _, second, keys = absences
    make_up.add_lesson(branch, keys, LESSON)
    mark(branch, second, "范德", Status.PRESENT)
    assert make_up.lessons_of_year(branch, 2026)[0].names == "范德、仇伟"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"form": ""}, "请选一种"),
        ({"on_date": "2026-11"}, "写到哪一天"),
        ({"content": "长" * 2001}, "缩短"),
        ({"place": "长" * 201}, "缩短"),
        ({"mood": "好"}, "可用"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(branch, absences, change, words):
    with pytest.raises(UserMistake, match=words):
        make_up.add_lesson(branch, absences[2], LESSON | change)
    with pytest.raises(UserMistake, match="请在名单里选中"):
        make_up.add_lesson(branch, [], LESSON)
    assert make_up.lessons_of_year(branch, 2026) == []


def test_the_guide_decides_what_comes_first_and_whether_it_is_archived(branch):
    assert make_up.lesson_forms(branch)[0] == "送学上门" and not make_up.archive_is_demanded(branch, DAY)
    switch_preset(branch, "nonpublic_social", "试一试")
    assert make_up.lesson_forms(branch)[0] == "线上补学"
    switch_preset(branch, "township_agency", "试一试")
    assert make_up.archive_is_demanded(branch, DAY)


def test_the_register_of_the_year_is_printed_row_by_row(branch, absences, tmp_path):
    cases.write_step(branch, absences[2][:1], Step.CONTACT, cases.Visit(date(2026, 10, 10), "电话", "马会计"))
    make_up.add_lesson(
        branch, absences[2], LESSON | {"content": "=cmd|' /C calc'!A0", "archive_no": "1盒"}, signed=True
    )
    path = forms.export_form(branch, forms.asked_for(branch, "make-up", "2026"), tmp_path)
    rows = [[cell.value for cell in row] for row in load_workbook(path).active.iter_rows()]
    heads = next(row for row in rows if "补课日期" in row)
    body = [dict(zip(heads, row, strict=True)) for row in rows if isinstance(row[0], int)]
    assert [(row["姓名"], row["缺席活动"][:10], row["补课人签字"], row["归档号"]) for row in body] == [
        ("范德", "2026-11-06", "已签", "1盒"),
        ("仇伟", "2026-10-09", "已签", "1盒"),
        ("仇伟", "2026-11-06", "已签", "1盒"),
    ]
    assert [row["联系"] for row in body] == [None, "2026-10-10\n电话 马会计", None]
    assert all(row["内容"] == "=cmd|' /C calc'!A0" for row in body)

"""Moving a date as the preset asks, the request that follows it, and the dates that a notice displaces."""

from datetime import date

import pytest
from tests.services.test_holidays import NOTICE_2027

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.rules.schedule import FixedDay
from partyday_tui.services import moving as service
from partyday_tui.services.books import make_book
from partyday_tui.services.events import add_event, existing_event
from partyday_tui.services.holidays import preview_notice, write_arrangement, write_day
from partyday_tui.services.plan import ensure_event, make_plan, year_plan
from partyday_tui.services.presets import override_rule, switch_preset
from partyday_tui.store import events as store

TODAY = date(2026, 11, 6)


@pytest.fixture
def november(book):
    """The party day of November of a rural branch."""
    return ensure_event(book, TODAY)


@pytest.fixture
def organ(tmp_path):
    """A book of a strict organ branch that meets on the 10th."""
    book = make_book(tmp_path / "organ.db", Clock(date(2026, 1, 1)), name="机关", preset="organ_strict")
    override_rule(book, "party_day.schedule", FixedDay(10), "支委会研究决定")
    book.clock = Clock(TODAY)
    yield book
    book.close()


def test_a_move_is_one_act_with_its_request(book, november):
    acts = book.rows("SELECT count(*) FROM act")[0][0]
    duty = service.move_event(book, november.id, date(2026, 11, 13), " 与镇里的\u202e会议冲突 ")
    assert book.rows("SELECT count(*) FROM act")[0][0] == acts + 1
    moved = existing_event(book, november.id)
    assert (moved.on_date, moved.moved_from, moved.moved_reason) == (date(2026, 11, 13), TODAY, "与镇里的会议冲突")
    assert moved.rule == november.rule and moved.month == "2026-11"
    request = service.requests_of(book, november.id)[0]
    assert (duty.duty, request.duty, request.state) == ("consent", "consent", "drafted")
    assert (request.from_date, request.to_date, request.reason) == (TODAY, date(2026, 11, 13), "与镇里的会议冲突")


def test_the_preset_says_what_a_change_asks_for(book, november, organ):
    rural = service.move_duty(book, november)
    assert (rural.duty, rural.changes) == ("consent", 0)
    assert "必须书面报上级党组织同意" in rural.sentence and "不得擅自更改" in rural.restraint
    strict = service.move_duty(organ, ensure_event(organ, date(2026, 11, 10)))
    assert strict.duty == "report" and "报党委报备" in strict.sentence


@pytest.mark.parametrize(("preset", "duty"), [("student", "none"), ("bureau", "none"), ("township_agency", "consent")])
def test_other_presets(book, preset, duty):
    switch_preset(book, preset, "试")
    key = add_event(book, Month(2026, 12), date(2026, 12, 4), frozenset({"party_day"}), {})
    assert service.move_duty(book, existing_event(book, key)).duty == duty


def test_another_month_is_a_warning_with_the_rules_own_sentence(organ):
    event = ensure_event(organ, date(2026, 11, 10))
    warnings = service.move_warnings(organ, event, date(2026, 12, 1))
    assert any("必须在当月完成" in warning for warning in warnings)
    service.move_event(organ, event.id, date(2026, 12, 1), "审计进点")
    assert existing_event(organ, event.id).on_date == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("to", "words"),
    [("2026-10-02", "国庆节放假：「遇法定节假日顺延至下个周五」"), ("2026-12-04", "12月4日已经有主题党日"), ("2027-01-15", "2027年放假安排未公布"), ("2026-10-30", "11月就没有主题党日了")],
)  # fmt: skip
def test_what_speaks_against_a_date(book, november, to, words):
    make_plan(book, 2026)
    assert any(words in warning for warning in service.move_warnings(book, november, date.fromisoformat(to)))


def test_a_good_day_has_no_warning(book, november):
    assert service.move_warnings(book, november, date(2026, 11, 13)) == []


@pytest.mark.parametrize(("to", "reason"), [(TODAY, "同一天"), (date(2026, 11, 13), ""), (date(2026, 11, 13), " \u202e "), (date(2026, 11, 13), "长" * 201)])  # fmt: skip
def test_no_change_or_no_reason_is_refused(book, november, to, reason):
    with pytest.raises(UserMistake):
        service.move_event(book, november.id, to, reason)
    assert existing_event(book, november.id).on_date == TODAY
    assert service.requests_of(book, november.id) == []


def test_changes_of_the_year_are_counted_without_the_refused(book, november):
    service.move_event(book, november.id, date(2026, 11, 13), "一")
    service.move_event(book, november.id, date(2026, 11, 20), "二")
    assert year_plan(book, 2026).changes == 2
    newest = service.requests_of(book, november.id)[0]
    service.write_request(book, newest.id, requested_on=TODAY, document_no="", replied_on=TODAY, approver="镇党委", approved=False)  # fmt: skip
    assert year_plan(book, 2026).changes == 1
    assert year_plan(book, 2027).changes == 0


def test_the_steps_of_a_request(book, november):
    service.move_event(book, november.id, date(2026, 11, 13), "会议", requested_on=TODAY, document_no="柳支〔2026〕3号")
    request = service.requests_of(book, november.id)[0]
    assert (request.state, request.requested_on, request.document_no) == ("sent", TODAY, "柳支〔2026〕3号")
    service.write_request(
        book, request.id, requested_on=TODAY, document_no="柳支〔2026〕3号", replied_on=date(2026, 11, 9),
        approver="青山镇党委", approved=True,
    )  # fmt: skip
    request = service.requests_of(book, november.id)[0]
    assert (request.state, request.approver, request.replied_on) == ("approved", "青山镇党委", date(2026, 11, 9))
    with pytest.raises(UserMistake, match="早于送出日期"):
        service.write_request(book, request.id, requested_on=TODAY, document_no="", replied_on=date(2026, 11, 1), approver="", approved=True)  # fmt: skip


def test_a_refused_move_goes_back_to_what_it_was(book):
    october = ensure_event(book, date(2026, 10, 9))
    service.move_event(book, october.id, date(2026, 10, 16), "秋收")
    request = service.requests_of(book, october.id)[0]
    service.write_request(
        book, request.id, requested_on=TODAY, document_no="", replied_on=None, approver="", approved=False
    )
    service.move_back(book, request.id)
    back = existing_event(book, october.id)
    assert (back.on_date, back.moved_from, back.moved_reason) == (october.on_date, october.moved_from, october.moved_reason)  # fmt: skip


def test_a_notice_displaces_planned_dates_and_the_rules_move_them(book):
    make_plan(book, 2027)
    assert service.displaced(book, 2027) == []
    write_arrangement(book, preview_notice(book, NOTICE_2027))
    found = service.displaced(book, 2027)
    assert [(it.event.on_date, it.landing.day) for it in found] == [(date(2027, 10, 8), date(2027, 10, 15))]
    assert service.move_displaced(book, found) == 1
    moved = next(it for it in store.events_of_year(book, 2027) if it.month == "2027-10")
    assert (moved.on_date, moved.moved_from) == (date(2027, 10, 15), date(2027, 10, 1))
    assert moved.moved_reason == "国庆节放假，顺延至下个周五；国庆节放假，顺延至下个周五"
    assert service.displaced(book, 2027) == []
    assert service.requests_of(book, moved.id) == [], "the rule itself moves it; nobody has to be asked"


def test_what_is_held_past_or_unruled_stays(book):
    make_plan(book, 2026)
    key = add_event(book, Month(2026, 12), date(2026, 12, 18), frozenset({"party_day"}), {})
    for day in (date(2026, 10, 9), date(2026, 12, 18), date(2026, 7, 1)):
        write_day(book, day, is_off=True, name="镇里统一休息")
    assert service.displaced(book, 2026) == []
    assert existing_event(book, key).on_date == date(2026, 12, 18)


def test_where_the_preset_asks_the_date_is_left_to_the_branch(organ):
    make_plan(organ, 2026)
    write_day(organ, date(2026, 12, 10), is_off=True, name="停电")
    found = service.displaced(organ, 2026)
    assert [(it.event.on_date, it.landing.day) for it in found] == [(date(2026, 12, 10), None)]
    assert found[0].landing.choices, "days to choose from are offered"
    assert service.move_displaced(organ, found) == 0

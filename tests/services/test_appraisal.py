"""The yearly appraisal: stages on an event, counts by class, decisions, the quota, those who are absent (CON-10, B5, B6)."""

from datetime import date

import pytest
from tests.ui.screens.rolls import fill

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.ballots import Ballots
from partyday_tui.rules.month import Month
from partyday_tui.services import appraisal as service
from partyday_tui.services.appraisal_facts import read_facts
from partyday_tui.services.events import add_event, existing_event
from partyday_tui.services.facts import appraisals, event_facts
from partyday_tui.services.registers import add, members_named, register_named
from partyday_tui.services.roll import Mark, read_roll, write_marks
from partyday_tui.services.roll_close import close_roll
from partyday_tui.services.roster import add_movement
from partyday_tui.store import appraisals as store

NAMES = ["甲", "乙", "丙", "丁"]


@pytest.fixture
def people(book):
    """{name: key} of four members, 丁 is 预备党员."""
    fill(book, NAMES)
    with book.act("预备") as act:
        act.connection.execute("UPDATE member SET kind = 'probationary' WHERE name = '丁'")
    return {name: members_named(book, [name])[0] for name in NAMES}


def lines(book, year=2026):
    return {line.name: line for line in service.read_appraisal(book, year).appraisal.lines}


def test_before_anything_is_written_it_shows_the_roster_and_the_stages(book, people):
    page = service.read_appraisal(book, 2026)
    assert [stage.name for stage in page.appraisal.stages] == ["个人自评", "党员互评", "民主测评", "组织评定"]
    assert (page.appraisal.event_id, page.appraisal.full_members, len(page.appraisal.lines)) == (0, 3, 4)
    assert page.standard == ("政治合格", "执行纪律合格", "品德合格", "发挥作用合格")


def test_the_stages_are_steps_of_an_event_that_the_duties_see(book, people):
    service.write_stage(book, 2026, "个人自评", date(2026, 10, 20), "各党小组", "分组进行")
    service.write_stage(book, 2026, "民主测评", date(2026, 11, 5))
    page = service.read_appraisal(book, 2026)
    assert [stage.on for stage in page.appraisal.stages] == [date(2026, 10, 20), None, date(2026, 11, 5), None]
    event = existing_event(book, page.appraisal.event_id)
    assert (event.on_date, event.month, event.kinds) == (date(2026, 11, 5), "2026-11", {"appraisal"})
    (found,) = appraisals(event_facts(book, 2026))
    assert found.on == date(2026, 11, 5) and {step.name for step in found.steps} == {"个人自评", "民主测评"}
    service.undo_stage(book, 2026, "个人自评")
    assert service.read_appraisal(book, 2026).appraisal.stages[0].on is None


def test_an_event_of_the_plan_is_taken_and_one_with_a_roll_keeps_its_day(book, people):
    key = add_event(book, Month(2026, 11), date(2026, 11, 4), frozenset({"appraisal", "organization_life"}), {})
    write_marks(book, existing_event(book, key), [[Mark(people["甲"], "present")]])
    service.write_stage(book, 2026, "民主测评", date(2026, 11, 5))
    page = service.read_appraisal(book, 2026)
    assert (page.appraisal.event_id, page.appraisal.on) == (key, date(2026, 11, 4))


def test_a_meeting_in_january_may_appraise_the_year_before(book, people):
    book.clock = Clock(date(2027, 1, 15))
    service.write_stage(book, 2026, "民主测评", date(2027, 1, 10))
    service.write_stage(book, 2027, "个人自评", date(2027, 1, 12))
    assert sorted(store.years(book).values()) == [2026, 2027]
    assert service.read_appraisal(book, 2026).appraisal.on == date(2027, 1, 10)


@pytest.mark.parametrize(
    ("year", "on", "said"),
    [
        (2026, date(2026, 11, 7), "在今天以后"),
        (2026, date(2025, 12, 31), "早于2026年"),
        (2027, date(2026, 11, 6), "早于2027年"),
    ],
)
def test_a_stage_that_was_not_held_is_refused(book, people, year, on, said):
    with pytest.raises(UserMistake, match=said):
        service.write_stage(book, year, "个人自评", on)
    assert store.event_of(book, year) is None


def test_counts_are_kept_by_class_and_added(book, people):
    typed = {people["甲"]: "2 1", people["乙"]: "0 3", people["丙"]: ""}
    page = service.write_class(book, 2026, "party", Ballots(4, 4, 1), typed)
    assert page.uncounted == 1
    page = service.write_class(book, 2026, "served", Ballots(2, 2, 0), {people["甲"]: "0 2", people["乙"]: "2"})
    assert lines(book)["甲"].totals == (2, 3, 0, 0, 0)
    assert lines(book)["甲"].tallies == {"party": (2, 1, 0, 0, 0), "served": (0, 2, 0, 0, 0)}
    assert dict(page.appraisal.classes) == {"party": Ballots(4, 4, 1), "served": Ballots(2, 2, 0)}
    service.take_class_out(book, 2026, "served")
    assert lines(book)["甲"].totals == (2, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("甲", "3 1", r"「甲」优秀3\+合格1，合计4票，比有效票3票多1票"),
        ("甲", "1 1", "不到有效票3票，请把优秀、合格、基本合格、不合格的票数都写上"),
        ("丁", "3", "丁是预备党员，参加评议但不评定等次"),
    ],
)
def test_counts_that_do_not_add_up_name_the_member(book, people, name, typed, said):
    with pytest.raises(UserMistake, match=said):
        service.write_class(book, 2026, "party", Ballots(3, 3, 0), {people[name]: typed})
    assert store.ballots(book, 2026) == ()


def test_a_decision_other_than_the_ballots_wants_a_reason(book, people):
    service.write_class(book, 2026, "party", Ballots(3, 3, 0), {people[name]: "2 1" for name in "甲乙丙"})
    with pytest.raises(UserMistake, match="请写上理由"):
        service.decide(book, 2026, people["甲"], "qualified")
    service.decide(book, 2026, people["甲"], "qualified", "名额有限")
    with pytest.raises(UserMistake, match="不评定等次"):
        service.decide(book, 2026, people["丁"], "qualified")
    assert service.decide_rest(book, 2026) == 2
    found = lines(book)
    assert [found[name].grade for name in NAMES] == ["qualified", "excellent", "excellent", ""]
    page = service.read_appraisal(book, 2026).appraisal
    assert (page.heads("excellent"), page.heads("")) == (2, 0), "over the quota of 1, told and not refused"
    service.decide(book, 2026, people["甲"], "")
    assert lines(book)["甲"].grade == ""


def test_a_tie_is_left_to_the_branch(book, people):
    service.write_class(book, 2026, "party", Ballots(2, 2, 0), {people["甲"]: "1 1", people["乙"]: "2"})
    assert service.decide_rest(book, 2026) == 1
    service.decide(book, 2026, people["甲"], "qualified")
    assert (lines(book)["甲"].grade, lines(book)["丙"].grade) == ("qualified", "")


def test_the_absent_are_noted_by_the_roll_or_by_hand(book, people):
    service.write_stage(book, 2026, "民主测评", date(2026, 11, 6))
    event = existing_event(book, service.read_appraisal(book, 2026).appraisal.event_id)
    write_marks(
        book,
        event,
        [[Mark(people["甲"], "leave", "住院"), Mark(people["乙"], "present"), Mark(people["丙"], "absent")]],
    )
    service.note_absence(book, 2026, people["丙"], "外出务工")
    absent = service.read_appraisal(book, 2026).absent
    assert absent == {people["甲"]: "请假 住院", people["丙"]: "外出务工"}


def test_the_list_stays_as_it_was_when_somebody_moves_on(book, people):
    service.write_stage(book, 2026, "民主测评", date(2026, 11, 5))
    service.write_class(book, 2026, "party", Ballots(3, 3, 0), {people["甲"]: "3", people["乙"]: "3"})
    with book.act("转正") as act:
        act.connection.execute("UPDATE member SET kind = 'full', name = '丁丁' WHERE name = '丁'")
    add_movement(book, people["甲"], "transfer_out", date(2026, 11, 6), "县里", "")
    add_movement(book, people["丙"], "transfer_out", date(2026, 11, 1), "县里", "")
    service.note_absence(book, 2026, people["乙"], "住院")
    found = lines(book)
    assert set(found) == {"甲", "乙", "丁"}, "who left before the day and of whom nothing is said is taken off"
    assert not found["丁"].is_graded


def test_members_stand_in_the_order_of_the_roster_and_not_of_their_votes(book, people):
    service.write_class(
        book, 2026, "party", Ballots(3, 3, 0), {people["甲"]: "0 3", people["乙"]: "3", people["丙"]: "0 0 3"}
    )
    order = [line.name for line in service.read_appraisal(book, 2026).appraisal.lines]
    assert order == sorted(NAMES, key=lambda name: {"丙": "bing", "丁": "ding", "甲": "jia", "乙": "yi"}[name])


def test_the_facts_of_a_year_are_read_and_not_scored(book, people):
    event = existing_event(book, 1)
    write_marks(book, event, [[Mark(people["甲"], "leave", "住院")]])
    close_roll(book, event)
    add(book, register_named("praise"), {"on_date": "2026-05-15", "kind": "好人好事", "deed": "帮邻居"}, [people["甲"]])
    facts = dict(read_facts(book, people["甲"], 2026).parts)
    assert facts["参加活动"] == ("应参加1次，到会0次、请假1次", "2026-11-06  请假  党史专题学习  住院")
    assert facts["补课"] == ("应补课1次，已补0次",)
    assert facts["党费"] == ("这一年没有核定党费",)
    assert facts["表扬"] == ("2026-05-15  好人好事  帮邻居",)
    assert "分" not in "".join(facts)
    assert read_roll(book, event).counts.leave == 1


def test_the_history_names_the_member_whose_counts_changed(book, people):
    service.write_class(book, 2026, "party", Ballots(3, 3, 0), {people["甲"]: "3"})
    found = service.appraisal_history(book, 2026)
    counts = next(change for change in found if change.kept_in == "appraisal_count")
    assert "name\x1f甲\x1e" in counts.new

"""The follow-up at work: a roll corrected after its end, steps for many at once, the work list, and nothing that was written is lost."""

from datetime import date

import pytest
from tests.absence_branch import DAY, KEYS, case, fill, hold, mark, on

from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import UNEXCUSED, Step, case_state
from partyday_tui.rules.roll import Status
from partyday_tui.services import cases, make_up
from partyday_tui.services.cases import Visit, Written
from partyday_tui.services.presets import override_rule, switch_preset
from partyday_tui.services.roll_close import reopen_roll
from partyday_tui.services.roster import add_movement

STATES = (None, *Status)
VISIT = Visit(DAY, "上门", "罗有秀", reason_class="因病")


@pytest.fixture
def branch(book):
    fill(book)
    return book


def names(book):
    return [it.name for it in cases.open_cases(book)]


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_each_correction_after_the_end_opens_or_withdraws_and_what_was_written_comes_back(branch, before, after):
    event = hold(branch, marks={"仇伟": before}, rest=Status.PRESENT)
    key = (event.id, KEYS["仇伟"])
    was = before in (Status.LEAVE, Status.ABSENT)
    assert case(branch, event, "仇伟").is_case is was
    cases.write_step(branch, [key], Step.CONTACT, VISIT)
    lesson = make_up.add_lesson(branch, [key], {"on_date": "2026-11-06", "form": "自学"})
    mark(branch, event, "仇伟", after)
    found = case(branch, event, "仇伟")
    assert found.is_case is (after in (Status.LEAVE, Status.ABSENT))
    assert [step.step for step in found.steps] == ["contact"] and found.lessons[0].id == lesson.lesson
    assert [it.key for it in cases.cases_of_year(branch, 2026)] == [key], (
        "a withdrawn case that holds something is listed"
    )
    assert case_state(found) == ("待原因、通报" if found.is_case else "已撤回")
    mark(branch, event, "仇伟", Status.ABSENT)
    assert case(branch, event, "仇伟").is_case and case(branch, event, "仇伟").steps == found.steps


def test_an_open_roll_opens_no_case_and_reopening_withdraws_them_all(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT, "范德": Status.LEAVE}, close=False)
    assert names(branch) == []
    from partyday_tui.services.roll_close import close_roll

    closing = close_roll(branch, event)
    assert (closing.cases, closing.unmarked) == (2, ()) and names(branch) == ["范德", "仇伟"]
    cases.write_step(branch, [(event.id, KEYS["仇伟"])], Step.CONTACT, VISIT)
    reopen_roll(branch, event)
    assert names(branch) == [] and len(cases.cases_of_year(branch, 2026)) == 1
    close_roll(branch, event)
    assert case(branch, event, "仇伟").done_on(Step.CONTACT) == DAY


def test_the_list_is_ordered_by_age_and_then_by_reading(branch):
    hold(branch, date(2026, 10, 9), {"仇伟": Status.ABSENT})
    hold(branch, date(2026, 9, 4), {"张刚军": Status.LEAVE, "范德": Status.ABSENT})
    assert names(branch) == ["范德", "张刚军", "仇伟"]


def test_one_visit_settles_ten_at_once_and_is_one_act(branch):
    ten = list(KEYS)[2:]
    event = hold(branch, marks=dict.fromkeys(ten, Status.ABSENT))
    acts = branch.rows("SELECT count(*) FROM act")[0][0]
    written = cases.write_visit(branch, [(event.id, KEYS[name]) for name in ten], VISIT)
    assert branch.rows("SELECT count(*) FROM act")[0][0] == acts + 1
    assert len(written.steps) == 30 and {it.lacking for it in cases.open_cases(branch)} == {(Step.MAKE_UP,)}
    cases.take_back(branch, written)
    assert {it.lacking for it in cases.open_cases(branch)} == {tuple(Step)}


def test_a_visit_writes_only_what_is_open_and_names_whose_reason_is_unknown(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT, "范德": Status.LEAVE})
    mark(branch, event, "范德", Status.LEAVE, "外出务工")
    keys = [(event.id, KEYS["仇伟"]), (event.id, KEYS["范德"])]
    cases.write_step(branch, keys[:1], Step.CONTACT, Visit(DAY, "电话", "马会计"))
    written = cases.write_visit(branch, keys, Visit(DAY, "上门", "罗有秀"))
    assert "仇伟" in written.told[-1] and "范德" not in written.told[-1]
    assert [step.by_whom for step in case(branch, event, "仇伟").steps if step.step == "contact"] == ["马会计"]
    assert case(branch, event, "范德").lacking == (Step.MAKE_UP,)
    assert not [step for step in case(branch, event, "范德").steps if step.step == "reason"]


def test_a_contact_that_reached_nobody_is_kept_and_settles_nothing(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT})
    key = (event.id, KEYS["仇伟"])
    cases.write_step(branch, [key], Step.CONTACT, Visit(DAY, "电话", "罗有秀", reached=False))
    assert Step.CONTACT in case(branch, event, "仇伟").lacking
    cases.write_step(branch, [key], Step.CONTACT, Visit(date(2026, 11, 8), "上门", "罗有秀"))
    found = case(branch, event, "仇伟")
    assert found.done_on(Step.CONTACT) == date(2026, 11, 8) and [it.reached for it in found.steps] == [False, True]


@pytest.mark.parametrize(
    ("preset", "demanded"),
    [
        ("rural_community", ("contact", "reason", "brief", "make_up")),
        ("soe", ("contact", "reason", "make_up")),
        ("organ_strict", ("make_up",)),
        ("bureau", ()),
    ],
)
def test_the_guide_in_force_on_the_day_says_which_steps_are_demanded(branch, preset, demanded):
    switch_preset(branch, preset, "试一试")
    event = hold(branch, marks={"仇伟": Status.ABSENT})
    assert case(branch, event, "仇伟").demanded == demanded
    assert names(branch) == (["仇伟"] if demanded else [])
    written = cases.write_visit(branch, [(event.id, KEYS["仇伟"])], VISIT)
    assert len(written.steps) == (3 if "brief" in demanded else 2)


def test_a_branch_may_decide_for_itself_and_past_events_keep_their_rules(branch):
    hold(branch, date(2026, 11, 5), {"仇伟": Status.ABSENT})
    override_rule(branch, "absence.steps", ("contact",), "支部决定")
    hold(branch, DAY, {"仇伟": Status.ABSENT})
    assert [it.lacking for it in cases.open_cases(branch)] == [tuple(Step), (Step.CONTACT,)]


def test_who_has_left_the_branch_is_waited_for_no_longer(branch):
    event = hold(branch, date(2026, 10, 9), {"仇伟": Status.ABSENT})
    add_movement(branch, KEYS["仇伟"], "transfer_out", date(2026, 11, 1), "", "")
    assert names(branch) == [] and case_state(case(branch, event, "仇伟")) == "已离开支部"


def test_an_odd_date_is_written_and_told(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT})
    key = [(event.id, KEYS["仇伟"])]
    assert "早于活动" in cases.write_step(branch, key, Step.BRIEF, Visit(date(2026, 11, 1))).told[0]
    assert "之后" in cases.write_step(branch, key, Step.BRIEF, Visit(date(2026, 11, 9))).told[0]


def test_a_late_entry_keeps_the_day_that_it_was_done_and_the_day_that_it_was_written(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT})
    on(branch, date(2026, 11, 20))
    cases.write_step(branch, [(event.id, KEYS["仇伟"])], Step.CONTACT, Visit(date(2026, 11, 7), "上门"))
    change = cases.step_history(branch, case(branch, event, "仇伟"))[0]
    assert change.day == "2026-11-20" and "2026-11-07" in (change.new or "")


def test_what_cannot_be_is_refused_with_the_next_step(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT})
    key = [(event.id, KEYS["仇伟"])]
    with pytest.raises(UserMistake, match="请选一类"):
        cases.write_step(branch, key, Step.REASON, Visit(DAY))
    with pytest.raises(UserMistake, match="请在名单里选中"):
        cases.write_step(branch, [], Step.CONTACT, Visit(DAY))
    with pytest.raises(UserMistake, match="请在名单里选中"):
        cases.write_visit(branch, [(event.id, 999)], Visit(DAY))
    with pytest.raises(UserMistake, match="缩短"):
        cases.write_step(branch, key, Step.CONTACT, Visit(DAY, note="长" * 201))
    assert branch.rows("SELECT count(*) FROM case_step")[0][0] == 0


def test_a_step_taken_out_stays_in_the_record(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT})
    written = cases.write_step(branch, [(event.id, KEYS["仇伟"])], Step.REASON, Visit(DAY, reason_class=UNEXCUSED))
    cases.take_step_out(branch, written.steps[0])
    assert case(branch, event, "仇伟").steps == ()
    kept = branch.rows("SELECT op FROM change WHERE kept_in = 'case_step' ORDER BY id")
    assert [row[0] for row in kept] == ["insert", "delete"]
    cases.take_back(branch, Written())

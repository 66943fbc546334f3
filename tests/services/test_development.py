"""Development of members in a book: the steps entered, what is told, the next step, the facts."""

from datetime import date

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import said_before_and_after
from partyday_tui.rules.development import STEPS
from partyday_tui.services import development as service
from partyday_tui.store import registers as facts

TODAY = date(2026, 11, 6)


@pytest.fixture
def somebody(book):
    return service.add_candidate(book, "何树苗")


def test_a_candidate_begins_at_the_first_step(book, somebody):
    (line,) = service.candidates(book)
    assert (line.candidate.name, line.row.reading, line.done, line.stage) == ("何树苗", "he shu miao", 0, "申请入党")
    assert line.next_step == STEPS[0] and line.due is None and not line.is_over


def test_each_date_leads_to_the_next_step_and_its_deadline(book, somebody):
    assert service.enter_step(book, somebody, 1, date(2026, 10, 20)) == []
    line = service.candidate(book, somebody)
    assert (line.next_step.number, line.due, line.late) == (2, date(2026, 11, 20), False)


@pytest.mark.parametrize(
    ("steps", "number", "on", "said"),
    [
        ({1: "2026-01-05"}, 2, "2026-02-06", "党组织派人谈话办得迟"),
        ({3: "2026-01-05"}, 7, "2026-10-01", "确定发展对象办得早"),
        ({1: "2026-05-01", 2: "2026-05-20"}, 3, "2026-05-10", "第2道「党组织派人谈话」的日期比它晚"),
        ({}, 1, "2026-11-07", "在今天之后"),
        ({}, 15, "2026-11-06", "请到名册里添加"),
        ({}, 11, "2026-11-06", "不少于三天"),
    ],
)
def test_a_date_that_does_not_fit_is_told_and_kept(book, somebody, steps, number, on, said):
    for step, day in steps.items():
        service.enter_step(book, somebody, step, date.fromisoformat(day))
    told = service.enter_step(book, somebody, number, date.fromisoformat(on))
    assert any(said in it for it in told), told
    assert service.candidate(book, somebody).candidate.done_on(number) == date.fromisoformat(on)


def test_a_step_skipped_is_not_the_next_one_but_stays_open(book, somebody):
    service.enter_step(book, somebody, 3, date(2026, 1, 5))
    line = service.candidate(book, somebody)
    assert line.next_step.number == 4 and line.done == 1
    for number in range(4, 26):
        service.enter_step(book, somebody, number, date(2026, 1, 6))
    assert service.candidate(book, somebody).next_step.number == 1


def test_all_steps_done_is_the_end(book, somebody):
    for step in STEPS:
        service.enter_step(book, somebody, step.number, date(2026, 1, 6))
    line = service.candidate(book, somebody)
    assert (line.done, line.next_step, line.stage, line.is_over) == (25, None, "全部办完", True)


def test_a_date_is_corrected_and_taken_out_and_the_record_tells_both_by_title(book, somebody):
    service.enter_step(book, somebody, 1, date(2026, 1, 5), "申请书一份")
    service.enter_step(book, somebody, 1, date(2026, 1, 6))
    service.take_step_out(book, somebody, 1)
    assert service.candidate(book, somebody).candidate.steps == ()
    said = [line for it in service.candidate_history(book, somebody) for line in said_before_and_after(it)]
    assert [line for line in said if line[0] == "递交入党申请书"] == [
        ("递交入党申请书", "2026-01-06", "空"),
        ("递交入党申请书", "空", "2026-01-06"),
        ("递交入党申请书", "2026-01-05", "空"),
        ("递交入党申请书", "空", "2026-01-05"),
    ]


def test_looks_move_the_half_yearly_deadline(book, somebody):
    service.enter_step(book, somebody, 3, date(2025, 9, 15))
    assert service.candidate(book, somebody).late
    service.enter_look(book, somebody, date(2026, 9, 1), "认真")
    service.enter_look(book, somebody, date(2026, 9, 1), "改写")
    line = service.candidate(book, somebody)
    assert (line.due, line.late, line.candidate.looks) == (date(2027, 3, 1), False, (date(2026, 9, 1),))
    service.take_look_out(book, somebody, date(2026, 9, 1))
    assert service.candidate(book, somebody).late


PARTICULARS = {
    "name": "何树苗", "contacts": "罗有秀、邓艳", "training_days": "3", "training_hours": "", "extended_months": "6", "special": "1",
    "note": "张[/foo]三",
}  # fmt: skip


def test_the_particulars_are_what_the_deadlines_go_by(book, somebody):
    service.enter_step(book, somebody, 15, date(2026, 1, 5))
    assert service.candidate(book, somebody).due == date(2026, 4, 5)
    service.save_particulars(book, somebody, PARTICULARS)
    line = service.candidate(book, somebody)
    held = line.candidate
    assert (held.training_days, held.training_hours, held.extended_months, held.special) == (3, 0, 6, True)
    assert (line.row.contacts, line.row.note) == ("罗有秀、邓艳", "张[/foo]三")
    assert any(note.step == 22 and note.on == date(2027, 7, 5) for note in line.notes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "名" * 41},
        {"training_days": "三"},
        {"training_days": "-1"},
        {"extended_months": "61"},
        {"contacts": "人" * 81},
    ],
)
def test_particulars_that_cannot_be_are_refused(book, somebody, wrong):
    with pytest.raises(UserMistake, match="请"):
        service.save_particulars(book, somebody, PARTICULARS | wrong)
    assert service.candidate(book, somebody).row.contacts == ""


def test_giving_up_ends_the_deadlines_and_can_be_taken_back(book, somebody):
    service.enter_step(book, somebody, 1, date(2026, 1, 5))
    service.end(book, somebody, date(2026, 3, 1), "本人撤回申请")
    line = service.candidate(book, somebody)
    assert (line.stage, line.is_over, line.notes) == ("已终止", True, ())
    service.end(book, somebody, None)
    assert not service.candidate(book, somebody).is_over


def test_guests_who_are_activists_are_offered_once(book):
    with book.act("列席") as act:
        act.connection.execute(
            "INSERT INTO guest (id, name, class) VALUES (1, '何树苗', '入党积极分子'), (2, '周第一', '第一书记')"
        )
    assert [guest.name for guest in service.guests_to_develop(book)] == ["何树苗"]
    service.add_candidate(book, "何树苗", 1)
    assert service.guests_to_develop(book) == []


def test_taken_out_with_all_dates(book, somebody):
    service.enter_step(book, somebody, 1, date(2026, 1, 5))
    service.enter_look(book, somebody, date(2026, 9, 1))
    service.take_out(book, somebody)
    assert service.candidates(book) == []
    assert book.rows("SELECT count(*) FROM candidate_step")[0][0] == 0
    with pytest.raises(UserMistake, match="已经不在"):
        service.enter_step(book, somebody, 2, TODAY)


@pytest.mark.parametrize("number", [0, 26, -1])
def test_there_are_twenty_five_steps(book, somebody, number):
    with pytest.raises(UserMistake, match="共 25 道"):
        service.enter_step(book, somebody, number, TODAY)


def test_the_facts_hold_who_is_under_way_in_the_year(book, somebody):
    archived = service.add_candidate(book, "江小满")
    given_up = service.add_candidate(book, "刘大田")
    service.enter_step(book, archived, 25, date(2025, 12, 31))
    service.end(book, given_up, date(2025, 12, 31))
    assert [it.name for it in facts.candidates(book, 2026)] == ["何树苗"]
    assert {it.name for it in facts.candidates(book, 2025)} == {"何树苗", "江小满", "刘大田"}


def test_a_candidate_is_named_by_name_or_key(book, somebody):
    assert service.candidate_named(book, "何树苗") == service.candidate_named(book, str(somebody)) == somebody
    assert service.candidate_named(book, "无人") is None
    service.add_candidate(book, "何树苗")
    with pytest.raises(UserMistake, match="2 位「何树苗」"):
        service.candidate_named(book, "何树苗")

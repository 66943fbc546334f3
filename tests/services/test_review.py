"""The review of an event: opened on its day, counted by class, refused by the sum, the weak ones counted in the year."""

from datetime import date

import pytest
from tests.conftest import TODAY
from tests.ui.screens.rolls import fill

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.ballots import Ballots
from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.month import Month
from partyday_tui.services import registers
from partyday_tui.services import review as service
from partyday_tui.services.books import make_book
from partyday_tui.services.duties import duties_of_year
from partyday_tui.services.events import add_event, take_event_out
from partyday_tui.services.presets import override_rule
from partyday_tui.services.review_year import explanation, review_year
from partyday_tui.store import reviews

LINES = ("主题特色鲜明", "内容充实健康", "方式灵活生动", "效果突出显著", "总体评价")


def rows(counts, **other):
    return dict.fromkeys(LINES, counts) | other


@pytest.fixture
def strict(tmp_path):
    """A branch whose guide draws the line of 60 % (S1b)."""
    book = make_book(tmp_path / "strict.db", Clock(TODAY), name="机关党支部", preset="organ_strict", secretary="罗有秀")
    yield book
    book.close()


def held(book, *days):
    return [add_event(book, Month.of(day), day, frozenset({"party_day"}), {"theme": f"{day:%m}"}) for day in days]


def days(*months):
    return [date(2026, month, 6) for month in months]


def test_what_is_counted_is_read_back(book):
    event = fill(book, ["甲", "乙"])
    page = service.write_class(book, event, "party", Ballots(25, 24, 1), rows("18 4 1"))
    page = service.write_class(book, event, "served", Ballots(6, 6, 0), rows("6", 总体评价="3 3"))
    assert [it.voter for it in page.review.classes] == ["party", "served"]
    assert page.review.lines == LINES
    assert page.review.counts("主题特色鲜明") == (24, 4, 1, 0)
    assert page.share.words == "96.5%"
    assert page.lateness == ""
    assert reviews.reviewed_on(book, TODAY, TODAY) == {event: TODAY}
    assert review_year(book, 2026).lines[-1].share == page.share


def test_before_its_day_a_review_is_told_to_wait(book):
    (event,) = held(book, date(2026, 11, 13))
    for act in (
        lambda: service.read_review(book, event),
        lambda: service.write_class(book, event, "party", Ballots(1, 1, 0), rows("1")),
        lambda: service.write_remarks(book, event, "好"),
    ):
        with pytest.raises(UserMistake, match="这次活动在2026-11-13，还没有到"):
            act()
    undated = add_event(book, Month(2026, 11), None, frozenset({"party_day"}), {})
    with pytest.raises(UserMistake, match="还没有定日期"):
        service.read_review(book, undated)
    assert reviews.review(book, event) is None


def test_on_another_day_it_is_written_and_told(book):
    (event,) = held(book, date(2026, 11, 4))
    page = service.write_class(book, event, "party", Ballots(3, 3, 0), rows("3"))
    assert "测评日期11-06不是活动当天11-04" in page.lateness
    service.write_day(book, event, date(2026, 11, 4))
    assert service.read_review(book, event).lateness == ""
    for wrong in (date(2026, 11, 3), date(2026, 11, 7)):
        with pytest.raises(UserMistake, match="要在活动当天2026-11-04到今天之间"):
            service.write_day(book, event, wrong)


@pytest.mark.parametrize(
    ("ballots", "wrong", "said"),
    [
        (Ballots(40, 41, 0), {}, "收回41票，比发出40票多1票"),
        (Ballots(40, 40, 0), {"内容充实健康": "30 6 5"}, "「内容充实健康」满意30+基本满意6+不满意5，合计41票"),
        (Ballots(40, 40, 0), {"总体评价": "30 6 3 0"}, "比有效票40票少1票"),
    ],
)
def test_what_does_not_add_up_leaves_the_book_alone(book, ballots, wrong, said):
    event = fill(book, ["甲"])
    with pytest.raises(UserMistake, match=said.replace("+", r"\+")):
        service.write_class(book, event, "party", ballots, rows("40", **wrong))
    assert reviews.review(book, event) is None


def test_a_line_that_is_missing_is_named(book):
    event = fill(book, ["甲"])
    with pytest.raises(UserMistake, match="还缺少「效果突出显著」"):
        service.write_class(
            book, event, "party", Ballots(2, 2, 0), {line: "2" for line in LINES if line != "效果突出显著"}
        )


def test_the_dimensions_are_the_branchs_own(book):
    event = fill(book, ["甲"])
    override_rule(book, "review.dimensions", ("学得好", "做得实"), "支委会定")
    page = service.write_class(
        book, event, "party", Ballots(2, 2, 0), {"学得好": "2", "做得实": "1 1", "总体评价": "2"}
    )
    assert page.review.lines == ("学得好", "做得实", "总体评价")
    override_rule(book, "review.dimensions", ("别的",), "又改了")
    again = service.write_class(book, event, "party", Ballots(2, 2, 0), {"学得好": "2", "做得实": "2", "总体评价": "2"})
    assert again.review.lines == ("学得好", "做得实", "总体评价"), "what was asked is not changed by a later rule"


@pytest.mark.parametrize(("mode", "words"), [("both", "75.0%"), ("satisfied", "50.0%"), ("weighted", "65.0%")])
def test_the_mode_is_the_branchs_choice(book, mode, words):
    event = fill(book, ["甲"])
    override_rule(book, "review.mode", mode, "支委会定")
    page = service.write_class(book, event, "party", Ballots(4, 4, 0), rows("2 1 1"))
    assert (page.terms.mode, page.share.words) == (mode, words)


def test_weak_reviews_are_counted_over_the_year(strict):
    said = []
    for event in held(strict, *days(3, 5, 7, 9)):
        service.write_class(strict, event, "party", Ballots(50, 50, 0), rows("29 0 21"))
        said.append(review_year(strict, 2026).sentence)
    assert ["再有2次就到3次" in said[0], "再有1次就到3次" in said[1], "已有3次" in said[2], "已有4次" in said[3]] == [
        True
    ] * 4
    assert "不得纳入评先选优范围" not in said[0]
    assert "正好60%不算" in explanation(review_year(strict, 2026))
    assert all("不得纳入评先选优范围" in it for it in said[1:])
    assert review_year(strict, 2025).sentence == ""


def test_exactly_sixty_percent_is_not_weak(strict):
    (event,) = held(strict, *days(3))
    assert not service.write_class(strict, event, "party", Ballots(50, 50, 0), rows("30 0 20")).year.weak
    assert service.write_class(strict, event, "party", Ballots(1000, 1000, 0), rows("599 0 401")).year.weak == 1


def test_a_guide_that_draws_no_line_calls_nothing_weak(book):
    (event,) = held(book, *days(3))
    page = service.write_class(book, event, "party", Ballots(5, 5, 0), rows("0 0 5"))
    assert (page.year.weak, page.year.sentence, page.terms.percent) == (0, "", None)
    assert "没有规定" in explanation(page.year)


def test_remarks_become_improvement_items_once(book):
    event = fill(book, ["甲"])
    service.write_remarks(book, event, "时间再长些\n\n多讲村里的事\n")
    page = service.read_review(book, event)
    assert service.remarks_of(page) == ["时间再长些", "多讲村里的事"]
    service.remarks_to_problems(book, event, ["时间再长些"], "马会计", "2026-12-01")
    page = service.read_review(book, event)
    assert service.remarks_of(page) == ["多讲村里的事"]
    entry = page.problems[0]
    assert (entry.values["title"], entry.values["source"], entry.values["owner"]) == (
        "时间再长些",
        "主题测评",
        "马会计",
    )
    assert str(entry.values["due_on"]) == "2026-12-01"
    register = registers.register_named("problem")
    assert len(registers.entries_of(book, register, 2026)) == 1


def test_a_class_is_taken_out_and_the_rest_stays(book):
    event = fill(book, ["甲"])
    service.write_class(book, event, "party", Ballots(2, 2, 0), rows("2"))
    service.write_class(book, event, "superior", Ballots(2, 2, 0), rows("0 0 2"))
    service.take_class_out(book, event, "superior")
    page = service.read_review(book, event)
    assert [it.voter for it in page.review.classes] == ["party"]
    service.set_best_case(book, event, True)
    service.write_group_note(book, event, "第二党小组准备不足")
    review = service.read_review(book, event).review
    assert (review.is_best_case, review.group_note) == (True, "第二党小组准备不足")


def test_a_reviewed_event_is_not_taken_out_of_the_plan(book):
    (event,) = held(book, date(2026, 11, 4))
    service.write_class(book, event, "party", Ballots(2, 2, 0), rows("2"))
    with pytest.raises(UserMistake, match="已经写了活动记录"):
        take_event_out(book, event)


def test_the_record_of_changes_names_the_line_and_holds_no_ballot(book):
    event = fill(book, ["甲"])
    service.write_class(book, event, "party", Ballots(3, 3, 0), rows("3"))
    before = len(service.review_history(book, event))
    service.write_class(book, event, "party", Ballots(3, 3, 0), rows("3", 总体评价="2 1"))
    found = service.review_history(book, event)
    changed = found[: len(found) - before]
    assert {change.kept_in for change in changed} == {"review_count"}
    assert all("总体评价" in (change.old or change.new) for change in changed)
    service.write_class(book, event, "party", Ballots(3, 3, 0), rows("3", 总体评价="2 1"))
    assert len(service.review_history(book, event)) == len(found), "the same counts again leave no change"


def test_the_duty_of_the_day_is_settled_by_the_counts(strict):
    (event,) = held(strict, TODAY)

    def states():
        return [it.state for it in duties_of_year(strict, 2026) if it.rule_key == "review.after_event"]

    assert states() == [State.OPEN]
    service.write_class(strict, event, "party", Ballots(3, 3, 0), rows("3"))
    assert states() == [State.DONE]

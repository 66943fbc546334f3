"""The service calls that write one act into the book and touch nothing else, at least one of each service that does."""

from contextlib import closing
from datetime import date

from partyday_tui.rules.month import Month
from partyday_tui.rules.people import Guest
from partyday_tui.services import (
    absence_runs,
    books,
    care,
    cases,
    development,
    dues_assess,
    dues_assess_many,
    dues_away,
    dues_handover,
    dues_months,
    dues_publish,
    event_record,
    events,
    holidays,
    make_up,
    moving,
    pictures,
    plan_import,
    presets,
    roll,
    roster,
    yearly_plans,
)
from tests.dues_branch import APPROVED
from tests.soak import beginnings
from tests.soak.call import Call, with_book
from tests.soak.world import DAY

_FIELDS = ("identity", "reading", "note", "sex", "dues_category", *roster._LINES, *roster._DATES, *roster._FLAGS)
_MEMBER = dict.fromkeys(_FIELDS, "") | {"name": "邓六", "kind": "full"}
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def _call(name, act, begin=beginnings.branch, **more):
    return Call(name, begin, with_book(lambda book, ready: act(book, ready)), **more)


def _new(name, act, begin=beginnings.branch, **more):
    """Done twice, it is there twice: the user sees both."""
    return _call(name, act, begin, is_new_each_time=True, **more)


def _event(book):
    return roll.event_to_call(book).id


def _absent(book):
    """Who was marked absent, as the keys of their cases."""
    return [(_event(book), 4)]


def _preview_plan(world):
    with closing(world.opened()) as book:
        return plan_import.preview_plan(book, beginnings.PLAN)


def _assess_fixed(book, _):
    decisions = dues_assess_many.fixed_decisions(book, 2026, Month(2026, 1), unnamed_as="farmer", **APPROVED)
    dues_assess_many.assess_fixed(book, 2026, decisions)


def _receipt(book, _):
    acts = dues_handover.without_receipt(book)
    if acts:
        dues_handover.add_receipt(book, [entry.id for entry in acts[0]], "2026-17")


def _picture(world):
    path = world.folder / "会场.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(5000))
    return path


ACTS = (
    _new("member", lambda book, _: roster.save_member(book, None, _MEMBER)),
    _new("movement", lambda book, _: roster.add_movement(book, 1, "transfer_out", DAY, "县城", "")),
    _new("event", lambda book, _: events.add_event(book, NOVEMBER, None, frozenset({"party_day"}), {"place": "村部"})),
    _call("event moved", lambda book, _: moving.move_event(book, _event(book), date(2026, 11, 20), "防汛")),
    _call("step of a procedure", lambda book, _: event_record.write_step(book, _event(book), "签到", DAY)),
    _call("picture", lambda book, path: pictures.add_picture(book, _event(book), path), ready=_picture),
    _new(
        "guest at a roll",
        lambda book, _: roll.seat_guest(book, roll.event_to_call(book), Guest(0, "李四", "", "群众代表", "")),
    ),
    _call(
        "visit of the absent",
        lambda book, _: cases.write_visit(book, _absent(book), cases.Visit(DAY, "上门", "罗有秀")),
        beginnings.called,
    ),
    _new(
        "lesson made up",
        lambda book, _: make_up.add_lesson(book, _absent(book), {"on_date": str(DAY), "form": "自学"}),
        beginnings.called,
    ),
    _new(
        "report of a long absence",
        lambda book, _: absence_runs.report(book, _absent(book)[0], DAY, "镇党委", "罗有秀"),
        beginnings.called,
    ),
    _new("outreach", lambda book, _: care.write_outreach(book, [2], {"on_date": str(DAY), "way": "电话"})),
    _new("candidate", lambda book, _: development.add_candidate(book, "孙七")),
    _call("reading plan", lambda book, _: yearly_plans.seed_segments(book, 2026)),
    _call("day off", lambda book, _: holidays.write_day(book, DAY, is_off=True, name="停课")),
    _call(
        "names of the branch",
        lambda book, _: books.change_branch(book, name="新村党支部", superior="镇党委", secretary="甲"),
    ),
    _call("rules of another kind", lambda book, _: presets.switch_preset(book, "rural_community", "换届")),
    _new("plan table", plan_import.write_plan, ready=_preview_plan),
    _call("fixed assessments together", _assess_fixed, beginnings.rostered),
    _new("months of dues", lambda book, _: dues_assess.set_term(book, 2, OCTOBER, None, "介绍信")),
    _new("dues paid elsewhere", lambda book, _: dues_away.set_away(book, 3, OCTOBER, None, "县城")),
    _call("receipt of a hand-over", _receipt, beginnings.handed_over),
    _new(
        "deferral of dues",
        lambda book, _: dues_months.note_members(book, OCTOBER, {2: dues_months.Noted("deferred", "外出")}),
    ),
    _new("publication", lambda book, _: dues_publish.record_publication(book, 2026, DAY, "公示栏")),
)

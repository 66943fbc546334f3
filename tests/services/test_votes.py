"""A vote begins with the heads of the roll, and nobody is left out but by the user (F5, F8)."""

import pytest
from tests.ui.screens.rolls import fill

from partyday_tui.services.events import existing_event
from partyday_tui.services.registers import members_named
from partyday_tui.services.roll import Mark, write_marks
from partyday_tui.services.votes import vote_to_begin_with, voters_of

NAMES = ["甲", "乙", "丙", "丁", "戊"]


@pytest.fixture
def event(book):
    """甲 and 乙 came, 丙 is 流动, 丁 年老体弱, 戊 预备党员 and came."""
    key = fill(book, NAMES)
    with book.act("标签") as act:
        act.connection.execute("UPDATE member SET floating = 1 WHERE name = '丙'")
        act.connection.execute("UPDATE member SET infirm = 1 WHERE name = '丁'")
        act.connection.execute("UPDATE member SET kind = 'probationary' WHERE name = '戊'")
    marks = [("甲", "present"), ("乙", "late"), ("丙", "leave"), ("戊", "present")]
    write_marks(book, existing_event(book, key), [[Mark(members_named(book, [name])[0], it) for name, it in marks]])
    return key


def test_the_full_members_are_entitled_and_the_absent_stand_first(book, event):
    found = voters_of(book, event)
    assert {voter.name for voter in found[:2]} == {"丙", "丁"} and {voter.name for voter in found[2:]} == {"甲", "乙"}
    suggested = {voter.name: voter.suggested for voter in found}
    assert suggested == {"甲": "", "乙": "", "丙": "流动外出本人申请", "丁": "长期患病卧床"}


def test_nobody_is_left_out_by_the_program(book, event):
    vote = vote_to_begin_with(book, event)
    assert (vote.full_members, vote.entitled, vote.present, vote.deductions) == (4, 4, 2, ())


def test_who_is_left_out_counts_neither_as_entitled_nor_as_present(book, event):
    keys = dict(zip(NAMES, members_named(book, NAMES), strict=True))
    vote = vote_to_begin_with(book, event, "election", {keys["丙"]: "流动外出本人申请", keys["甲"]: "受留党察看处分"})
    assert (vote.kind, vote.entitled, vote.present) == ("election", 2, 1)
    assert {it.reason for it in vote.deductions} == {"流动外出本人申请（丙）", "受留党察看处分（甲）"}

"""Whose row it is: nobody guessed, two of one name kept apart, and the order of the rows decides nothing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyday_tui.rules.partial_date import PartialDate
from partyday_tui.rules.people import Member
from partyday_tui.rules.roster_entry import RosterEntry
from partyday_tui.rules.roster_match import changed_fields, match_rows, stated_fields
from partyday_tui.rules.roster_row import read_row

FIRST, SECOND = "999999196003087531", "999999200310160734"


def row(name="王建国", **cells):
    """What a row with these cells says; dates as text."""
    entry, _ = read_row(4, {"name": name, **cells}, date(2026, 11, 6))
    assert entry is not None
    return entry


def match(entries, members):
    """{row number from 4: the member's key, None for a new one}, and {row: field} of what is named."""
    matched, problems = match_rows(enumerate(entries, 4), members)
    return {it.row: it.member.id if it.member else None for it in matched}, {it.row: it.field for it in problems}


OLD = Member(1, "王建国", identity=FIRST, born_on="1960-03-08", joined_on="1987-01-16")
YOUNG = Member(2, "王建国", identity=SECOND, born_on="2003-10-16", joined_on="2025-02-09")


@pytest.mark.parametrize(
    ("entries", "members", "matched", "named"),
    [
        ([row()], [], {4: None}, {}),
        ([row("李四")], [OLD], {4: None}, {}),
        ([row()], [OLD], {4: 1}, {}),
        ([row("王 建 国")], [OLD], {4: 1}, {}),
        ([row(identity=FIRST)], [OLD, YOUNG], {4: 1}, {}),
        ([row(identity=SECOND), row(identity=FIRST)], [OLD, YOUNG], {4: 2, 5: 1}, {}),
        ([row(identity=FIRST)], [Member(1, "王建国")], {4: 1}, {}),
        ([row(identity=SECOND)], [OLD], {4: None}, {}),
        ([row(born_on="1960年3月")], [OLD, YOUNG], {4: 1}, {}),
        ([row(born_on="1961年3月")], [OLD, YOUNG], {4: None}, {4: "name"}),
        ([row(joined_on="2025")], [OLD, YOUNG], {4: 2}, {}),
        ([row(born_on="1970")], [Member(1, "王建国", identity=FIRST)], {4: None}, {4: "name"}),
        ([row(identity=FIRST), row(identity=SECOND)], [], {4: None, 5: None}, {}),
        ([row(born_on="1960"), row(born_on="2003")], [], {4: None, 5: None}, {}),
    ],
)
def test_whose_row_it_is(entries, members, matched, named):
    assert match(entries, members) == (matched, named)


@pytest.mark.parametrize(
    ("entries", "members", "matched", "named"),
    [
        # nothing tells which of the two
        ([row()], [OLD, YOUNG], {}, {4: "name"}),
        ([row(sex="男")], [replace(OLD, sex="女"), replace(YOUNG, sex="男")], {4: 2}, {}),
        # the one is found by his birth date, so the other is the other, whichever stands first
        ([row(born_on="1960"), row()], [OLD, YOUNG], {4: 1, 5: 2}, {}),
        ([row(), row(born_on="1960")], [OLD, YOUNG], {4: 2, 5: 1}, {}),
        # one in the book, two rows that could be he
        ([row(born_on="1960"), row(born_on="2003")], [Member(1, "王建国")], {}, {4: "name", 5: "name"}),
        ([row(phone="13812341234"), row()], [OLD], {}, {4: "name", 5: "name"}),
        # a row without anything beside the row that is he
        ([row(identity=FIRST), row(sex="男")], [OLD], {4: 1}, {5: "name"}),
        ([row(sex="男"), row(identity=FIRST)], [OLD], {5: 1}, {4: "name"}),
        # the other row's own birth date says it is somebody else, though the book knows none
        ([row(identity=FIRST), row(born_on="2003")], [Member(1, "王建国", identity=FIRST)], {4: 1, 5: None}, {}),
        # a line that stands twice
        ([row(), row()], [], {4: None}, {5: "name"}),
        ([row(identity=FIRST), row(identity=FIRST, sex="男")], [], {4: None}, {5: "identity"}),
        ([row(identity=FIRST), row("李四", identity=FIRST)], [OLD], {4: 1}, {5: "identity"}),
        # only the group or the telephone differs: two people, and said so
        ([row(group="一组"), row(group="二组")], [], {4: None, 5: None}, {5: "name"}),
        ([row(group="二组"), row(group="一组")], [Member(1, "王建国", group="一组"), Member(2, "王建国", group="二组")],
         {4: 2, 5: 1}, {}),
        # another name under a number that the book knows
        ([row("王建园", identity=FIRST)], [OLD], {4: 1}, {4: "name"}),
    ],
)  # fmt: skip
def test_nobody_is_guessed(entries, members, matched, named):
    assert match(entries, members) == (matched, named)


def test_every_refusal_says_what_to_do():
    for entries, members in (
        ([row()], [OLD, YOUNG]),
        ([row(), row()], []),
        ([row(identity=FIRST), row(identity=FIRST, sex="男")], []),
        ([row(born_on="1960"), row(born_on="2003")], [Member(1, "王建国")]),
        ([row(identity=FIRST), row()], [OLD]),
    ):
        _, problems = match_rows(enumerate(entries, 4), members)
        assert problems and all("这一行没有导入" in it.message and "请" in it.message for it in problems)


@pytest.mark.parametrize(
    ("known", "entry", "changed"),
    [
        (OLD, row(), {}),
        (OLD, row(identity=FIRST, born_on="1960年3月", joined_on="1987"), {}),
        (OLD, row(born_on="1960-03-08"), {}),
        (Member(1, "王建国", born_on="1960-03"), row(born_on="1960-03-08"), {"born_on": ("1960-03", "1960-03-08")}),
        (Member(1, "王建国", phone="138", floating=True, infirm=True), row(phone="", floating="", infirm=" "), {}),
        (Member(1, "王建国", floating=True), row(floating="否"), {"floating": (True, False)}),
        (Member(1, "王建国"), row(floating="是"), {"floating": (False, True)}),
        (Member(1, "王建国", lost_contact=True), row(lost_contact="否"), {"lost_contact": (True, False)}),
        (Member(1, "王建国"), row(note="年老体弱"), {"infirm": (False, True), "note": ("", "年老体弱")}),
        (Member(1, "王建国", kind="probationary"), row(), {}),
        (Member(1, "王建国", kind="probationary"), row(joined_on="1990"), {"joined_on": ("", "1990")}),
        (Member(1, "王建国", kind="full", joined_on="2026-03-06"), row(joined_on="2026-03-06"), {}),
        (Member(1, "王建国", kind="probationary"), row(kind="正式党员"), {"kind": ("probationary", "full")}),
        (Member(1, "王建国"), row(kind="预备党员"), {"kind": ("full", "probationary")}),
        (Member(1, "王建国"), row(kind="中共党员"), {}),
        (Member(1, "王建国", group="一组"), row(group="二组"), {"group": ("一组", "二组")}),
    ],
)
def test_what_a_row_changes(known, entry, changed):
    assert changed_fields(known, entry) == changed


def test_the_sixteen_items_all_reach_the_book():
    cells = {
        "sex": "男", "ethnicity": "汉", "identity": FIRST, "born_on": "1960-03-08", "education": "初中", "kind": "正式党员",
        "joined_on": "1987-01-16", "confirmed_on": "198801", "job": "电工", "phone": "13812341234", "landline": "2345678",
        "address": "柳湾村三组", "lost_contact": "是", "lost_since": "202001", "floating": "是", "destination": "武汉",
        "group": "一组", "post": "书记", "dues_category": "农民", "infirm": "是", "hardship": "是", "leading_cadre": "是",
        "note": "备注",
    }  # fmt: skip
    stated = stated_fields(row(**cells))
    assert set(stated) == {"name", *cells}
    assert all(hasattr(OLD, field) for field in stated)


def test_a_birth_date_that_contradicts_the_number_tells_of_nobody_else():
    entries = [row(identity=SECOND, born_on="1960")]
    found, problems = match_rows(enumerate(entries, 4), [Member(2, "王建国", born_on="1960")])
    assert [it.member for it in found] == [None]
    assert [problem.row for problem in problems] == [4], "it is named all the same"


# Properties

_dates = st.sampled_from(
    [None, PartialDate(1960), PartialDate(1960, 3), PartialDate(1960, 3, 8), PartialDate(2003, 10)]
)
_numbers = st.sampled_from([None, None, FIRST, SECOND])
_texts = st.sampled_from(["", "", "一组", "二组"])
_entries = st.builds(
    RosterEntry,
    name=st.sampled_from(["王建国", "王 建国", "李四"]),
    kind=st.sampled_from(["full", "probationary"]),
    kind_stated=st.booleans(),
    born_on=_dates,
    joined_on=_dates,
    identity=_numbers,
    group=_texts,
    tags=st.sampled_from([frozenset(), frozenset({"floating"})]),
)
_members = st.builds(
    Member,
    id=st.just(0),
    name=st.sampled_from(["王建国", "李四"]),
    kind=st.sampled_from(["full", "probationary"]),
    born_on=_dates.map(lambda it: it.iso if it else ""),
    joined_on=_dates.map(lambda it: it.iso if it else ""),
    identity=_numbers.map(lambda it: it or ""),
    group=_texts,
)


def _own_numbers(people):
    """No two with one identity number, as the book and a sound file have it."""
    found = [it.identity for it in people if it.identity]
    return len(found) == len(set(found))


_books = (
    st.lists(_members, max_size=4)
    .filter(_own_numbers)
    .map(lambda found: [replace(member, id=number) for number, member in enumerate(found, 1)])
)
_files = st.lists(_entries, max_size=5).filter(_own_numbers)


def write(entries, members):
    """The book after an import: members by key, then the new ones."""
    matched, _ = match_rows(enumerate(entries, 4), members)
    after = {member.id: member for member in members}
    added = []
    for it in matched:
        if it.member is None:
            added.append(Member(0, **{"kind": it.entry.kind} | stated_fields(it.entry)))
        else:
            new = {field: value for field, (_, value) in changed_fields(it.member, it.entry).items()}
            after[it.member.id] = replace(it.member, **new)
    return list(after.values()), added


@given(_files, _books, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_of_the_rows_decides_nothing(entries, members, random):
    shuffled = random.sample(entries, len(entries))
    known, added = write(entries, members)
    known_too, added_too = write(shuffled, members)
    assert known == known_too
    assert sorted(map(repr, added)) == sorted(map(repr, added_too))


@given(_files, _books)
@settings(max_examples=150)
def test_a_second_import_changes_nothing(entries, members):
    known, added = write(entries, members)
    book = known + [replace(member, id=number) for number, member in enumerate(added, 100)]
    assert write(entries, book) == (book, [])


@given(_files, _books)
def test_nobody_is_two_rows_and_every_row_is_told_of(entries, members):
    matched, problems = match_rows(enumerate(entries, 4), members)
    keys = [it.member.id for it in matched if it.member]
    assert len(keys) == len(set(keys))
    assert {it.row for it in matched} | {it.row for it in problems} == set(range(4, 4 + len(entries)))

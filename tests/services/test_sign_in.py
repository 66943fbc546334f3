"""The exported sheet says what the roll on the screen says."""

from datetime import date

import pytest
from openpyxl import load_workbook

from partyday_tui.clock import Clock
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import RollEntry, Status
from partyday_tui.services.books import make_book
from partyday_tui.services.plan import event_or_ruled
from partyday_tui.services.roll import Mark, read_roll, seat_guest, write_marks
from partyday_tui.services.sign_in import export_sign_in, in_signing_order
from partyday_tui.store.events import insert_event
from partyday_tui.store.members import group_id, insert_members

DAY = date(2026, 11, 6)


@pytest.fixture
def book(tmp_path):
    book = make_book(tmp_path / "book.db", Clock(DAY), name="柳湾村党支部", preset="rural_community")
    with book.act("准备", with_session=True) as act:
        groups = [group_id(act, name) for name in ("第一党小组", "第二党小组", "第三党小组")]
        people = [
            ("赵三", "zhao san", groups[2]),
            ("张二", "zhang er", groups[1]),
            ("安零", "an ling", None),
            ("白一", "bai yi", groups[0]),
        ]
        insert_members(act, [{"name": n, "reading": r, "kind": "full", "group_id": g} for n, r, g in people])
        insert_event(act, {"month": "2026-11", "on_date": "2026-11-06", "theme": "党史/学习"}, frozenset({"party_day"}))
    yield book
    book.close()


def rows_of(path):
    return [[cell.value for cell in row if cell.value is not None] for row in load_workbook(path).active.iter_rows()]


def test_the_blank_sheet_lists_the_roster_by_group(book, tmp_path):
    path = export_sign_in(book, event_or_ruled(book, DAY), tmp_path / "出", blank=True)
    assert path == tmp_path / "出" / "签到表 2026-11-06 党史 学习（空白）.xlsx"
    rows = rows_of(path)
    assert rows[1] == ["党支部：柳湾村党支部"]
    assert [row[1] for row in rows[6:10]] == ["白一", "张二", "赵三", "安零"]


def test_the_filled_sheet_counts_as_the_roll_does(book, tmp_path):
    event = event_or_ruled(book, DAY)
    roll = read_roll(book, event)
    ids = {entry.name: entry.member_id for entry in roll.entries}
    write_marks(book, event, [[Mark(ids["白一"], Status.PRESENT), Mark(ids["张二"], Status.LEAVE, "住院")]])
    seat_guest(book, event, Guest(0, "刘书记", "", "第一书记", "县局"))
    rows = rows_of(export_sign_in(book, event, tmp_path, blank=False))
    counts = read_roll(book, event).counts
    assert rows[4] == [f"应到{counts.expected}人　　实到{counts.came}人　　请假1人　　缺席0人　　未点2人　　列席1人"]
    assert rows[7][3].startswith("到会")
    assert rows[8:11] == [
        [2, "张二", "第二党小组", "请假", "住院"],
        [3, "赵三", "第三党小组", "未点"],
        [4, "安零", "未点"],
    ]


def test_members_stand_by_group_as_entered_then_by_reading():
    def entry(n, group, reading):
        return RollEntry(n, f"{n}", reading, group, "full", "", False, False)

    entries = (
        entry(1, "", "a"),
        entry(2, "第三", "b"),
        entry(3, "第二", "z"),
        entry(4, "第二", "c"),
        entry(5, "旧组", "a"),
    )
    ordered = in_signing_order(entries, ["第一", "第二", "第三"])
    assert [e.member_id for e in ordered] == [4, 3, 2, 5, 1]


def test_two_of_one_name_are_told_apart_by_their_year_of_birth(book, tmp_path):
    born = [("1960-03-08", ""), ("", "999999200310160734"), ("", "")]
    with book.act("准备", with_session=True) as act:
        insert_members(
            act,
            [
                {
                    "name": "王建国",
                    "reading": "wang jian guo",
                    "kind": "full",
                    "born_on": day or None,
                    "identity": number,
                }
                for day, number in born
            ],
        )
    for blank, column in ((True, 2), (False, 3)):
        rows = rows_of(export_sign_in(book, event_or_ruled(book, DAY), tmp_path, blank=blank))
        named = [row[column:] for row in rows if len(row) > 1 and row[1] == "王建国"]
        assert sorted(map(str, named)) == ["['1960年生']", "['2003年生']", "[]"]
        assert all("年生" not in str(row) for row in rows if "王建国" not in row)

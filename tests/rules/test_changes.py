"""Every change of every kept table can be read in Chinese, and no list shows a number that identifies a person."""

import re

import pytest

from partyday_tui.rules.changes import Change, field_word, said_before_and_after
from partyday_tui.rules.roster_heads import FIELDS
from partyday_tui.store.changes import changes_of
from partyday_tui.store.members import group_id, insert_members, update_member
from partyday_tui.store.schema import KEPT

OF_OTHER_ROWS = {"event", "member", "guest", "host", "talk", "candidate", "decision", "segment", "meeting", "make_up"}
OF_THE_PROGRAM = {"id", "book_key"} | {f"{row}_id" for row in OF_OTHER_ROWS}


def change(field, old, new, op="update"):
    return Change("2026-11-06T19:00:00+08:00", "2026-11-06", "罗有秀", "点名", "", "member", op, field, old, new)


def packed(**fields):
    return "".join(f"{name}\x1f{value}\x1e" for name, value in fields.items())


@pytest.mark.parametrize("table", KEPT)
def test_every_field_of_every_kept_table_has_a_chinese_word(book, table):
    held = {row["name"] for row in book.rows(f"PRAGMA table_info({table})")}
    assert held
    columns = held - OF_THE_PROGRAM
    assert {column for column in columns if field_word(column) == "其他" or field_word(column).isascii()} == set()
    said = said_before_and_after(change("", None, packed(**dict.fromkeys(columns, "1")), "insert"))
    assert len(said) == len(columns - {"group_id"})
    assert not [line for line in said if re.search("[a-z_]", "".join(line))]


def test_every_field_that_a_roster_can_name_has_a_word():
    assert not [field for field in FIELDS if field_word(field) == "其他"]


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        ("name", "甲", "乙", ("姓名", "甲", "乙")),
        ("post", "", "书记", ("党内职务", "空", "书记")),
        ("joined_on", None, "1987-01", ("入党日期", "空", "1987-01")),
        ("kind", "probationary", "full", ("类别", "预备党员", "正式党员")),
        ("kind", None, "transfer_out", ("类别", "空", "转出")),
        ("kind", "party_day", "lesson", ("类别", "主题党日", "党课")),
        ("dues_category", "", "farmer", ("党费类别", "空", "农民")),
        ("floating", "0", "1", ("流动", "否", "是")),
        ("status", None, "present", ("点名", "未点", "到会")),
        ("status", "leave", None, ("点名", "请假", "未点")),
        ("duty", "none", "consent", ("手续", "不需请示", "请示")),
        ("state", "drafted", "sent", ("状态", "已起草", "已送出")),
        ("key", None, "party_day.schedule", ("规则", "空", "活动日")),
        ("identity", "", "999999196003087531", ("身份证号", "空", "9***************31")),
        ("phone", "13812341234", "", ("手机", "138****1234", "空")),
        ("group_id", "一组", "二组", ("党小组", "一组", "二组")),
    ],
)
def test_a_change_is_said(field, old, new, said):
    assert said_before_and_after(change(field, old, new)) == [said]


def test_the_programs_own_numbers_are_not_said():
    assert said_before_and_after(change("event_id", "1", "2")) == []
    assert said_before_and_after(change("", packed(id=1, member_id=2, kind="died"), None, "delete")) == [
        ("类别", "去世", "空")
    ]


def test_a_member_written_and_changed_is_said_as_the_book_keeps_it(book):
    with book.act("添加党员", with_session=True) as act:
        (key,) = insert_members(act, [{"name": "甲", "kind": "full", "dues_category": "farmer", "floating": 1,
                                       "identity": "999999196003087531", "phone": "13812341234"}])  # fmt: skip
    with book.act("修改党员", with_session=True) as act:
        update_member(act, key, {"kind": "probationary", "group_id": group_id(act, "一组")})
    *updates, insert = changes_of(book, "member", key)
    assert sorted(line for it in updates for line in said_before_and_after(it)) == [
        ("党小组", "空", "一组"), ("类别", "正式党员", "预备党员")]  # fmt: skip
    assert sorted(said_before_and_after(insert)) == sorted([
        ("姓名", "空", "甲"), ("类别", "空", "正式党员"), ("党费类别", "空", "农民"), ("流动", "否", "是"),
        ("身份证号", "空", "9***************31"), ("手机", "空", "138****1234")])  # fmt: skip

"""The record of changes, read back for one row and for one member with all that happened to them."""

from datetime import date

from partyday_tui.store.changes import changes_of, changes_of_member
from partyday_tui.store.members import delete_movement, insert_members, insert_movement, movements, update_member


def enter(book, name):
    with book.act("添加党员", with_session=True) as act:
        return insert_members(act, [{"name": name, "kind": "full"}])[0]


def test_a_member_has_their_own_changes_and_movements_and_nobody_elses(book):
    first, second = enter(book, "甲"), enter(book, "乙")
    with book.act("登记转出") as act:
        insert_movement(act, first, "transfer_out", date(2026, 5, 1))
    with book.act("登记去世") as act:
        insert_movement(act, second, "died", date(2026, 6, 1))
    with book.act("修改党员", with_session=True) as act:
        update_member(act, first, {"post": "书记"})
    assert [it.what for it in changes_of_member(book, first)] == ["修改党员", "登记转出", "添加党员"]
    assert [it.what for it in changes_of_member(book, second)] == ["登记去世", "添加党员"]


def test_a_movement_that_was_taken_out_stays_in_the_record(book):
    member = enter(book, "甲")
    with book.act("登记转出") as act:
        insert_movement(act, member, "transfer_out", date(2026, 5, 1), "邻村")
    (movement,) = movements(book)
    with book.act("撤销登记的转出") as act:
        delete_movement(act, movement.id)
    assert [(it.what, it.op) for it in changes_of_member(book, member)][:2] == [
        ("撤销登记的转出", "delete"),
        ("登记转出", "insert"),
    ]


def test_member_1_is_not_member_11(book):
    keys = [enter(book, f"党员{n}") for n in range(11)]
    assert keys[-1] == 11
    with book.act("登记去世") as act:
        insert_movement(act, 11, "died", date(2026, 6, 1))
    assert [it.what for it in changes_of_member(book, 1)] == ["添加党员"]


def test_a_group_is_named_in_the_changes_of_a_row(book):
    with book.act("准备") as act:
        act.connection.execute("INSERT INTO party_group (id, name) VALUES (1, '第一党小组'), (2, '第二党小组')")
    member = enter(book, "甲")
    for group in (1, 2):
        with book.act("修改党员", with_session=True) as act:
            update_member(act, member, {"group_id": group})
    assert [(it.old, it.new) for it in changes_of(book, "member", member) if it.field == "group_id"] == [
        ("第一党小组", "第二党小组"),
        (None, "第一党小组"),
    ]

"""Keeping the roster by hand: members, readings, entries and exits, guests."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import said_before_and_after
from partyday_tui.rules.month import Month
from partyday_tui.rules.people import GUEST_CLASSES, MEMBER_LIMITS, Guest
from partyday_tui.services import roster
from partyday_tui.services.books import make_book
from partyday_tui.services.events import add_event, existing_event
from partyday_tui.services.roll import Mark, read_roll, write_marks
from partyday_tui.store import members as store

FIRST, SECOND = "999999196003087531", "999999200310160734"
EMPTY = dict.fromkeys(
    [
        "name",
        "reading",
        "sex",
        "ethnicity",
        "identity",
        "born_on",
        "education",
        "joined_on",
        "confirmed_on",
        "group",
        "post",
        "job",
        "dues_category",
        "phone",
        "landline",
        "address",
        "lost_since",
        "destination",
        "note",
    ],
    "",
) | {"kind": "full", "floating": "0", "infirm": "0", "hardship": "0", "leading_cadre": "0", "lost_contact": "0"}
FULL = {
    "name": "单国强", "reading": "shan guo qiang", "kind": "probationary", "sex": "男", "ethnicity": "土家族", "identity": FIRST,
    "born_on": "1960-03-08", "education": "大专", "joined_on": "1987-01", "confirmed_on": "1988", "group": "第一党小组",
    "post": "书记", "job": "电工", "dues_category": "farmer", "phone": "13812341234", "landline": "0712-2345678",
    "address": "柳湾村三组", "floating": "1", "destination": "湖北省武汉市", "lost_contact": "1", "lost_since": "2020-01",
    "infirm": "1", "hardship": "1", "leading_cadre": "1", "note": "备注",
}  # fmt: skip


def save(book, member_id=None, **typed):
    return roster.save_member(book, member_id, EMPTY | typed)[0]


def the_member(book, key):
    found = store.member(book, key)
    assert found is not None
    return found


def test_every_item_of_the_form_is_kept(book):
    member = the_member(book, save(book, **FULL))
    flags = {"floating", "lost_contact", "infirm", "hardship", "leading_cadre"}
    assert {field: getattr(member, field) for field in FULL} == {
        field: value == "1" if field in flags else value for field, value in FULL.items()
    }
    assert set(EMPTY) == set(FULL), "the table of cases names every field"
    cleared = the_member(book, save(book, member.id, name="单国强"))
    assert (cleared.identity, cleared.group, cleared.joined_on, cleared.floating, cleared.note) == (
        "",
        "",
        "",
        False,
        "",
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "姓名是空的"),
        ({"name": "\u200b"}, "姓名是空的"),
        ({"name": "字" * 41}, "最多 40 个字"),
        ({"identity": "999999196003087530"}, "校验位"),
        ({"identity": "9.99999E+17"}, "存成了数字"),
        ({"identity": "123"}, "18位"),
        *(({field: "字" * (MEMBER_LIMITS[field] + 1)}, "最多") for field in (*roster._LINES, "note", "reading")),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(book, typed, words):
    before = book.rows("SELECT max(id) FROM act")[0][0]
    with pytest.raises(UserMistake, match=words):
        save(book, **{"name": "甲", **typed})
    assert book.rows("SELECT max(id) FROM act")[0][0] == before


def test_an_identity_number_belongs_to_one_member(book):
    first = save(book, name="甲", identity=FIRST)
    with pytest.raises(UserMistake, match="已经是甲的"):
        save(book, name="乙", identity=FIRST.lower())
    assert save(book, first, name="甲", identity=FIRST) == first, "his own number is no duplicate"
    save(book, name="乙", identity=SECOND)
    with pytest.raises(UserMistake, match="已经是甲的"):
        save(book, store.members(book)[-1].id, name="乙", identity=FIRST)


def _party_day(book, month):
    key = add_event(book, Month(2026, month), date(2026, month, 6), frozenset({"party_day"}), {})
    return existing_event(book, key)


def test_two_of_one_name_are_two(book):
    assert save(book, name="王建国") != save(book, name="王建国")


def test_the_reading_is_made_kept_by_hand_and_made_anew_with_another_name(book):
    key = save(book, name="单国强")
    made = the_member(book, key)
    assert (made.reading, made.reading_by_hand) == ("shan guo qiang", False)
    save(book, key, name="单国伟", reading=made.reading)
    assert the_member(book, key).reading == "shan guo wei"
    save(book, key, name="单国伟", reading="Dan  guo WEI")
    by_hand = the_member(book, key)
    assert (by_hand.reading, by_hand.reading_by_hand) == ("dan guo wei", True)
    save(book, key, name="单国伟", reading=by_hand.reading, post="书记")
    assert the_member(book, key).reading_by_hand
    save(book, key, name="单国伟", reading="")
    assert (the_member(book, key).reading, the_member(book, key).reading_by_hand) == ("shan guo wei", False)


def test_what_was_taken_out_or_is_rare_is_told(book):
    key, told = roster.save_member(book, None, EMPTY | {"name": "王\u202e𠮷"})
    assert the_member(book, key).name == "王𠮷"
    assert len(told) == 2 and "U+202E" in told[0] and "𠮷" in told[1]


def test_groups_come_in_the_order_they_were_entered(book):
    for group in ("第三党小组", "第一党小组", "", "第三党小组"):
        save(book, name="甲", group=group)
    assert roster.group_names(book) == ["第三党小组", "第一党小组"]


@pytest.mark.parametrize("kind", ["transfer_out", "died", "suspended", "expelled"])
def test_who_left_belongs_to_the_months_before(book, kind):
    key = save(book, name="甲", joined_on="1990")
    roster.add_movement(book, key, kind, date(2026, 9, 15), "外地", "介绍信12号")
    lines = {month: roster.read_roster(book, date(2026, month, 6))[0] for month in (9, 10)}
    assert (lines[9].belongs, lines[9].left_by) == (True, None)
    assert not lines[10].belongs and lines[10].left_by is not None and lines[10].left_by.kind == kind
    past, now = (_party_day(book, month) for month in (9, 10))
    assert [entry.name for entry in read_roll(book, past).entries] == ["甲"]
    assert read_roll(book, now).entries == ()


def test_an_entry_counts_from_its_day_and_a_wrong_one_is_taken_out_again(book):
    key = save(book, name="甲", joined_on="1990")
    roster.add_movement(book, key, "transfer_in", date(2026, 9, 15), "", "")
    assert [roster.read_roster(book, date(2026, month, 6))[0].belongs for month in (9, 10)] == [False, True]
    (movement,) = roster.movements_of(book, key)
    roster.take_movement_out(book, movement)
    assert roster.movements_of(book, key) == [] and roster.read_roster(book, date(2026, 9, 6))[0].belongs
    kept = book.rows("SELECT op FROM change WHERE kept_in = 'movement' ORDER BY id")
    assert [row["op"] for row in kept] == ["insert", "delete"]
    with pytest.raises(UserMistake, match="最多"):
        roster.add_movement(book, key, "died", date(2026, 9, 15), "字" * 201, "")


def test_the_history_says_who_when_old_and_new(book):
    key = save(book, name="甲", group="一组")
    book.act_as("罗有秀")
    save(book, key, name="甲", group="二组", reading="jia")
    newest, oldest = roster.member_history(book, key)
    assert (newest.actor, newest.day, newest.what) == ("罗有秀", "2026-11-06", "修改党员")
    assert said_before_and_after(newest) == [("党小组", "一组", "二组")]
    assert oldest.op == "insert" and ("姓名", "空", "甲") in said_before_and_after(oldest)


def test_guests_are_people_of_their_own(book):
    guest = roster.save_guest(
        book, Guest(0, "单\u200b第一", guest_class="第一书记", unit="县农业局", phone="13812341234")
    )
    assert (guest.name, guest.reading) == ("单第一", "shan di yi")
    changed = roster.save_guest(book, Guest(guest.id, "周第一", "", "驻点干部", "", "", "备注"))
    assert roster.guests(book) == [changed] and changed.reading == "zhou di yi"
    assert roster.read_roster(book, date(2026, 11, 6)) == [], "a guest is never on the roster"
    for wrong in (
        Guest(0, ""),
        Guest(0, "甲", guest_class="其他", phone="1" * 41),
        Guest(0, "甲", guest_class="其他", unit="字" * 81),
    ):
        with pytest.raises(UserMistake):
            roster.save_guest(book, wrong)


def test_a_member_added_by_mistake_is_taken_out_and_the_record_keeps_them(book):
    key = save(book, name="误录")
    roster.add_movement(book, key, "transfer_in", date(2026, 3, 1), "", "")
    roster.take_member_out(book, the_member(book, key))
    assert store.member(book, key) is None and store.movements(book) == []
    assert roster.member_history(book, key)[0].op == "delete"


def test_a_member_of_whom_a_roll_speaks_is_not_taken_out(book):
    key = save(book, name="点过名")
    event = existing_event(book, add_event(book, Month(2026, 11), date(2026, 11, 6), frozenset({"party_day"}), {}))
    write_marks(book, event, [[Mark(key, "present")]])
    with pytest.raises(UserMistake, match="用「离开」登记"):
        roster.take_member_out(book, the_member(book, key))
    assert the_member(book, key).name == "点过名"


@pytest.mark.parametrize(
    ("preset", "more"),
    [
        ("rural_community", []),
        ("nonpublic_social", ["职工代表", "非中共党员业主"]),
        ("soe", ["有关领导"]),
        ("organ_strict", ["团员青年"]),
        ("bureau", []),
    ],
)
def test_the_classes_of_guests_of_the_preset_are_offered(tmp_path, preset, more):
    book = make_book(tmp_path / "一本.db", Clock(date(2026, 11, 6)), name="甲", preset=preset)
    assert roster.guest_classes(book) == (*GUEST_CLASSES[:-1], *more, "其他")
    book.close()

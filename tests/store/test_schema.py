"""Every kept table records its changes, and the database itself refuses what cannot be."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.store import changes
from partyday_tui.store.book import create_book
from partyday_tui.store.schema import KEPT, migrations, unpack

# For each kept table: a row, and one field with another value; 'parents' are inserted first by the fixture.
ROWS = {
    "branch": ({"id": 1, "book_key": "k" * 32, "name": "柳湾村党支部", "made_on": "2026-01-01"}, ("name", "新名")),
    "preset_choice": ({"id": 7, "preset": "bureau", "valid_from": "2026-01-01"}, ("preset", "organ_strict")),
    "rule_override": (
        {"id": 7, "key": "k", "value": "1", "reason": "支部决定", "valid_from": "2026-01-01"},
        ("value", "2"),
    ),
    "party_group": ({"id": 7, "name": "第七党小组"}, ("name", "第八党小组")),
    "member": ({"id": 7, "name": "张三", "kind": "full", "identity": "11010519491231002X"}, ("post", "书记")),
    "movement": ({"id": 7, "member_id": 1, "kind": "died", "on_date": "2026-02-28"}, ("kind", "expelled")),
    "guest": ({"id": 7, "name": "刘四", "class": "群众代表"}, ("unit", "二组")),
    "event": ({"id": 7, "month": "2026-11"}, ("on_date", "2026-11-06")),
    "event_kind": ({"event_id": 1, "kind": "lesson"}, ("kind", "committee")),
    "change_request": (
        {"id": 7, "event_id": 1, "to_date": "2026-11-07", "reason": "防汛", "duty": "report", "state": "drafted"},
        ("state", "sent"),
    ),
    "roll_entry": (
        {
            "id": 7,
            "event_id": 1,
            "member_id": 1,
            "name": "甲",
            "kind": "full",
            "floating": 0,
            "infirm": 1,
            "status": "late",
        },
        ("status", None),
    ),
    "event_guest": ({"id": 7, "event_id": 1, "guest_id": 1, "name": "乙", "class": "其他"}, ("unit", "县局")),
    "roll_close": (
        {"event_id": 1, "closed_at": "2026-11-06T20:30:00+08:00"},
        ("closed_at", "2026-11-06T20:31:00+08:00"),
    ),
    "leave": (
        {
            "id": 7,
            "member_id": 1,
            "first_day": "2026-11-01",
            "last_day": "2026-11-30",
            "reason_class": "外出务工",
            "form": "oral",
            "applied_on": "2026-10-30",
        },
        ("paper", "假条夹第3张"),
    ),
    "case_step": (
        {"id": 7, "event_id": 1, "member_id": 1, "step": "contact", "on_date": "2026-11-06", "word": "上门"},
        ("by_whom", "罗有秀"),
    ),
    "make_up": ({"id": 7, "on_date": "2026-11-07", "form": "送学上门"}, ("archive_no", "补2026-1")),
    "make_up_case": ({"make_up_id": 1, "event_id": 1, "member_id": 1}, ("signed", 1)),
    "event_record": ({"event_id": 1, "host": "罗有秀"}, ("recorder", "马会计")),
    "event_agenda": ({"id": 7, "event_id": 1, "place": 1, "what": "学习"}, ("who", "罗有秀")),
    "event_step": ({"id": 7, "event_id": 1, "name": "总结提升", "on_date": "2026-11-06"}, ("person", "罗有秀")),
    "event_run_up": ({"event_id": 1, "meeting_id": 2}, ("meeting_id", 3)),
    "event_decision": (
        {
            "id": 7,
            "event_id": 1,
            "matter": "修路",
            "kind": "ordinary",
            "full_members": 9,
            "present": 8,
            "votes_for": 7,
            "votes_against": 1,
            "votes_abstain": 0,
        },
        ("votes_for", 6),
    ),
    "event_deduction": ({"id": 7, "decision_id": 1, "heads": 1, "reason": "留党察看"}, ("heads", 2)),
    "event_tick": ({"id": 7, "event_id": 1, "word": "重温入党誓词"}, ("detail", "全体起立")),
    "event_member_tick": (
        {"id": 7, "event_id": 1, "member_id": 1, "word": "重温入党誓词", "on_date": "2026-11-06"},
        ("on_date", "2026-11-07"),
    ),
    "event_lecture": ({"id": 7, "event_id": 1, "lecturer": "罗有秀"}, ("role", "书记")),
    "event_comment": ({"id": 7, "event_id": 1, "who": "罗有秀"}, ("strengths", "准时")),
    "event_picture": (
        {"id": 7, "event_id": 1, "kind": "photo", "file_name": "a.jpg", "sha256": "0" * 64, "size": 3},
        ("folder", "图片"),
    ),
    "constitution_segment": ({"id": 7, "year": 2026, "place": 1, "title": "总纲"}, ("title", "第一章")),
    "constitution_reading": ({"id": 7, "segment_id": 1, "on_date": "2026-11-06"}, ("event_id", 1)),
    "study_topic": ({"id": 7, "month": "2026-11", "topic": "党史"}, ("topic", "党章")),
    "yearly_plan": ({"id": 7, "year": 2026, "name": "主题党日活动计划"}, ("filed_on", "2026-01-09")),
    "review": ({"event_id": 2, "on_date": "2026-11-06"}, ("remarks", "时间再长些")),
    "review_ballots": ({"event_id": 1, "voter": "party", "given": 40, "returned": 39, "void": 1}, ("void", 2)),
    "review_count": (
        {
            "event_id": 1,
            "voter": "party",
            "dimension": "总体评价",
            "number": 5,
            "satisfied": 30,
            "fairly": 6,
            "dissatisfied": 2,
            "abstained": 0,
        },
        ("satisfied", 31),
    ),
    "appraisal": ({"year": 2025, "event_id": 2}, ("event_id", 3)),
    "appraisal_ballots": ({"year": 2026, "voter": "party", "given": 40, "returned": 39, "void": 1}, ("void", 2)),
    "appraisal_count": (
        {
            "year": 2026,
            "voter": "served",
            "member_id": 1,
            "excellent": 3,
            "qualified": 6,
            "basic": 0,
            "unqualified": 0,
            "abstained": 0,
        },
        ("excellent", 4),
    ),
    "appraisal_member": (
        {"year": 2026, "member_id": 1, "name": "甲", "kind": "full", "grade": "qualified"},
        ("grade", "excellent"),
    ),
    "talk": ({"id": 7, "on_date": "2026-11-06", "topic": "思想"}, ("note", "谈学习")),
    "talk_member": ({"talk_id": 1, "member_id": 1}, ("member_id", 2)),
    "talk_trigger": (
        {"id": 7, "on_date": "2026-11-06", "member_id": 1, "what": "遇到困难或挫折"},
        ("note", "房屋受灾"),
    ),
    "visit": ({"id": 7, "on_date": "2026-06-28", "member_id": 1, "occasion": "七一"}, ("amount_fen", 20000)),
    "hardship": ({"id": 7, "on_date": "2026-01-09", "member_id": 1, "trouble": "因病"}, ("ended_on", "2026-11-06")),
    "problem": ({"id": 7, "on_date": "2026-06-05", "title": "联系不及时"}, ("settled_on", "2026-06-05")),
    "praise": (
        {"id": 7, "on_date": "2026-05-15", "member_id": 1, "kind": "好人好事", "deed": "帮邻居"},
        ("by_whom", "会上"),
    ),
    "volunteering": (
        {"id": 7, "on_date": "2026-05-08", "member_id": 1, "project": "清河道", "served_minutes": 90},
        ("served_minutes", 120),
    ),
    "outreach": ({"id": 7, "on_date": "2026-10-12", "member_id": 1, "way": "电话联系"}, ("way", "寄送资料")),
    "inspection": ({"id": 7, "on_date": "2026-03-20", "by_whom": "镇党委"}, ("mend_by", "2026-04-20")),
    "duty_post": ({"id": 7, "on_date": "2026-03-06", "member_id": 1, "station": "环境卫生岗"}, ("task", "每周巡查")),
    "superior_report": ({"id": 7, "on_date": "2026-10-15", "kind": "谈话记录表"}, ("to_whom", "镇党委")),
    "candidate": ({"id": 7, "name": "何树苗"}, ("training_days", 3)),
    "candidate_step": ({"id": 7, "candidate_id": 1, "step": 1, "on_date": "2025-03-10"}, ("on_date", "2025-03-11")),
    "candidate_look": ({"id": 7, "candidate_id": 1, "on_date": "2026-03-12"}, ("note", "认真")),
    "holiday": ({"day": "2026-10-01", "is_off": 1, "source": "notice"}, ("is_off", 0)),
    "holiday_notice": ({"year": 2026, "source": "notice", "entered_on": "2026-01-01"}, ("source", "file")),
    "delivery_place": ({"id": 1, "carrier": "folder", "target": "E:/报送"}, ("target", "F:/报送")),
}


@pytest.fixture
def book(tmp_path):
    book = create_book(tmp_path / "book.db", Clock(date(2026, 11, 6)))
    with book.act("准备") as act:
        act.connection.execute("INSERT INTO member (id, name, kind) VALUES (1, '甲', 'full'), (2, '丙', 'full')")
        act.connection.execute("INSERT INTO talk (id, on_date, topic) VALUES (1, '2026-11-06', '工作')")
        act.connection.execute("INSERT INTO make_up (id, on_date, form) VALUES (1, '2026-11-07', '自学')")
        act.connection.execute("INSERT INTO candidate (id, name) VALUES (1, '江小满')")
        act.connection.execute("INSERT INTO event (id, month) VALUES (1, '2026-11'), (2, '2026-11'), (3, '2026-11')")
        act.connection.execute(
            "INSERT INTO event_decision (id, event_id, matter, kind, full_members, present, votes_for, votes_against, votes_abstain) "
            "VALUES (1, 1, '评优', 'ordinary', 9, 9, 9, 0, 0)"
        )
        act.connection.execute("INSERT INTO constitution_segment (id, year, place, title) VALUES (1, 2026, 1, '总纲')")
        act.connection.execute("INSERT INTO guest (id, name, class) VALUES (1, '乙', '其他')")
        act.connection.execute("INSERT INTO review (event_id, on_date) VALUES (1, '2026-11-06')")
        act.connection.execute("INSERT INTO appraisal (year, event_id) VALUES (2026, 1)")
    yield book
    book.close()


def insert(act, table, row):
    columns = ", ".join(row)
    act.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def test_the_table_of_rows_is_complete():
    assert set(ROWS) == set(KEPT)


@pytest.mark.parametrize("table", sorted(KEPT))
def test_a_kept_table_records_every_change_with_old_and_new(book, table):
    row, (field, value) = ROWS[table]
    key = row[KEPT[table]]
    where = " AND ".join(f"{column} = :{column}" for column in row if column != field)
    book.act_as("王书记")
    with book.act("加上") as act:
        insert(act, table, row)
    with book.act("改", source="测试") as act:
        act.connection.execute(f"UPDATE {table} SET {field} = :new WHERE {where}", row | {"new": value})
    with book.act("去掉") as act:
        act.connection.execute(f"DELETE FROM {table} WHERE {where}", row)
    found = [c for c in changes.changes_of(book, table, key) if c.what != "准备"]
    assert [(c.what, c.op, c.actor, c.source) for c in found] == [
        ("去掉", "delete", "王书记", ""),
        ("改", "update", "王书记", "测试"),
        ("加上", "insert", "王书记", ""),
    ]
    removed, changed, added = found
    old = row.get(field)
    assert changed.field == field
    if field == "member_id":  # told by name
        assert changed.new == "丙" and changed.old not in (None, "", "丙")
        return
    assert changed.new == (None if value is None else str(value))
    assert changed.old == str(old) if old is not None else changed.old in (None, "", "0")
    assert (added.old, removed.new) == (None, None)
    said = {column: str(given) for column, given in row.items() if given not in (None, "", 0)}
    assert said.items() <= unpack(added.new).items()
    assert unpack(removed.old)[KEPT[table]] == str(key)


def test_a_frozen_list_is_not_recorded_but_its_marks_are(book):
    row = ROWS["roll_entry"][0] | {"status": None}
    with book.act("点名") as act:
        insert(act, "roll_entry", row)
        act.connection.execute("UPDATE roll_entry SET status = 'present' WHERE id = 7")
    assert [(c.op, c.field, c.old, c.new) for c in changes.changes_of_mark(book, 1, 1)] == [
        ("update", "status", None, "present")
    ]


def test_nothing_is_changed_outside_an_act(tmp_path):
    book = create_book(tmp_path / "new.db", Clock())
    with pytest.raises(PartydayError, match="没有接受这一笔"), book.transaction() as transaction:
        insert(transaction, "party_group", {"name": "第一党小组"})
    book.close()


@pytest.mark.parametrize("text", ["0", "多\n行", "引'号\"", "=1+1", "张[/foo]三", "\U00020bb7", " "])
def test_a_packed_row_unpacks_to_what_was_written(book, text):
    with book.act("写") as act:
        insert(act, "guest", {"id": 9, "name": text, "class": "其他", "note": text})
    assert unpack(changes.changes_of(book, "guest", 9)[0].new) == {
        "id": "9",
        "name": text,
        "class": "其他",
        "note": text,
    }


def test_an_update_of_the_same_value_records_nothing(book):
    with book.act("改") as act:
        act.connection.execute("UPDATE member SET name = '甲' WHERE id = 1")
    assert [c.op for c in changes.changes_of(book, "member", 1)] == ["insert"]


NO_DAY = ["2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "x", "", "2026-11-06 10:00", "20261106", "now"]
NO_PARTIAL = ["2026-02-30", "2026-13", "2026-00", "2026-19", "26", "x", "", "2026-1", "2026-11-6", "0999"]
REFUSED = [
    *((table, field, day) for table, field in (("movement", "on_date"), ("event", "on_date"), ("holiday", "day"), ("branch", "made_on"),
        ("event", "moved_from"), ("change_request", "to_date"), ("preset_choice", "valid_from")) for day in NO_DAY),
    *(("member", field, day) for field in ("born_on", "joined_on", "confirmed_on", "lost_since") for day in NO_PARTIAL),
    *(("member", "identity", text) for text in ("1", "1101051949123100211", "11010519491231002x", "1101051949123100X2",
        "１1010519491231002X", "11010519491231 02X", "1.1010519491e+17")),
    *(("event", "month", text) for text in ("2026-13", "2026-00", "2026", "2026-1", "x")),
    *(("event", "starts_at", text) for text in ("24:00", "29:00", "9:00", "19:60", "")),
    ("member", "name", ""), ("member", "name", "名" * 41), ("member", "kind", "guest"), ("member", "sex", "x"),
    ("member", "floating", 2), ("member", "floating", "yes"), ("member", "name", None), ("member", "group_id", 99),
    ("movement", "kind", "born"), ("movement", "member_id", 99), ("guest", "class", ""), ("event_kind", "kind", "party"),
    ("roll_entry", "status", "came"), ("roll_entry", "marked_at", "2026-11-06"), ("roll_entry", "member_id", 99),
    ("roll_entry", "infirm", None), ("branch", "id", 2), ("holiday", "source", "guess"), ("holiday_notice", "year", 26),
    ("change_request", "reason", ""), ("change_request", "state", "lost"), ("rule_override", "reason", ""),
    *((table, "on_date", day) for table in ("talk", "talk_trigger", "visit", "hardship", "problem", "praise", "volunteering",
        "outreach", "inspection", "duty_post", "superior_report", "candidate_step", "candidate_look") for day in (None, *NO_DAY)),
    *((table, "member_id", key) for table in ("talk_member", "talk_trigger", "hardship", "praise", "volunteering", "outreach",
        "duty_post") for key in (99, None)),
    ("visit", "member_id", 99), ("visit", "member_id", None), ("visit", "amount_fen", -1), ("visit", "amount_fen", 0.5),
    ("visit", "reported_on", "2026-06-27"), ("hardship", "ended_on", "2026-01-08"), ("problem", "settled_on", "2026-06-04"),
    ("problem", "reported_on", "2026-06-04"), ("problem", "title", ""), ("inspection", "mend_by", "2026-03-19"),
    ("inspection", "mended_on", "2026-03-19"), ("duty_post", "ended_on", "2026-03-05"), ("volunteering", "served_minutes", 0),
    ("volunteering", "served_minutes", 60001), ("volunteering", "served_minutes", "很久"), ("talk", "topic", ""),
    ("talk_member", "talk_id", 99), ("candidate", "name", "名" * 41), ("candidate", "special", 2), ("candidate", "guest_id", 99),
    ("candidate", "extended_months", 61), ("candidate_step", "step", 0), ("candidate_step", "step", 26),
    ("candidate_step", "candidate_id", 99), ("praise", "deed", "长" * 2001),
]  # fmt: skip


@pytest.mark.parametrize(("table", "field", "value"), REFUSED)
def test_the_database_refuses_what_cannot_be(book, table, field, value):
    row = ROWS[table][0] | {field: value}
    with pytest.raises(PartydayError), book.act("写坏") as act:
        insert(act, table, row)


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("movement", "on_date", "2024-02-29"),
        ("member", "joined_on", "1972"),
        ("member", "joined_on", "1972-07"),
        ("member", "joined_on", "1972-07-01"),
        ("member", "joined_on", "2026-12"),
        ("member", "joined_on", None),
        ("member", "identity", "110105194912310021"),
        ("member", "name", "名" * 40),
        ("event", "starts_at", "23:59"),
        ("event", "on_date", None),
    ],
)
def test_the_database_takes_what_may_be(book, table, field, value):
    with book.act("写") as act:
        insert(act, table, ROWS[table][0] | {field: value})


@pytest.mark.parametrize(
    ("table", "other"),
    [
        ("member", {"id": 8}),
        ("preset_choice", {"id": 8}),
        ("party_group", {"id": 8}),
        ("roll_entry", {"id": 8}),
        ("event_guest", {"id": 8}),
        ("rule_override", {"id": 8}),
        ("talk_member", {}),
        ("candidate_step", {"id": 8}),
        ("candidate_look", {"id": 8}),
    ],
)
def test_what_must_be_single_is(book, table, other):
    with pytest.raises(PartydayError, match="重复"), book.act("写") as act:
        insert(act, table, ROWS[table][0])
        insert(act, table, ROWS[table][0] | other)


def test_members_without_identity_are_many(book):
    with book.act("写") as act:
        insert(act, "member", {"name": "丙", "kind": "full"})
        insert(act, "member", {"name": "丙", "kind": "full"})


def test_the_migrations_are_numbered_upwards():
    numbers = [number for number, _ in migrations()]
    assert numbers == sorted(set(numbers)) and numbers[0] == 1


def test_every_table_is_strict(book):
    tables = book.rows("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert tables and all(row["strict"] for row in tables)

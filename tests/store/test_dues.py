"""The ledger's table keeps itself true: whatever SQL is thrown at it."""

import sqlite3

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.rules.month import Month
from partyday_tui.services.dues_collect import record_payment, record_voluntary
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_months import Noted, close_month, note_members
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.store import dues
from partyday_tui.store.schema import APPENDED


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    record_payment(book, 1)
    record_payment(book, 4, [Month(2026, 11)], method="proxy", payer="丁妻")
    record_voluntary(book, 5, 150_000)
    reverse(book, [1], "记错")
    remit(book, 1_000, receipt_no="77")
    close_month(book, Month(2026, 10), {}, rest_unpaid=True)
    note_members(book, Month(2026, 11), {2: Noted("unpaid")})
    with book.act("起止") as act:
        act.connection.execute("INSERT INTO dues_term (act_id, member_id, reason) VALUES (1, 1, '照设置')")
        act.connection.execute(
            "INSERT INTO dues_away (act_id, member_id, first_month, place) VALUES (1, 1, '2026-12', '证')"
        )
        act.connection.execute(
            "INSERT INTO dues_receipt (act_id, entry_id, receipt_no) "
            "SELECT 1, id, '78' FROM dues_entry WHERE kind = 'remittance'"
        )
        act.connection.execute(
            "INSERT INTO dues_base_part (assessment_id, name, effect, amount_fen) VALUES (4, '岗位工资', 'counts', 1)"
        )
        act.connection.execute(
            "INSERT INTO dues_publication (act_id, year, published_on, collected_fen, remitted_fen) "
            "VALUES (1, 2026, '2026-11-06', 1, 1)"
        )
    yield book
    book.close()


def refused(book, sql, parameters=()):
    with pytest.raises(Exception) as error, book.act("试") as act:
        act.connection.execute(sql, parameters)
    assert "没有接受这一笔" in str(error.value) or isinstance(error.value, sqlite3.Error)


@pytest.mark.parametrize("table", sorted(table for table in APPENDED if table.startswith("dues")))
def test_nothing_in_an_appended_table_is_changed_or_deleted(book, table):
    columns = [row["name"] for row in book.rows(f"PRAGMA table_info({table})")]
    before = [tuple(row) for row in book.rows(f"SELECT * FROM {table}")]
    assert before
    for column in columns:
        refused(book, f"UPDATE {table} SET {column} = {column}")
    refused(book, f"DELETE FROM {table}")
    refused(book, f"DELETE FROM {table} WHERE id = 1")
    refused(book, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1")
    refused(book, f"REPLACE INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM {table} LIMIT 1")
    assert [tuple(row) for row in book.rows(f"SELECT * FROM {table}")] == before


GOOD = {
    "id": 18,
    "act_id": 1,
    "request_key": "k/9",
    "kind": "dues",
    "amount_fen": 50,
    "month": "2026-11",
    "on_date": "2026-11-06",
    "member_id": 2,
    "member_name": "白二",
    "due_fen": 50,
    "method": "cash",
    "entered_at": "2026-11-06T19:02:31+08:00",
    "chain": "0" * 64,
}
LARGE = {"kind": "large", "amount_fen": 100_001, "month": None, "due_fen": None}
REVERSAL = {
    "kind": "back", "amount_fen": -50, "month": "2026-02", "member_id": 1, "member_name": "安一", "reverses": 2, "note": "错",
}  # fmt: skip


def insert(book, row):
    with book.act("试") as act:
        key = act.connection.execute("SELECT max(id) + 1 FROM dues_entry").fetchone()[0]
        row = {"id": key} | row if row.get("id") == 18 else row
        act.connection.execute(
            f"INSERT INTO dues_entry ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})", list(row.values())
        )


@pytest.mark.parametrize(
    "row", [GOOD, GOOD | {"payer": "乙"}, GOOD | LARGE, GOOD | REVERSAL, GOOD | {"amount_fen": 50.0}]
)
def test_a_good_entry_is_taken(book, row):
    row = row | {"id": dues.head(book)[0] + 1}
    insert(book, row)
    assert book.rows("SELECT typeof(amount_fen) FROM dues_entry ORDER BY id DESC LIMIT 1")[0][0] == "integer"


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_fen": 0},
        {"amount_fen": 50.5},
        {"amount_fen": "五角"},
        {"amount_fen": None},
        {"amount_fen": 10**12 + 1},
        {"amount_fen": -50},
        {"kind": "gift"},
        {"kind": "back"},
        {"kind": "ahead"},
        {"month": "2026-13"},
        {"month": None},
        {"month": "2026-12"},
        {"on_date": "2026-02-30"},
        {"on_date": "2026-10-31", "month": "2026-10"},
        {"member_id": None},
        {"member_id": 99},
        {"member_name": ""},
        {"due_fen": -1},
        {"method": "branch"},
        {"method": "proxy"},
        {"kind": "remittance", "month": None, "member_id": None, "member_name": "", "due_fen": None, "payer": "乙"},
        {"request_key": "1"},
        {"request_key": ""},
        {"act_id": 999},
        {"chain": "x" * 64},
        {"entered_at": "昨天"},
        {"id": 99},
        {"id": 1},
        LARGE | {"amount_fen": 100_000},
        REVERSAL | {"amount_fen": -49},
        REVERSAL | {"amount_fen": 50},
        REVERSAL | {"month": "2026-03"},
        REVERSAL | {"member_id": 2, "member_name": "白二"},
        REVERSAL | {"method": "wechat"},
        REVERSAL | {"note": ""},
        REVERSAL | {"reverses": 1, "month": "2026-01"},
        REVERSAL | {"reverses": 14},
        REVERSAL | {"kind": "dues"},
        REVERSAL | {"due_fen": None},
        REVERSAL | {"on_date": "2026-11-05"},
    ],
)
def test_a_wrong_entry_is_refused_by_the_database(book, wrong):
    before = dues.head(book)
    row = GOOD | {"id": before[0] + 1} | wrong
    if wrong.get("request_key") == "1":
        row["request_key"] = book.rows("SELECT request_key FROM dues_entry LIMIT 1")[0][0]
    refused(
        book, f"INSERT INTO dues_entry ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})", list(row.values())
    )
    assert dues.head(book) == before


def test_a_request_key_is_taken_literally(book):
    record_payment(book, 2, [Month(2026, 11)], request_key="a*[b]?")
    assert len(dues.entries_of_request(book, "a*[b]?")) == 1
    assert dues.entries_of_request(book, "a*[b]*") == [] == dues.entries_of_request(book, "a")


def test_the_year_is_read_from_an_index_of_its_months(book):
    plan = " ".join(
        row["detail"]
        for row in book.rows(
            "EXPLAIN QUERY PLAN SELECT member_id, month, sum(amount_fen), max(on_date) FROM dues_entry "
            "WHERE month BETWEEN '2026-01' AND '2026-12' GROUP BY month, member_id"
        )
    )
    assert "COVERING INDEX dues_entry_by_month" in plan and "TEMP" not in plan


def test_the_evening_of_a_close_stays_open_and_the_days_before_it_do_not(book):
    close_month(book, Month(2026, 11), {}, rest_unpaid=True)
    good = GOOD | {"id": dues.head(book)[0] + 1}
    row = good | {"on_date": "2026-11-05"}
    refused(
        book, f"INSERT INTO dues_entry ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})", list(row.values())
    )
    insert(book, good)
    assert book.rows("SELECT closed_on, through FROM dues_month_close ORDER BY id DESC")[0][:] == ("2026-11-06",) * 2


def test_the_money_in_hand_is_summed_up_from_an_index_of_the_pots(book):
    plan = " ".join(
        row["detail"]
        for row in book.rows(
            "EXPLAIN QUERY PLAN SELECT kind, method, sum(amount_fen) FROM dues_entry INDEXED BY dues_entry_by_pot GROUP BY kind, method"
        )
    )
    assert "COVERING INDEX dues_entry_by_pot" in plan and "TEMP" not in plan
    whole = sorted(dues.sums_by_kind(book))
    assert whole == sorted(dues.sums_by_kind(book, "2026-01-01", "2026-12-31")) and len(whole) > 3


def test_an_older_book_keeps_its_entries_and_their_chain(tmp_path):
    """Entries of before, with 代交 as a method, come through the migration as they are."""
    from partyday_tui.clock import Clock
    from partyday_tui.services.doctor import diagnose
    from partyday_tui.services.dues_table import cash_in_hand
    from partyday_tui.store import schema
    from partyday_tui.store.book import open_book

    path = tmp_path / "old.db"
    old = sqlite3.connect(path, isolation_level=None)
    older = [step for step in schema.migrations() if step[0] < 6]
    schema._run(old, older)
    old.execute("INSERT INTO act (at, day, actor, what) VALUES (?, '2026-11-06', '', '收')", (GOOD["entered_at"],))
    old.execute("INSERT INTO member (id, name, kind) VALUES (2, '白二', 'full')")
    row = GOOD | {"id": 1, "method": "proxy", "payer": "丁妻", "act_id": 1}
    fields = [row.get(name, "" if name in ("taken_by", "receipt_no", "note") else None) for name in dues._COLUMNS]
    row["chain"] = dues.link(dues.START, fields)
    old.execute(f"INSERT INTO dues_entry ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})", list(row.values()))
    old.close()
    book = open_book(path, Clock())
    found = diagnose(book)
    assert found.ok and found.entries == 1, found
    assert cash_in_hand(book).by_method == {"cash": 50, "wechat": 0, "transfer": 0}
    assert dues.entry(book, 1).method_word == "现金（丁妻代交）"
    book.close()

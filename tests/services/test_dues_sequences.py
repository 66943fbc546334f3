"""Whatever is done in whatever order: every sum equals one worked out anew from the raw rows, and no row ever changes."""

import tempfile
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.dues_branch import dues_branch

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services.doctor import diagnose
from partyday_tui.services.dues_assess import Decision, assess_member, set_term
from partyday_tui.services.dues_away import set_away, withdraw_away
from partyday_tui.services.dues_collect import record_from_many, record_payment, record_voluntary
from partyday_tui.services.dues_handover import add_receipt, fund_fen, record_fund, remit
from partyday_tui.services.dues_ledger import year_grid
from partyday_tui.services.dues_months import Noted, close_month, month_figures, note_members
from partyday_tui.services.dues_publish import record_publication, year_sheet
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.dues_table import cash_in_hand, collection_list

MEMBERS = st.integers(1, 5)
AMOUNTS = st.one_of(st.none(), st.integers(-5, 300_000), st.sampled_from((1, 50, 51, 550, 1173, 100_001)))
MONTHS = st.builds(Month, st.just(2026), st.integers(1, 12))
DAYS = st.one_of(st.none(), st.dates(date(2026, 8, 1), date(2026, 11, 8)))
METHODS = st.sampled_from(
    (("cash", ""), ("wechat", ""), ("transfer", ""), ("proxy", "丁妻"), ("proxy", ""), ("cash", "乙"))
)
POTS = st.sampled_from(("", "cash", "wechat", "transfer"))
TABLES = (
    "dues_entry", "dues_assessment", "dues_base_part", "dues_term", "dues_away", "dues_receipt", "dues_month_close", "dues_close_row", "dues_close_note",
    "dues_publication", "act", "change",
)  # fmt: skip
OUT = {"remittance", "returned", "used"}


class Ledger(RuleBasedStateMachine):
    """The services against a recomputation in plain Python from `SELECT *`."""

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.book = dues_branch(Path(self.folder.name) / "book.db")
        self.seen = {table: [] for table in TABLES}

    def teardown(self):
        if hasattr(self, "book"):
            found = diagnose(self.book)
            assert found.ok, found
            self.book.close()
            self.folder.cleanup()

    def tried(self, service, *arguments, **named):
        try:
            service(self.book, *arguments, **named)
        except UserMistake as mistake:
            assert mistake.sentence.endswith("。")

    @rule(key=MEMBERS, months=st.lists(MONTHS, max_size=3), amount=AMOUNTS, way=METHODS, day=DAYS,
          surplus=st.sampled_from(("", "ahead", "voluntary")))  # fmt: skip
    def pay(self, key, months, amount, way, day, surplus):
        method, payer = way
        self.tried(
            record_payment, key, months, amount_fen=amount, method=method, payer=payer, on_date=day, surplus=surplus
        )

    @rule(key=MEMBERS, amount=st.integers(1, 200_000), day=DAYS)
    def give(self, key, amount, day):
        self.tried(record_voluntary, key, amount, on_date=day)

    @rule(keys=st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True), day=DAYS)
    def undo(self, keys, day):
        self.tried(reverse, keys, "记错", on_date=day)

    @rule(key=st.integers(1, 4))
    def undo_twice_in_one_act(self, key):
        before = len(self.book.rows("SELECT 1 FROM dues_entry"))
        try:
            reverse(self.book, [key, key], "记错")
        except Exception:
            assert len(self.book.rows("SELECT 1 FROM dues_entry")) == before
        else:
            raise AssertionError("one entry was reversed twice")

    @rule(keys=st.lists(MEMBERS, max_size=4))
    def pay_together(self, keys):
        self.tried(record_from_many, keys)

    @rule(amount=AMOUNTS, pot=POTS, day=DAYS)
    def hand_over(self, amount, pot, day):
        held = cash_in_hand(self.book).by_method
        before = len(self.rows())
        self.tried(remit, amount, method=pot, receipt_no="77", on_date=day)
        for row in self.rows()[before:]:
            assert row["amount_fen"] <= held[row["method"]], "no pot gives more than it holds"
            assert pot in ("", row["method"])

    @rule(month=MONTHS, key=MEMBERS, noted=st.sampled_from((None, Noted("unpaid"), Noted("deferred", "外出"))))
    def note(self, month, key, noted):
        self.tried(note_members, month, {key: noted})

    @rule(day=st.dates(date(2026, 10, 1), date(2026, 11, 6)))
    def publish(self, day):
        self.tried(record_publication, 2026, day)

    @rule(key=MEMBERS, first=MONTHS)
    def change_terms(self, key, first):
        self.tried(set_term, key, None, None, "照设置")

    @rule(key=MEMBERS, first=MONTHS, last=st.one_of(st.none(), MONTHS))
    def go_away(self, key, first, last):
        self.tried(set_away, key, first, last, "流入地党支部")

    @rule(key=MEMBERS, first=MONTHS)
    def come_back(self, key, first):
        self.tried(withdraw_away, key, first)

    @rule(keys=st.lists(st.integers(1, 30), min_size=1, max_size=2))
    def note_receipt(self, keys):
        self.tried(add_receipt, keys, "青0031")

    @rule()
    def the_day_goes_by(self):
        self.book.clock = Clock(min(self.book.clock.today + timedelta(days=1), date(2026, 11, 30)))

    def rows(self):
        return [dict(row) for row in self.book.rows("SELECT * FROM dues_entry ORDER BY id")]

    @rule(kind=st.sampled_from(("returned", "used")), amount=st.integers(1, 1_000))
    def fund(self, kind, amount):
        self.tried(record_fund, kind, amount)

    @rule(month=st.builds(Month, st.just(2026), st.integers(8, 12)), key=MEMBERS, rest=st.booleans())
    def close(self, month, key, rest):
        self.tried(close_month, month, {key: Noted("deferred", "外出")}, rest_unpaid=rest)

    @rule(key=st.integers(1, 3), month=MONTHS, fen=st.integers(50, 100))
    def correct(self, key, month, fen):
        self.tried(assess_member, 2026, Decision(key, "farmer", monthly_fen=fen, valid_from=month, reason="更正"))

    @invariant()
    def no_row_ever_changes(self):
        if not hasattr(self, "book"):
            return
        for table in TABLES:
            rows = [tuple(row) for row in self.book.rows(f"SELECT * FROM {table} ORDER BY id")]
            assert rows[: len(self.seen[table])] == self.seen[table]
            self.seen[table] = rows

    @invariant()
    def every_sum_is_the_sum_of_the_rows(self):
        if not hasattr(self, "book"):
            return
        rows = [dict(row) for row in self.book.rows("SELECT * FROM dues_entry")]
        collected = sum(row["amount_fen"] for row in rows if row["kind"] not in OUT)
        remitted = sum(row["amount_fen"] for row in rows if row["kind"] == "remittance")
        cash = cash_in_hand(self.book)
        assert (cash.collected_fen, cash.remitted_fen) == (collected, remitted)
        assert cash.in_hand_fen == collected - remitted == sum(cash.by_method.values())
        for pot, fen in cash.by_method.items():
            signs = {"remittance": -1, "returned": 0, "used": 0}
            assert fen == sum(signs.get(row["kind"], 1) * row["amount_fen"] for row in rows if row["method"] == pot)
        signs = {"returned": 1, "used": -1}
        assert fund_fen(self.book) == sum(signs.get(row["kind"], 0) * row["amount_fen"] for row in rows)
        due, paid = self.due(), defaultdict(int)
        for row in rows:
            if row["month"]:
                paid[row["member_id"], int(row["month"][5:])] += row["amount_fen"]
        for row in year_grid(self.book, 2026).rows:
            assert list(row.due) == [due[row.payer.id, month] for month in range(1, 13)]
            assert list(row.paid) == [paid[row.payer.id, month] for month in range(1, 13)]
            for month, day in enumerate(row.paid_on, 1):
                gone = {it["reverses"] for it in rows}
                days = [
                    it["on_date"]
                    for it in rows
                    if (it["member_id"], it["month"]) == (row.payer.id, f"2026-{month:02d}")
                    and it["id"] not in gone
                    and not it["reverses"]
                ]
                assert day == (max(days, default="") if paid[row.payer.id, month] else "")
        closed = self.book.rows("SELECT max(month) FROM dues_month_close")[0][0]
        for row in collection_list(self.book, Month(2026, 11)).rows:
            short = [max(due[row.member_id, month] - paid[row.member_id, month], 0) for month in range(1, 12)]
            assert (row.arrears_fen, row.to_pay_fen) == (sum(short[:10]), sum(short))
            owing = [
                fen
                for month, fen in enumerate(short, 1)
                if due[row.member_id, month] and (month < 11 or closed == "2026-11")
            ]
            assert row.running == next((at for at, fen in enumerate(reversed(owing)) if not fen), len(owing))
        for month in (Month(2026, 10), Month(2026, 11)):
            self.of_month(month, rows, due, paid, cash)
        assert sum(year_sheet(self.book, 2026).by_kind.values()) == sum(row["amount_fen"] for row in rows)

    def of_month(self, month, rows, due, paid, cash):
        """A month's figures, closed or open, are those of the raw rows as they stand now."""
        found = month_figures(self.book, month)
        assert found.in_hand_fen == cash.in_hand_fen
        assert found.due_fen == sum(due[key, month.month] for key in range(1, 6))
        owing = {key for key in range(1, 6) if due[key, month.month]}
        assert found.paid_fen == sum(paid[key, month.month] for key in range(1, 6)) and found.owing == len(owing)
        assert found.collected_fen == sum(
            row["amount_fen"] for row in rows if row["kind"] not in OUT and row["on_date"][:7] == str(month)
        )
        clear = {key for key in owing if paid[key, month.month] >= due[key, month.month]}
        beside = {key for key in range(1, 6) if paid[key, month.month] and key not in owing}
        assert {row.member_id for row in found.rows if row.state == "paid"} == clear | beside
        assert sum(row.paid_fen for row in found.rows) == found.paid_fen

    def due(self):
        due = {}
        for row in self.book.rows("SELECT * FROM dues_assessment ORDER BY member_id, valid_from, id"):
            for month in range(int(row["valid_from"][5:]), 13):
                due[row["member_id"], month] = row["monthly_fen"]
        rows = self.book.rows("SELECT * FROM dues_away ORDER BY id")
        stays = {(row["member_id"], row["first_month"]): row for row in rows}
        for row in stays.values():
            for month in range(int(row["first_month"][5:]), int((row["last_month"] or "2026-12")[5:]) + 1):
                due[row["member_id"], month] *= row["withdrawn"]
        return due


Ledger.TestCase.settings = settings(
    max_examples=settings.default.max_examples // 8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestLedger = Ledger.TestCase

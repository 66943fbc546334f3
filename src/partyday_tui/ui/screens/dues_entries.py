"""党费卡 and 明细: the entries of one member, or of one year, with what is owed; a wrong entry is taken back here."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.text import same_name_key
from partyday_tui.services import dues_ledger
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.rules.dues.arrears import Account
    from partyday_tui.rules.dues.entries import Entry
    from partyday_tui.services.dues_accounts import MemberAccount
    from partyday_tui.store.book import Book


_COLUMNS = (
    Column("编号", 5, align="right", ink="quiet"),
    Column("日期", 10, ink="quiet"),
    Column("姓名", 14, ink="strong"),
    Column("月份", 7),
    Column("种类", 16),
    Column("金额", 9, align="right", ink="strong"),
    Column("方式", flex=1, ink="quiet"),
    Column("收据号", 14, ink="quiet", from_width=100),
    Column("说明", flex=1, ink="quiet", from_width=100),
)


class EntriesScreen(BookScreen):
    """The card of `member_id`, newest first, or else the ledger of `year` in the order of writing."""

    SUMMARY_LINES = 2
    TOP = False
    EMPTY = "这里还没有一笔记录。"
    ACTIONS = (
        Action("0 delete", "冲正", "冲正这一笔，写明原因；原来的记录不动", "reverse", reading="cz chongzheng"),
        Action("ctrl+t", "说明", "欠交的月份和有关规定的原文", "explain", reading="sm shuoming"),
        EXPORT,
        Action("", "这一笔", "这一笔的全部内容", "show_entry", menu=True),
        Action("", "冲正", "冲正这一笔，写明原因", "reverse", menu=True),
    )

    def __init__(self, *, member_id: int | None = None, year: int | None = None) -> None:
        super().__init__()
        self.TITLE_WORD = "党费卡" if member_id is not None else "明细"  # type: ignore[misc]
        self.register = Register(_COLUMNS, empty=self.EMPTY, matcher=self.match, gap=1)
        self._member_id = member_id
        self._year = year
        self._name = ""
        self._sentences: list[str] = []
        self._entries: dict[Key, Entry] = {}
        self._reversed: set[int] = set()

    def on_mount(self) -> None:
        """Read the entries."""
        super().on_mount()
        self.load(self._reload())

    def match(self, typed: str) -> list[int]:
        """By the characters of a name or a note."""
        wanted = same_name_key(typed)
        return [
            at for at, row in enumerate(self.register.rows) if any(wanted in same_name_key(cell) for cell in row.cells)
        ]

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say what the columns have no room for."""
        event.stop()
        self._show_entry_words()

    async def reverse(self) -> None:
        """Take the entry under the cursor back."""
        from partyday_tui.services.dues_reverse import reverse
        from partyday_tui.ui.screens.dues_forms import ask_for_reason

        entry = self._entry_here()
        if entry is None:
            return
        if entry.id in self._reversed or entry.reverses:
            self.tell(
                "这一笔已经冲正过。" if entry.id in self._reversed else "冲正的一笔不能再冲正，要恢复请重新登记。"
            )
            return
        reason = await ask_for_reason(self, f"冲正第 {entry.id} 笔：{entry.member_name} {yuan(entry.amount_fen)} 元")
        if reason:
            receipt = await self.partyday.call(reverse, [entry.id], reason, request_key=uuid.uuid4().hex)
            await self._reload()
            self.register.go_to(receipt.entries[0].id)
            done = f"已存盘，第 {receipt.entries[0].id} 笔冲正 {yuan(receipt.amount_fen)} 元。"
            self.tell("".join(receipt.warnings) or done, ink="late" if receipt.warnings else "text")

    async def export_forms(self) -> None:
        """Write one of the forms of the dues, of the year that is shown or of this one."""
        await export_from(self, "dues", Shown(year=self._year or self.partyday.clock.today.year))

    async def explain(self) -> None:
        """What is owed, month by month, and the rule's own sentence."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        await self.ask(ShowText("说明", "\n".join(self._sentences) or "没有欠交。"))

    async def show_entry(self) -> None:
        """Everything that one entry holds."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        entry = self._entry_here()
        if entry is not None:
            await self.ask(ShowText(f"第 {entry.id} 笔", "\n".join(_told(entry))))

    async def _reload(self) -> None:
        from partyday_tui.services.dues_over import overpaid, overpaid_words

        branch = self.partyday.branch
        if self._member_id is not None:
            account, until_now, entries = await self.partyday.call(dues_ledger.member_card, self._member_id)
            self._name = account.payer.name
            over = await self.partyday.call(overpaid, self._member_id)
            self._sentences = [*filter(None, [overpaid_words(over)]), *await self.partyday.call(_explained, account)]
            self.set_summary(_account_words(until_now, sum(fen for _, fen in over)), _month_words(account))
            subject = f"{self._name}  {account.payer.group}"
        else:
            assert self._year is not None
            entries = await self.partyday.call(dues_ledger.entries_of_year, self._year)
            cash = await self.partyday.call(dues_ledger.year_cash, self._year)
            words = f"{len(entries)}笔  收 {yuan(cash.collected_fen)}  上缴 {yuan(cash.remitted_fen)}"
            self.set_summary(words)
            subject = f"{self._year}年"
        self.set_title(subject, branch.name if branch else "", SaveState.SAVED)
        self._entries = {entry.id: entry for entry in entries}
        self._reversed = dues_ledger.reversed_ids(entries)
        last = entries[-1].id if entries and self._member_id is None else None
        here = self.register.cursor_key
        self.register.set_rows([self._row(entry) for entry in entries], cursor=here or last)
        self._show_entry_words()

    def _row(self, entry: Entry) -> Row:
        gone = entry.id in self._reversed
        cells = (
            str(entry.id), entry.on_date, entry.member_name, entry.month, entry.kind_word, yuan(entry.amount_fen),
            "已冲正" if gone else entry.method_word, entry.receipt_no, entry.note,
        )  # fmt: skip
        inks = ("quiet",) * 9 if gone else (None,) * 5 + ("late" if entry.amount_fen < 0 else None,)
        return Row(entry.id, cells, inks)

    def _entry_here(self) -> Entry | None:
        return self._entries.get(self.register.cursor_key)

    def _show_entry_words(self) -> None:
        entry = self._entry_here()
        parts = (
            (
                f"冲正第 {entry.reverses} 笔" if entry.reverses else "",
                entry.method_word,
                f"经手 {entry.taken_by}",
                f"收据 {entry.receipt_no}" if entry.receipt_no else "",
                entry.note,
            )
            if entry
            else ()
        )
        self.set_summary([("  ".join(filter(None, parts)), "quiet")], line=1)


def _account_words(account: Account, over_fen: int) -> str:
    owed = f"欠 {yuan(account.arrears_fen)}" if account.arrears_fen else "没有欠交"
    owed += f"  多交 {yuan(over_fen)}" if over_fen else ""
    through = f"  交清到 {account.paid_through}" if account.paid_through else ""
    return f"到本月应交 {yuan(account.due_fen)}  已交 {yuan(account.paid_fen)}  {owed}{through}"


def _month_words(account: MemberAccount) -> str:
    last = account.account.months[-1] if account.account.months else None
    return "" if last is None else "未核定 " if last.due_fen is None else f"每月 {yuan(last.due_fen)} "


def _explained(book: Book, account: MemberAccount) -> list[str]:
    """The months owed, those not assessed, and the reminder with the rule's sentence."""
    from partyday_tui.services.dues_away import aways_of
    from partyday_tui.services.dues_evening import standing_of

    found = [
        f"{each.month}  应交 {yuan(each.due_fen or 0)}  已交 {yuan(each.paid_fen)}" for each in account.account.unpaid
    ]
    if account.account.unassessed:
        found.append(f"没有核定的月份：{'、'.join(map(str, account.account.unassessed))}")
    found += [f"{each}，这几个月不算欠交。" for each in aways_of(book, account.payer.id)]
    return [*found, *filter(None, [standing_of(book, account.payer.id)])]


def _told(entry: Entry) -> list[str]:
    due = f"当时应交：{yuan(entry.due_fen)} 元" if entry.due_fen is not None else ""
    found = [
        f"日期：{entry.on_date}（{entry.entered_at[:16].replace('T', ' ')} 记入）",
        f"姓名：{entry.member_name}" if entry.member_name else "",
        f"种类：{entry.kind_word} {entry.month}".rstrip(),
        f"金额：{yuan(entry.amount_fen)} 元",
        due,
        f"方式：{entry.method_word}",
        f"经手：{entry.taken_by}",
        f"收据号：{entry.receipt_no}" if entry.receipt_no else "",
        f"冲正的是：第 {entry.reverses} 笔" if entry.reverses else "",
        f"说明：{entry.note}" if entry.note else "",
    ]
    return [line for line in found if line]

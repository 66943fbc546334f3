"""The state of a book, checked from the file up: settings, pages, references, structure, the ledger's chain and its sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from partyday_tui.errors import PartydayError
from partyday_tui.rules.dues.entries import cash_of
from partyday_tui.rules.dues.money import yuan
from partyday_tui.store import dues, dues_closes, inspection, ledger_check
from partyday_tui.store.book import Book

_TABLE_WORDS = {
    "dues_assessment": "党费核定",
    "dues_base_part": "核定基数",
    "dues_term": "党费起止月份",
    "dues_away": "在外地交党费",
    "dues_receipt": "上缴收据",
    "dues_entry": "党费台账",
    "dues_month_close": "党费月结",
    "dues_close_row": "月结明细",
    "dues_close_note": "月结前的注明",
    "dues_publication": "党费公示",
    "backup": "备份代次",
    "backup_check": "备份核对",
    "package": "报送材料",
    "delivery": "报送经过",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its key and Chinese title, and a sentence for each thing found; none means it is well."""

    key: str
    title: str
    found: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.found


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Every check, the entries that are not what was written, and the ledger's size and sum as it stands."""

    checks: tuple[Check, ...]
    broken_entries: tuple[int, ...]
    entries: int
    in_hand_fen: int

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return all(check.ok for check in self.checks)


def diagnose(book: Book) -> Diagnosis:
    """Check an open book and change nothing in it."""
    broken: list[int] = []
    checks: list[tuple[str, str, Callable[[], list[str]]]] = [
        ("pragmas", "安全设置", lambda: [f"{name} 没有生效" for name in inspection.wrong_pragmas(book)]),
        ("pages", "文件页面", lambda: inspection.damage(book)),
        ("references", "记录关联", lambda: inspection.orphans(book)),
        ("structure", "表和保护", lambda: structure_faults(book)),
        ("chain", "台账链条", lambda: _chain(book, broken)),
        ("witness", "只增不改的记录", lambda: _strays(book)),
        ("sums", "合计", lambda: _sums(book)),
    ]
    done = tuple(Check(key, title, tuple(_tried(look))) for key, title, look in checks)
    try:
        entries, in_hand = dues.head(book)[0], cash_of(dues.sums_by_kind(book)).in_hand_fen
    except PartydayError:
        entries, in_hand = 0, 0
    return Diagnosis(done, tuple(dict.fromkeys(broken)), entries, in_hand)


def structure_faults(book: Book) -> list[str]:
    """What is wrong with the tables and the triggers that guard them; raises PartydayError where they cannot be read."""
    return [f"{name} 被改动、缺少或多出" for name in inspection.foreign_objects(book)]


def ledger_faults(book: Book) -> list[str]:
    """What is wrong with the ledger, by its chain and its sums; raises PartydayError where it cannot be read."""
    return _chain(book, []) + _sums(book)


def _tried(look: Callable[[], list[str]]) -> list[str]:
    """A check that cannot be made in a damaged book is itself a finding; the other checks go on."""
    try:
        return look()
    except PartydayError as error:
        return [error.sentence]


def _chain(book: Book, broken: list[int]) -> list[str]:
    told = []
    for each in ledger_check.chain_breaks(book):
        broken.append(each.entry_id)
        if each.what == "missing":
            told.append(f"台账第 {each.entry_id} 笔之前缺了记录")
        else:
            told.append(f"台账第 {each.entry_id} 笔和登记时不一样，被程序以外的方式改过")
    return told


def _strays(book: Book) -> list[str]:
    told = [
        f"{_TABLE_WORDS[table]}第 {key} 条和登记时的修改记录对不上"
        for table, keys in inspection.strays(book).items()
        for key in keys
    ]
    return told + [f"台账第 {key} 笔的登记时间和那一次操作的时间对不上" for key in dues.off_their_acts(book)]


def _sums(book: Book) -> list[str]:
    """The cash in hand from the index against the entries read one by one, and each month's close against the entries up to it."""
    told = []
    total = last = 0
    for close in sorted(dues_closes.closes(book), key=lambda it: it.head_id):
        total, last = total + ledger_check.in_hand(book, last, close.head_id), close.head_id
        chain = ledger_check.chain_of(book, close.head_id) if close.head_id else close.head_chain
        if total != close.ledger_fen or chain is None:
            told.append(f"{close.month} 月结时在手 {yuan(close.ledger_fen)} 元，和到当时为止的各笔对不上")
        if chain != close.head_chain:
            told.append(f"{close.month} 月结时的最后一笔（第 {close.head_id} 笔）已不是原来的样子")
    total += ledger_check.in_hand(book, last, dues.head(book)[0])
    summed = cash_of(dues.sums_by_kind(book)).in_hand_fen
    if total != summed:
        told.insert(0, f"逐笔相加在手 {yuan(total)} 元，和合计 {yuan(summed)} 元不等")
    return told

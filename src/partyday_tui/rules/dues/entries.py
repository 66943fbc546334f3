"""An entry of the ledger as a value, its kinds and methods, and the sums that are worked out from entries (DUE-02, DUE-06, DUE-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from partyday_tui.errors import PartydayError
from partyday_tui.rules.dues.money import yuan

LARGE_OVER_FEN = 100_000

PERIOD_KINDS = {"dues": "当月党费", "back": "补交", "ahead": "预交"}
EXTRA_KINDS = {"voluntary": "自愿多交", "large": "大额党费"}
COLLECTED_KINDS = PERIOD_KINDS | EXTRA_KINDS
HANDOVER_KINDS = {"remittance": "上缴"}
FUND_KINDS = {"returned": "上级返还", "used": "使用"}
KIND_WORDS = COLLECTED_KINDS | HANDOVER_KINDS | FUND_KINDS

METHOD_WORDS = {"cash": "现金", "wechat": "微信", "transfer": "转账"}
"""The pots that hold the money. 代交 is none: it says who brought it (``payer``), and the money lies in one of these (DUE-08)."""

PROXY_WORD = "代交"
_POT_OF = {
    "proxy": "cash"
}  # an entry of before, when 代交 stood for a method: what somebody brought was counted as cash

LARGE_DUES = "一次自愿交纳超过1000元的按大额党费办理：全部上缴中央，由基层党委代收并附党员简况（中组发〔2008〕3号、组电明字〔2017〕5号）"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger; a reversal has ``reverses`` and a negative amount, all else as the entry it takes back.

    ``month`` is the period paid for ('' where there is none), ``due_fen`` what was due for it on that day (None: not assessed or none).
    """

    id: int
    act_id: int
    request_key: str
    kind: str
    amount_fen: int
    month: str
    on_date: str
    member_id: int | None
    member_name: str
    due_fen: int | None
    method: str
    payer: str
    taken_by: str
    receipt_no: str
    note: str
    reverses: int | None
    entered_at: str

    @property
    def kind_word(self) -> str:
        """当月党费, 补交 …, or 冲正 with what is taken back."""
        word = KIND_WORDS[self.kind]
        return f"冲正（{word}）" if self.reverses else word

    @property
    def pot(self) -> str:
        """Where the money lies: cash, wechat or transfer."""
        return _POT_OF.get(self.method, self.method)

    @property
    def method_word(self) -> str:
        """现金, 微信 …; with the name of whoever brought it for the member."""
        word = METHOD_WORDS[self.pot]
        return f"{word}（{self.payer}{PROXY_WORD}）" if self.payer else word


@dataclass(frozen=True, slots=True)
class CashInHand:
    """What was collected, handed over, and is therefore in hand; ``by_method`` is what lies in each pot, and sums up to it."""

    collected_fen: int
    remitted_fen: int
    by_method: dict[str, int]

    @property
    def in_hand_fen(self) -> int:
        """Collected − handed over."""
        return self.collected_fen - self.remitted_fen

    @property
    def words(self) -> str:
        """What lies in each pot that is not empty, such as ``现金 5.00  微信 0.50``."""
        return "  ".join(f"{METHOD_WORDS[pot]} {yuan(fen)}" for pot, fen in self.by_method.items() if fen)


def cash_of(sums: Iterable[tuple[str, str, int]]) -> CashInHand:
    """The cash in hand from (kind, method, Σ amount) rows; raises PartydayError for a method that no program of ours has written."""
    collected = remitted = 0
    by_method = dict.fromkeys(METHOD_WORDS, 0)
    for kind, method, amount in sums:
        pot = _POT_OF.get(method, method)
        if pot not in by_method:
            raise PartydayError(f"台账里有一笔的方式「{method}」不认识，文件被改动过或已损坏，请从备份恢复。")
        if kind in COLLECTED_KINDS:
            collected += amount
            by_method[pot] += amount
        elif kind in HANDOVER_KINDS:
            remitted += amount
            by_method[pot] -= amount
    return CashInHand(collected, remitted, by_method)

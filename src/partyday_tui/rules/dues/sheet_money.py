"""The amount in a cell of a sheet: a number or a text in yuan, to the nearest fen, with what was rounded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import LIMIT_FEN, YUAN, fen_from_yuan, plain_yuan
from partyday_tui.rules.heads import cell_text

_NOTHING = ("", "-", "/", "无")
_FINER = re.compile(r"-?[0-9]{1,11}\.[0-9]{3,}")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says; ``finer`` is its text where it was finer than a fen and has been rounded half up, else ''."""

    fen: int
    finer: str = ""


def amount_of(cell: object) -> Amount | None:
    """The amount of a cell, None for one that says nothing.

    A number is taken by the shortest text that stands for it, which is what the sheet shows; an average of a quarter (D6) seldom ends at
    the fen, so it is rounded. Raises UserMistake for what is no amount, is negative, is not finite, or is more than the book holds.
    """
    text = cell_text(cell)
    if text in _NOTHING:
        return None
    exact = _fen(cell, text)
    if not exact.is_finite() or abs(exact) >= LIMIT_FEN:
        raise UserMistake(f"金额「{text}」太大或不是数，请核对这一格后重写。")
    if exact < 0:
        raise UserMistake(f"金额「{text}」是负数，请核对。")
    fen = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return Amount(fen, "" if exact == fen else text)


def _fen(cell: object, text: str) -> Decimal:
    if isinstance(cell, str):
        plain = plain_yuan(text)
        return Decimal(plain) * YUAN if _FINER.fullmatch(plain) else Decimal(fen_from_yuan(text))
    try:
        return Decimal(text) * YUAN
    except InvalidOperation:
        raise UserMistake(f"金额「{text}」没有看懂，请只写数字，单位是元，如 3000 或 11.73。") from None

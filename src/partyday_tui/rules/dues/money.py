"""Money as integer fen: from the text of a person, to the text of a screen and of a receipt."""

import re
import unicodedata
from decimal import Decimal

from partyday_tui.errors import UserMistake

YUAN = 100
LIMIT_FEN = 10_000_000_000 * YUAN
"""No sum in a branch's book reaches this; the ledger's table holds the same bound."""

_AMOUNT = re.compile(r"(-?)([0-9]{1,11})(?:\.([0-9]{1,2})0*)?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def fen_from_yuan(text: str) -> int:
    """Read an amount in yuan, such as ``11.73``, ``1,200元`` or ``５``, exactly; never through a float.

    Raises UserMistake for anything else, for more than two decimals and for 10 billion yuan or more.
    """
    plain = plain_yuan(text)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        if re.fullmatch(r"-?[0-9]+\.[0-9]+", plain):
            raise UserMistake(f"金额「{text.strip()}」比分还小，请写到分为止，如 11.73。")
        raise UserMistake(f"金额「{text.strip()}」没有看懂，请只写数字，单位是元，如 0.5 或 11.73。")
    fen = int(found[2]) * YUAN + int((found[3] or "0").ljust(2, "0"))
    if fen >= LIMIT_FEN:
        raise UserMistake(f"金额「{text.strip()}」太大，请核对后重写。")
    return -fen if found[1] else fen


def plain_yuan(text: str) -> str:
    """The text of an amount without its sign of money, its unit and its thousands marks; what is no amount stays as it is."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removeprefix("￥").removesuffix("元").strip()
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", plain):
        return plain.replace(",", "")
    return plain


def fen_from_number(value: Decimal) -> int | None:
    """The fen of a number of yuan that a sheet holds; None where it has a part smaller than a fen."""
    fen = value * YUAN
    return int(fen) if fen == fen.to_integral_value() else None


def yuan(fen: int) -> str:
    """``1173`` as ``11.73``; always two decimals, no thousands marks."""
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{whole // YUAN}.{whole % YUAN:02d}"


def capitals(fen: int) -> str:
    """The amount in capital characters as receipts want it (大写金额): ``1173`` as ``壹拾壹元柒角叁分``, ``5000`` as ``伍拾元整``.

    A negative amount, which only a reversal has, begins with ``负``.
    """
    if fen < 0:
        return f"负{capitals(-fen)}"
    whole, (jiao, cents) = fen // YUAN, divmod(fen % YUAN, 10)
    text = f"{_whole(whole)}元" if whole else ""
    if not jiao and not cents:
        return f"{text or '零元'}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif whole:
        text += "零"
    return f"{text}{_DIGITS[cents]}分" if cents else f"{text}整"


def _whole(number: int) -> str:
    text, gap = "", False
    for power in (2, 1, 0):
        group = number // 10_000**power % 10_000
        if not group:
            gap = gap or bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _under_ten_thousand(group) + _GROUPS[power]
        gap = False
    return text


def _under_ten_thousand(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = gap or bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text

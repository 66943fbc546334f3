"""Citizen identity numbers (GB 11643-1999): checked, masked, never repaired (reliability.md §7 ID card)."""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# Only full-width forms are folded: Arabic-Indic and other digits are no writing of an identity number.
_FOLD = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX")
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OLD_SHAPE = re.compile(r"[1-9][0-9]{14}")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
_SAFE_WHOLE = 10**15


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """Either the number in its one written form, or the sentence that says why there is none; both None for a blank."""

    number: str | None = None
    problem: str | None = None


def check_identity(value: object) -> IdentityCheck:
    """Check a number from a form or a cell: format, date of birth, check digit.

    Full-width digits and a small x are accepted. What came as a number beyond 15 digits, or in scientific notation,
    was rounded by the spreadsheet and is refused.
    """
    if value is None:
        return IdentityCheck()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not abs(value) < _SAFE_WHOLE:
            return IdentityCheck(problem=_ROUNDED)
        value = f"{value:.15g}"
    if not isinstance(value, str):
        return IdentityCheck(problem="公民身份号码应是18位文字，请核对后重填。")
    if _SHAPE.fullmatch(value):
        return _check_shaped(value)
    text = "".join(value.split()).translate(_FOLD).removeprefix("'")
    return _check_text(text) if text else IdentityCheck()


_ROUNDED = "公民身份号码在表格里存成了数字，末几位已丢失，请把该列改为文本格式、重新录入号码后再导入。"


def _check_text(text: str) -> IdentityCheck:
    if _SCIENTIFIC.fullmatch(text):
        return IdentityCheck(problem=_ROUNDED)
    if _OLD_SHAPE.fullmatch(text):
        return IdentityCheck(problem="这是15位的旧号码，请按现用证件填写18位号码。")
    if not _SHAPE.fullmatch(text):
        return IdentityCheck(problem="公民身份号码应是18位：17位数字加1位数字或X，请核对证件后重填。")
    return _check_shaped(text)


def _check_shaped(text: str) -> IdentityCheck:
    try:
        birth = identity_birth(text)
    except ValueError:
        return IdentityCheck(problem="公民身份号码里的出生日期不存在，请核对证件后重填。")
    if birth.year < 1850:
        return IdentityCheck(problem="公民身份号码里的出生年份不合情理，请核对证件后重填。")
    if _check_digit(text) != text[17]:
        return IdentityCheck(problem="公民身份号码的校验位不符，至少有一位写错，请核对证件后重填。")
    return IdentityCheck(number=text)


def _check_digit(number: str) -> str:
    return _CHECK_DIGITS[sum(map(mul, _WEIGHTS, map(int, number[:17]))) % 11]


def identity_birth(number: str) -> date:
    """Date of birth from an 18-character number; ValueError if the calendar has no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def identity_sex(number: str) -> str:
    """男 or 女 from the 17th digit (odd is male)."""
    return "男" if int(number[16]) % 2 else "女"


def mask_identity(number: str) -> str:
    """``1***************2X``: the first and the last two characters, as lists and exports show it."""
    return _masked(number, 1, 2)


def mask_phone(number: str) -> str:
    """``138****1234``; a shorter number shows its last two characters only."""
    return _masked(number, 3, 4) if len(number) >= 11 else _masked(number, 0, 2)


def _masked(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]

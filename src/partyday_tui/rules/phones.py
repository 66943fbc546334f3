"""Telephone numbers as rosters write them: a mobile number in its eleven digits, a landline as it stands."""

import re
import unicodedata

_MOBILE = re.compile(r"(?:\+?86-?)?(1[0-9]{2})-?([0-9]{4})-?([0-9]{4})")
_PLAIN_MOBILE = re.compile(r"1[0-9]{10}")
_LANDLINE = re.compile(r"(0[0-9]{2,3}[- ]?|\(0[0-9]{2,3}\)[- ]?)?[2-9][0-9]{6,7}([-转][0-9]{1,5})?")
_NONE = {"", "无", "没有", "N", "NO", "-", "/", "—", "0"}


def plain_phone(text: str) -> str:
    """A number without what only groups its digits, "" for a word that says there is none; anything else as it was written."""
    if is_mobile(text):
        return text
    folded = unicodedata.normalize("NFKC", text).strip().removeprefix("'")
    folded = re.sub(r"(?<=[0-9)-])\s+(?=[0-9(-])", "", folded.translate(_DASHES))
    if folded.upper() in _NONE:
        return ""
    found = _MOBILE.fullmatch(folded.replace("+86 ", "+86"))
    return "".join(found.groups()) if found else folded


def is_mobile(number: str) -> bool:
    """Whether it has the eleven digits of a mobile number."""
    return bool(_PLAIN_MOBILE.fullmatch(number))


def is_landline(number: str) -> bool:
    """Whether it is a landline number, with or without area code and extension."""
    return bool(_LANDLINE.fullmatch(number))


_DASHES = str.maketrans("‐‑‒–—−", "------")

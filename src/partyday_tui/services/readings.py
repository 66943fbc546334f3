"""The reading of a name, worked out once when the name is saved; the user can correct it per person."""

import os
from functools import cache

from partyday_tui.rules.names import SURNAME_READINGS, split_surname
from partyday_tui.rules.people import MEMBER_LIMITS
from partyday_tui.rules.text import same_name_key


def reading_of(name: str) -> str:
    """Syllables with one blank between them, ``shan guo qiang``.

    The surname table wins at the beginning of a name without a middle dot; a character without a reading stands as
    itself, Latin letters stay one word in lower case; what is beyond the book's limit is left out. The first call loads pypinyin (about 40 ms).
    """
    surname, given = split_surname(name)
    known = SURNAME_READINGS.get(surname)
    syllables = _syllables(name) if known is None else [known, *_syllables(given)]
    while len(reading := " ".join(syllables)) > MEMBER_LIMITS["reading"]:
        syllables.pop()
    return reading


def _syllables(text: str) -> list[str]:
    """A reading for each character; a run of Latin letters or digits stays one word."""
    parts: list[str] = []
    latin = False
    for char in same_name_key(text):
        if char.isascii() and latin:
            parts[-1] += char
        else:
            parts.append(char if char.isascii() else _reading_of_character(char))
        latin = char.isascii()
    return parts


@cache
def _reading_of_character(char: str) -> str:
    # The phrase tables cost four times the start and the memory and do not help with names (ecosystem.md §2).
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(char)).strip() or char

"""The one gate between text of the book and the screen: literal, printable, of certain width.

Widths are terminal cells (a Chinese character is 2). Nothing here reads markup; whatever a name contains is shown as it
is, except characters that would move the cursor, turn the writing direction, or be one cell wide here and two on a
SimSun console.
"""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len, get_character_cell_size

from partyday_tui.rules.literal import MISSING, steers

Align = Literal["left", "right", "centre"]

_CROPPED = ".."
_NEVER_FIRST = "，。；：、！？）」』】》"
_NEVER_LAST = "（「『【《"
_OF_A_WORD = frozenset(string.ascii_letters + string.digits + "+-.,:")

_CERTAIN = re.compile(r"[ -~\u3000-\u303f\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\u30a0-\u30ff\uff01-\uff60\uffe5]*")

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_SAME_ON_EVERY_CONSOLE = str.maketrans(
    {
        "·": "・",
        "•": "・",
        "‧": "・",
        "●": "・",
        "○": "〇",
        "“": "「",
        "”": "」",
        "‘": "『",
        "’": "』",
        "—": "－",
        "–": "-",
        "―": "－",
        "…": "..",
        "×": "x",
        "√": "v",
        "→": ">",
        "←": "<",
        "■": "#",
        "□": "#",
        "★": "*",
        "☆": "*",
        "※": "*",
        "℃": "度",
        "°": "度",
        "±": "+-",
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "\u2028": " ",
        "\u2029": " ",
        **{chr(0x2460 + n): f"({n + 1})" for n in range(20)},
        **{chr(0x2160 + n): word for n, word in enumerate(_ROMAN)},
    }
)


@lru_cache(maxsize=8192)
def shown(text: str, plain: bool = False) -> str:
    """`text` as it may go on the screen, on one line; `plain` also reduces accented letters to ASCII.

    The middle dot of minority names is shown as ・, which is two cells everywhere.
    """
    if _CERTAIN.fullmatch(text):
        return text
    swapped = unicodedata.normalize("NFC", text).translate(_SAME_ON_EVERY_CONSOLE)
    return "".join(_one(char, plain) for char in swapped)


def fit(text: str, width: int, align: Align = "left", plain: bool = False) -> str:
    """`text` made safe and exactly `width` cells wide: padded with blanks, or cropped with `..` at the end."""
    if width <= 0:
        return ""
    safe = shown(text, plain)
    used = cell_len(safe)
    if used > width:
        mark = _CROPPED if width > 4 else ""
        safe = _first_cells(safe, width - len(mark)) + mark
        used = cell_len(safe)
    spare = width - used
    if align == "right":
        return " " * spare + safe
    if align == "centre":
        return " " * (spare // 2) + safe + " " * (spare - spare // 2)
    return safe + " " * spare


def cells(text: str) -> int:
    """How many cells `text` takes once it is shown."""
    return cell_len(shown(text))


def wrap(text: str, width: int, plain: bool = False) -> list[str]:
    """`text` as lines of at most `width` cells; keeps its line breaks.

    Closing marks do not begin a line, opening ones do not end it, and keys, sums and days stay whole.
    """
    lines: list[str] = []
    for paragraph in re.split(r"\r\n|[\n\r\u2028\u2029]", text):
        line, used = "", 0
        for char in shown(paragraph, plain):
            size = get_character_cell_size(char)
            if used + size > width and line:
                cut = _cut(line, char)
                line, carried = line[:cut], line[cut:]
                lines.append(line.rstrip())
                line, used = carried, cell_len(carried)
            line, used = line + char, used + size
        lines.append(line.rstrip())
    return lines


def _cut(line: str, char: str) -> int:
    """Where a full line ends when `char` comes next, so that marks, keys, sums and days stay whole; its whole length where nothing else is left."""
    for cut in range(len(line), 0, -1):
        last, first = line[cut - 1], (line + char)[cut]
        if first not in _NEVER_FIRST and last not in _NEVER_LAST and not (last in _OF_A_WORD and first in _OF_A_WORD):
            return cut
    return len(line)


def _one(char: str, plain: bool) -> str:
    """One character of a text that has left the well-known ranges."""
    if steers(char):
        return MISSING
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return ""
    if unicodedata.category(char) == "Zs" and char != "\u3000":
        return " "
    if plain and unicodedata.east_asian_width(char) == "A":
        base = "".join(part for part in unicodedata.normalize("NFKD", char) if part.isascii() and part.isprintable())
        return base or MISSING
    return char


def _first_cells(text: str, width: int) -> str:
    """The beginning of `text` that takes at most `width` cells."""
    used = 0
    for index, char in enumerate(text):
        used += get_character_cell_size(char)
        if used > width:
            return text[:index]
    return text

"""What steers a terminal or cannot be seen there, for every gate through which a text leaves for one (reliability.md R10).

Markup and formulas are no concern here: they are letters like others.
"""

from __future__ import annotations

import re
import unicodedata

MISSING = "〓"
"""Stands for a character that cannot be shown: controls, direction marks, private use, lone surrogates."""

# Everything outside these ranges is looked at one by one; nothing inside them steers.
_DOUBTFUL = re.compile(r"[^\n\t -~\u3000-\u303f\u4e00-\u9fa5\uff01-\uff60]")


def steers(char: str) -> bool:
    """Whether a character is a control, a direction mark, of no width, private, unassigned or half of a pair (category C)."""
    return unicodedata.category(char)[0] == "C"


def literal(text: str) -> str:
    """The text for a terminal: line breaks and tabs stay, what steers is `MISSING`."""
    return _DOUBTFUL.sub(_seen, text)


def on_one_line(text: str) -> str:
    """The text without line breaks, so that what it quotes cannot pass for a line of its own."""
    return " ".join(text.splitlines())


def escaped(json_text: str) -> str:
    r"""JSON whose strings hold what steers as ``\uXXXX``; it reads the same."""
    return _DOUBTFUL.sub(_as_escape, json_text)


def _seen(found: re.Match[str]) -> str:
    char = found[0]
    if char in "\u2028\u2029":
        return " "
    return MISSING if steers(char) else char


def _as_escape(found: re.Match[str]) -> str:
    char = found[0]
    if not steers(char) and char not in "\u2028\u2029":
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))

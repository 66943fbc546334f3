"""The one gate for user text: what enters the book has passed here (reliability.md §7 Names, R10).

Cleaning is never silent: what was taken out is listed in ``Cleaned.removed`` so that the caller can ask. Markup such as
``[/foo]`` and formulas such as ``=1+1`` are legal text and stay as they are; screen and sheet show them literally.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from partyday_tui.errors import UserMistake

NAME_LIMIT = 40
LINE_LIMIT = 200
BLOCK_LIMIT = 20_000

_MARKS_PER_BASE = 2
_CODES_TOLD = 3
# Nearly every text of a roster: nothing in it that the gate would touch, but for runs of blanks.
_PLAIN = re.compile(r"[ -~\u4e00-\u9fa5\u00b7，。：；（）、]*")
_PLAIN_NAME = re.compile(rf"[\u4e00-\u9fa5]{{1,{NAME_LIMIT}}}")
_BREAKS = frozenset("\t\n\v\f\r")
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# Letters and symbols that draw nothing: a name made of them would look empty.
_INVISIBLE = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Blocks that newer Unicode versions fill up: this Python may call a real character there "unassigned".
_GROWING_CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3FFFF))
_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd\ue000-\uf8ff]"
_DOTS = "\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65"
_DOT_IN_NAME = re.compile(rf"\s*[{_DOTS}]\s*|(?<={_HAN})\.(?={_HAN})")
_SPREAD_NAME = re.compile(
    rf"{_HAN}[\ufe00-\ufe0f\U000e0100-\U000e01ef]?(?: {_HAN}[\ufe00-\ufe0f\U000e0100-\U000e01ef]?)+"
)
_NOT_IN_KEY = re.compile(rf"[\s.{_DOTS}\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text after the gate.

    ``removed``: code points taken out, as ``"U+202E"``, each once. ``flagged``: rare characters that were kept (planes
    2-3, private use, newer than this Python's tables) and may not show on every machine. ``problem``: one sentence if
    the text must not be stored (empty name, too long), else None; the text itself is never cut.
    """

    text: str
    removed: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    problem: str | None = None


_NOTHING = Cleaned("")


def clean_name(raw: str) -> Cleaned:
    """A person's name: one line, middle dots as U+00B7, and the blanks that pad 「仇  伟」 to three cells taken out."""
    if _PLAIN_NAME.fullmatch(raw):
        return Cleaned(raw)
    text, removed = _strip(raw, keep_lines=False)
    text = _DOT_IN_NAME.sub("\u00b7", text)
    if _SPREAD_NAME.fullmatch(text):
        text = text.replace(" ", "")
    text = unicodedata.normalize("NFC", text)
    problem = _too_long(text, NAME_LIMIT, "姓名") if text else "姓名是空的，请填写姓名。"
    return Cleaned(text, removed, _rare(text), problem)


# A column of a register says the same few things over and over.
@lru_cache(maxsize=1024)
def clean_line(raw: str, limit: int = LINE_LIMIT) -> Cleaned:
    """A text of one line, such as a theme or an address; line breaks and runs of blanks become one blank."""
    if not raw:
        return _NOTHING
    if _PLAIN.fullmatch(raw):
        text = " ".join(raw.split())
        return Cleaned(text, problem=_too_long(text, limit, "这一项"))
    text, removed = _strip(raw, keep_lines=False)
    return Cleaned(text, removed, _rare(text), _too_long(text, limit, "这一项"))


def clean_block(raw: str, limit: int = BLOCK_LIMIT) -> Cleaned:
    """A text of several lines, such as a note; blank lines at both ends go, lines end in ``\\n``."""
    if not raw:
        return _NOTHING
    text, removed = _strip(raw.replace("\r\n", "\n").replace("\r", "\n"), keep_lines=True)
    return Cleaned(text, removed, _rare(text), _too_long(text, limit, "这段文字"))


def only_seen(raw: str) -> tuple[str, str]:
    """What is typed or pasted, without what cannot be seen; and a sentence that names what was taken out, '' for nothing.

    Line breaks and rare characters stay: the gate of the field that takes the text decides about them.
    """
    removed = tuple(dict.fromkeys(_code(char) for char in raw if char not in _BREAKS and not _is_safe(char)))
    if not removed:
        return raw, ""
    more = f"等{len(removed)}种" if len(removed) > _CODES_TOLD else ""
    text = "".join(char for char in raw if char in _BREAKS or _is_safe(char))
    return text, f"里面看不见的字符（{'、'.join(removed[:_CODES_TOLD])}{more}）已去掉，请核对"


def line_to_keep(raw: str, what: str, limit: int) -> str:
    """A cleaned text of one line for the field called `what`; raises UserMistake where it is longer than the book keeps."""
    text = clean_line(raw).text
    if len(text) > limit:
        raise UserMistake(f"「{what}」有 {len(text)} 个字，最多 {limit} 个字，请缩短后重填。")
    return text


def same_name_key(name: str) -> str:
    """The key by which two spellings are one name; equal keys ask the user, they never merge (reliability.md §7).

    NFKC, case folded, without blanks, dots and variation selectors.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _NOT_IN_KEY.sub("", folded)


def _strip(raw: str, *, keep_lines: bool) -> tuple[str, tuple[str, ...]]:
    if _PLAIN.fullmatch(raw):
        return " ".join(raw.split()), ()
    removed: dict[str, None] = {}
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", raw):
        if char in _BREAKS:
            kept.append("\n" if keep_lines and char == "\n" else " ")
        elif unicodedata.category(char) == "Zs":
            kept.append(" ")
        elif _is_safe(char):
            kept.append(char)
        else:
            removed[_code(char)] = None
            if char in "\x85\u2028\u2029":
                kept.append(" ")
    text = _thin_marks(unicodedata.normalize("NFC", "".join(kept)), removed)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n"), tuple(removed)


def _is_safe(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cn":
        point = ord(char)
        return point & 0xFFFE != 0xFFFE and any(low <= point <= high for low, high in _GROWING_CJK)
    return category not in _UNSAFE and char not in _INVISIBLE


def _thin_marks(text: str, removed: dict[str, None]) -> str:
    """Keep at most two combining marks on a base and none without one: stacks of them climb over other lines."""
    kept: list[str] = []
    room = 0
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me"):
            if room == 0:
                removed[_code(char)] = None
                continue
            room -= 1
        else:
            room = 0 if char in " \n" else _MARKS_PER_BASE
        kept.append(char)
    return "".join(kept)


def _rare(text: str) -> tuple[str, ...]:
    if _PLAIN.fullmatch(text):
        return ()
    return tuple(dict.fromkeys(char for char in text if _is_rare(char)))


def _is_rare(char: str) -> bool:
    return 0x20000 <= ord(char) <= 0x3FFFF or unicodedata.category(char) in ("Co", "Cn")


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


def _too_long(text: str, limit: int, what: str) -> str | None:
    if len(text) <= limit:
        return None
    return f"{what}有 {len(text)} 个字，最多 {limit} 个字，请缩短后重填。"

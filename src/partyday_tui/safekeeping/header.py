"""The plain header of a backup: what is in it, readable without the passphrase and without this program."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from partyday_tui.safekeeping.refusals import Damaged, Newer

FORMAT = 1
LONGEST = 64 * 1024  # bytes
LARGEST_BOOK = 1 << 30  # bytes


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself.

    ``made_at``: instant of 25 characters. ``counts``: rows by table. ``last_entry``: ISO day or ''. ``ledger_fen``: dues in hand;
    ``ledger_head``: hash of the last entry, '' without entries. ``raw_size`` and ``raw_sha256`` are of the SQLite file inside.
    """

    format: int
    book_key: str
    branch: str
    generation: int
    schema: int
    made_at: str
    program: str
    counts: dict[str, int]
    last_entry: str
    ledger_fen: int
    ledger_head: str
    encrypted: bool
    raw_size: int
    raw_sha256: str

    def written(self) -> bytes:
        """As it stands in the file: JSON in UTF-8."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")

    @property
    def last_day(self) -> date | None:
        """The day of the last entry."""
        return date.fromisoformat(self.last_entry) if self.last_entry else None


def read_header(text: bytes) -> Header:
    """The header that `text` is; raises Newer for a later format and Damaged for anything that no program of ours writes."""
    try:
        found = json.loads(text.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise Damaged(_UNREADABLE) from None
    if isinstance(found, dict) and type(found.get("format")) is int and found["format"] > FORMAT:
        raise Newer("这个备份是更新版本的程序做的，请用新版程序恢复；账本没有改动。")
    if not isinstance(found, dict) or set(found) != {field.name for field in fields(Header)} or not _holds(found):
        raise Damaged(_UNREADABLE)
    return Header(**found)


_UNREADABLE = "这个备份的说明部分读不懂，文件已损坏；请换一个备份。"


def _holds(found: dict[str, Any]) -> bool:
    """Whether every field is of its kind and within its bounds."""
    counts = found["counts"]
    return (
        found["format"] == FORMAT
        and all(type(found[name]) is str for name in ("branch", "made_at", "program", "last_entry", "ledger_head"))
        and _is_hex(found["book_key"], 32)
        and _is_hex(found["raw_sha256"], 64)
        and type(found["encrypted"]) is bool
        and _is_within(found["generation"], 1, 999_999)
        and _is_within(found["schema"], 1, 999_999)
        and _is_within(found["raw_size"], 512, LARGEST_BOOK)
        and _is_within(found["ledger_fen"], -(1 << 63), (1 << 63) - 1)
        and type(counts) is dict
        and all(_is_within(number, 0, 1 << 62) for number in counts.values())
        and _is_day_or_empty(found["last_entry"])
    )


def _is_hex(value: Any, length: int) -> bool:
    return type(value) is str and len(value) == length and set(value) <= set("0123456789abcdef")


def _is_within(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is_day_or_empty(value: str) -> bool:
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False

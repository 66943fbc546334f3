"""The chain through the ledger: each entry carries the hash of its own text and of the entry before it (reliability.md §6).

It makes a change behind the program's back evident; it does not keep out one who holds the program and recomputes the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

START = "0" * 64
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Field = int | str | None


@dataclass(frozen=True, slots=True)
class Break:
    """An entry that is not what was written (``changed``), or ``missing`` keys before it."""

    entry_id: int
    what: str


def link(previous: str, fields: Sequence[Field]) -> str:
    """The hash of one entry: SHA-256 in hex over the previous hash and the fields as a JSON array."""
    return _hash(previous.encode("utf-8", "surrogatepass"), as_json(fields))


def as_json(fields: Sequence[Field]) -> bytes:
    """The fields of an entry as they are hashed: a JSON array in UTF-8 without a blank or a needless escape, as SQLite writes it too."""
    return _ENCODER.encode(fields).encode("utf-8", "surrogatepass")


def breaks(rows: Iterable[tuple[int, bytes, bytes]]) -> list[Break]:
    """What does not fit in (key, fields as JSON, hash) rows in the order of keys; each row is judged against the hash stored before it,

    so that one changed entry is named alone.
    """
    found: list[Break] = []
    previous, last = START.encode(), 0
    for key, written, stored in rows:
        if key != last + 1:
            found.append(Break(key, "missing"))
        elif _hash(previous, written).encode() != stored:
            found.append(Break(key, "changed"))
        previous, last = stored, key
    return found


def _hash(previous: bytes, written: bytes) -> str:
    return hashlib.sha256(b'["%b",%b' % (previous, written[1:])).hexdigest()

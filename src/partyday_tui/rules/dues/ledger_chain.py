"""The chain through the ledger: each entry carries the hash of its own text and of the entry before it (reliability.md §6).

It makes a change behind the program's back evident; it does not keep out one who holds the program and recomputes the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

START = "0" * 64

Field = int | str | None


@dataclass(frozen=True, slots=True)
class Break:
    """An entry that is not what was written (``changed``), or ``missing`` keys before it."""

    entry_id: int
    what: str


def link(previous: str, fields: Sequence[Field]) -> str:
    """The hash of one entry: SHA-256 in hex over the previous hash and the fields as a JSON array."""
    text = json.dumps([previous, *fields], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def breaks(rows: Iterable[tuple[int, Sequence[Field], str]]) -> list[Break]:
    """What does not fit in (key, fields, hash) rows in the order of keys; each row is judged against the hash stored before it,

    so that one changed entry is named alone.
    """
    found: list[Break] = []
    previous, last = START, 0
    for key, fields, stored in rows:
        if key != last + 1:
            found.append(Break(key, "missing"))
        if link(previous, fields) != stored and key == last + 1:
            found.append(Break(key, "changed"))
        previous, last = stored, key
    return found

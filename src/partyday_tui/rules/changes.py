"""One change of one field, as shown to the user (SUP-05: who, when, old, new)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was changed, or a whole row written or taken out (then ``field`` is '').

    ``at`` is an instant of 25 characters, ``day`` the working day (ISO), ``op`` insert, update or delete; ``old`` and ``new`` are
    what the book held, None where there was nothing.
    """

    at: str
    day: str
    actor: str
    what: str
    source: str
    kept_in: str
    op: str
    field: str
    old: str | None
    new: str | None

"""What a roster says of one member, and a doubt about one of its cells, as values (domain.md §2.c)."""

from dataclasses import dataclass
from typing import Literal

from partyday_tui.rules.partial_date import PartialDate

Kind = Literal["full", "probationary"]
MembershipState = Literal["normal", "suspended"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A doubt about one cell: the row as the sheet numbers it, the field, and one sentence."""

    row: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A member as a roster states it; texts are cleaned, "" where the sheet has nothing.

    ``kind_stated``: False where the kind was worked out from the dates. ``tags`` is a subset of ``TAGS``; ``denied`` are those
    flags to which the sheet says 否. ``dues_category`` is relief, student, unemployed, retired, annual_salary, self_employed,
    wage, farmer or "".
    """

    name: str
    kind: Kind
    kind_stated: bool = True
    sex: str = ""
    ethnicity: str = ""
    born_on: PartialDate | None = None
    education: str = ""
    identity: str | None = None
    joined_on: PartialDate | None = None
    confirmed_on: PartialDate | None = None
    group: str = ""
    post: str = ""
    dues_category: str = ""
    phone: str = ""
    landline: str = ""
    address: str = ""
    job: str = ""
    destination: str = ""
    lost_contact: bool = False
    lost_since: PartialDate | None = None
    membership_state: MembershipState = "normal"
    tags: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    note: str = ""

    @property
    def floating(self) -> bool:
        """Whether the roster calls the member 流动."""
        return "floating" in self.tags

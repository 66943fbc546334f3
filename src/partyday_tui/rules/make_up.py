"""补课: one lesson for several members and several events (ATT-05, ATT-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FORMS = ("送学上门", "集中补学", "线上补学", "个别谈话", "自学")
ONLINE_FORM = "线上补学"
HOME_FORM = "送学上门"


@dataclass(frozen=True, slots=True)
class Served:
    """A member for whom a lesson makes up one event; ``reason`` is why they were not there."""

    event_id: int
    member_id: int
    name: str
    event_on: date
    event: str
    reason: str = ""
    signed: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A make-up lesson. ``archive_no`` is '' until the paper is filed."""

    id: int
    on: date
    form: str
    place: str = ""
    content: str = ""
    led_by: str = ""
    archive_no: str = ""
    archived_on: date | None = None
    served: tuple[Served, ...] = ()

    @property
    def names(self) -> str:
        """Who was taught, each once."""
        return "、".join(dict.fromkeys(it.name for it in self.served))

    @property
    def events(self) -> str:
        """The days of the events that it makes up, each once."""
        return "、".join(dict.fromkeys(it.event_on.isoformat() for it in self.served))

    @property
    def is_signed(self) -> bool:
        """Whether everyone has signed."""
        return bool(self.served) and all(it.signed for it in self.served)


def forms(online_first: bool) -> tuple[str, ...]:
    """The forms to choose from; a guide that asks for make-up on the net has that first (ATT-06)."""
    return tuple(dict.fromkeys([ONLINE_FORM, *FORMS])) if online_first else FORMS

"""The clock, read at the door only and handed inward."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Clock:
    """The day that the book works on, and the instant written beside each act.

    ``day`` is the day the user set (``--today``), or None for the machine's own day. Instants carry an offset; where the day was
    set by hand the time of day is still the machine's.
    """

    day: date | None = None

    @property
    def today(self) -> date:
        """The working day."""
        return self.day or self.now().date()

    def now(self) -> datetime:
        """The present moment on the working day, to the second, in Beijing's time whatever zone the computer is set to."""
        now = datetime.now(BEIJING).replace(microsecond=0)
        return now if self.day is None else datetime.combine(self.day, now.timetz())

    def zone_warning(self) -> str:
        """A sentence where the computer's own zone is not Beijing's (R18); '' also where the day was set by hand."""
        from partyday_tui.rules.clock_doubt import zone_words

        if self.day is not None:
            return ""
        try:
            offset = datetime.now().astimezone().utcoffset()
        except (ValueError, OverflowError):  # TZ names an offset of more than a day
            offset = None
        return zone_words(offset or timedelta(0), self.now())

    def instant(self) -> str:
        """The present moment, 25 characters: ``2026-11-06T19:02:31+08:00``."""
        return self.now().isoformat()

"""partyday: the monthly party day of a grass-roots party branch, kept offline in a terminal."""

from datetime import date

__version__ = "0.1.0"
RELEASED_ON = date(2026, 11, 1)
"""The day of this version, raised with it: a clock that stands before it is wrong (reliability.md R18)."""

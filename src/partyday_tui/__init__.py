"""partyday: the monthly party day of a grass-roots party branch, kept offline in a terminal."""

__version__ = "0.1.0"

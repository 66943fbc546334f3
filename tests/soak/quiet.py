"""Stands for the library of faults where none is loaded."""


class NoShim:
    """Arms nothing and counts nothing."""

    def faultfs_arm(self, *_):
        """Nothing is armed."""

    def faultfs_seen(self):
        """Nothing is counted."""
        return 0

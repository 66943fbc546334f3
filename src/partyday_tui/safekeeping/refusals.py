"""Why a backup file is not taken; each its own sentence, since each has its own next step."""

from partyday_tui.errors import PartydayError, UserMistake


class NotABackup(UserMistake):
    """The file was never a backup of this program."""


class Damaged(PartydayError):
    """The file was a backup, and is not what was written any more."""


class WrongPassphrase(UserMistake):
    """The file is whole, but this passphrase does not open it; or none was given."""


class Newer(UserMistake):
    """The file is of a newer program."""


class Tampered(UserMistake):
    """The file is whole in itself, but holds what no program of ours writes."""

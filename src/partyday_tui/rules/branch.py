"""The branch that keeps a book."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch, its superior and its secretary; ``key`` names the book for ever, whatever the branch is called."""

    key: str
    name: str
    superior: str
    secretary: str
    made_on: str

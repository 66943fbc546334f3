"""What a run found."""

from dataclasses import asdict, dataclass, field


@dataclass
class Outcome:
    """``tried`` states, kills, faults or files; ``failures``, a sentence each with how to see it again; ``notice`` says what was not done."""

    tried: int = 0
    failures: list[str] = field(default_factory=list)
    notice: str = ""
    facts: dict[str, int] = field(default_factory=dict)

    def count(self, fact: str, by: int = 1) -> None:
        """Count something worth saying beside the number of trials."""
        self.facts[fact] = self.facts.get(fact, 0) + by

    def add(self, other: "Outcome") -> "Outcome":
        """This outcome with another one's on top."""
        self.tried += other.tried
        self.failures += other.failures
        self.notice = self.notice or other.notice
        for fact, number in other.facts.items():
            self.count(fact, number)
        return self

    def told(self) -> dict[str, object]:
        """As plain values."""
        return asdict(self)

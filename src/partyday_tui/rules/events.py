"""An event of the branch as a value: planned or held, with its place in the year (CAL-01, CAL-19, CAL-22)."""

from dataclasses import dataclass, field
from datetime import date

KIND_WORDS = {
    "party_day": "主题党日",
    "founding_day": "七一活动",
    "branch_meeting": "党员大会",
    "committee": "支委会",
    "group_meeting": "党小组会",
    "lesson": "党课",
    "organization_life": "组织生活会",
    "appraisal": "民主评议党员",
}
REQUEST_STATES = {"drafted": "已起草", "sent": "已送出", "approved": "已同意", "refused": "未同意"}
DUTY_WORDS = {"consent": "请示", "report": "报备", "none": "不需请示"}


@dataclass(frozen=True, slots=True)
class Event:
    """One activity. ``month`` (YYYY-MM) is its slot in the plan, ``on_date`` its day, None while not fixed.

    ``marked`` and ``expected`` are heads of its roll, both 0 before the first mark; they are counted, never stored.
    ``is_recorded`` says that minutes, discussion or consensus are written, ``is_closed`` that its roll was ended.
    """

    id: int
    month: str
    on_date: date | None
    kinds: frozenset[str] = field(default_factory=frozenset)
    rule: str = ""
    moved_from: date | None = None
    moved_reason: str = ""
    theme: str = ""
    form: str = ""
    content: str = ""
    place: str = ""
    in_charge: str = ""
    starts_at: str = ""
    ends_at: str = ""
    note: str = ""
    expected: int = 0
    marked: int = 0
    is_recorded: bool = False
    is_closed: bool = False

    @property
    def is_called(self) -> bool:
        """Whether its roll is done: everyone is marked, or it was ended with some left unmarked."""
        return self.is_closed or bool(self.marked and self.marked >= self.expected)

    @property
    def title(self) -> str:
        """What the event is called in a list: its theme, else its content, else its kinds."""
        return self.theme or self.content or self.kind_words

    @property
    def kind_words(self) -> str:
        """The kinds in Chinese, in their usual order."""
        return "、".join(word for kind, word in KIND_WORDS.items() if kind in self.kinds)


def state_word(event: Event, today: date) -> str:
    """Where an event stands on `today`: 未定日期, 计划, 今天, 已记录 (without a roll), 未点名, 点名中, 已点名."""
    if event.on_date is None:
        return "未定日期"
    if event.marked:
        return "已点名" if event.is_called else "点名中"
    if event.on_date > today:
        return "计划"
    if event.is_recorded:
        return "已记录"
    return "今天" if event.on_date == today else "未点名"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """The request or report that a moved date asks for (CAL-11, CAL-12)."""

    id: int
    event_id: int
    from_date: date | None
    to_date: date
    reason: str
    duty: str
    state: str = "drafted"
    requested_on: date | None = None
    document_no: str = ""
    approver: str = ""
    replied_on: date | None = None

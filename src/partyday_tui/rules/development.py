"""Development of members: five stages, twenty-five steps and the deadlines that can be seen from dates.

Sources: domain.md B15 and the steps of the flow chart 《发展党员工作流程图》. Nothing here forbids a step; a date that is
late or early is told.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

STAGES = (
    "申请入党",
    "入党积极分子的确定和培养教育",
    "发展对象的确定和考察",
    "预备党员的接收",
    "预备党员的教育考察和转正",
)


@dataclass(frozen=True, slots=True)
class DevelopmentStep:
    """One of the 25 steps; ``stage`` is 1 to 5."""

    number: int
    stage: int
    title: str


_TITLES = (
    (1, ("递交入党申请书", "党组织派人谈话")),
    (2, ("推荐和确定入党积极分子", "上级党委备案", "指定培养联系人", "培养教育考察")),
    (3, ("确定发展对象", "报上级党委备案", "确定入党介绍人", "进行政治审查", "开展集中培训")),
    (
        4,
        (
            "支部委员会审查",
            "上级党委预审",
            "填写入党志愿书",
            "支部大会讨论接收",
            "上级党委派人谈话",
            "上级党委审批",
            "再上一级党委组织部门备案",
        ),
    ),
    (
        5,
        (
            "编入党支部和党小组",
            "入党宣誓",
            "继续教育考察",
            "提出转正申请",
            "支部大会讨论转正",
            "上级党委审批转正",
            "材料归档",
        ),
    ),
)
STEPS = tuple(
    DevelopmentStep(number, stage, title)
    for number, (stage, title) in enumerate(
        ((stage, title) for stage, titles in _TITLES for title in titles),
        start=1,
    )
)

APPLIED, ACTIVIST, CANDIDATE, TRAINED, ACCEPTED, APPLIED_FOR_FULL, DISCUSSED_FULL = 1, 3, 7, 11, 15, 22, 23
CULTIVATION, PROBATION = 6, 21

TRAINING_DAYS, TRAINING_HOURS = 3, 24
PROBATION_MONTHS = 12
EXTENSION_MONTHS = range(6, 13)


@dataclass(frozen=True, slots=True)
class Within:
    """``step`` is to be done within ``months`` after the step ``after``."""

    step: int
    after: int
    months: int
    sentence: str


@dataclass(frozen=True, slots=True)
class NotBefore:
    """``step`` is not to be done before ``months`` after the step ``after`` have passed."""

    step: int
    after: int
    months: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Every:
    """During ``step`` a look is taken at least every ``months``, from the step ``after`` until the step ``until``."""

    step: int
    after: int
    until: int
    months: int
    sentence: str


WITHIN = (
    Within(2, APPLIED, 1, "收到入党申请书后一个月内派人谈话"),
    Within(17, ACCEPTED, 3, "三个月内审批，特殊情况可延长，但不得超过六个月"),
    Within(24, DISCUSSED_FULL, 3, "三个月内审批"),
)
NOT_BEFORE = (NotBefore(CANDIDATE, ACTIVIST, 12, "经过一年以上培养教育和考察，方可确定为发展对象"),)
EVERY = (
    Every(CULTIVATION, ACTIVIST, CANDIDATE, 6, "入党积极分子每半年考察一次"),
    Every(PROBATION, ACCEPTED, APPLIED_FOR_FULL, 6, "预备党员每半年考察一次（有的地方每季度一次）"),
)
_SPECIAL_APPROVAL_MONTHS = 6
_PROBATION = "预备期一年，期满由本人书面提出转正申请；延长一次，不少于半年、不超过一年"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person under development.

    ``steps`` are (number, day) of the steps done, ``looks`` the days of 考察 of both kinds. ``extended_months`` is the
    lengthening of the probation, 0 for none. ``special`` says that the superior took the longer term for approval.
    Training is 0 where it is not entered. ``ended_on``: the process was given up.
    """

    id: int
    name: str
    steps: tuple[tuple[int, date], ...] = ()
    looks: tuple[date, ...] = ()
    training_days: int = 0
    training_hours: int = 0
    extended_months: int = 0
    special: bool = False
    ended_on: date | None = None

    def done_on(self, step: int) -> date | None:
        """The day of a step, the first where it is entered twice; None where it is not done."""
        return min((on for number, on in self.steps if number == step), default=None)


class Kind(StrEnum):
    """What is told about a step."""

    DUE = "到期"
    OVERDUE = "逾期"
    LATE = "办得迟"
    EARLY = "办得早"
    SHORT = "不足"


@dataclass(frozen=True, slots=True)
class Told:
    """A deadline ahead or missed, or a date that does not fit; ``on`` is the day that the rule names, if it names one."""

    step: int
    kind: Kind
    on: date | None
    sentence: str

    @property
    def title(self) -> str:
        """The title of the step."""
        return STEPS[self.step - 1].title


def development_notes(candidate: Candidate, today: date) -> tuple[Told, ...]:
    """Everything to be told about a candidate on ``today``, by step; empty after the process has ended."""
    if candidate.ended_on and candidate.ended_on <= today:
        return ()
    notes = [
        *_deadlines(candidate, today),
        *_too_early(candidate),
        *_regular_looks(candidate, today),
        *_probation(candidate, today),
        *_training(candidate),
    ]
    return tuple(sorted(notes, key=lambda note: (note.step, note.on or date.min)))


def next_due(candidate: Candidate, today: date) -> date | None:
    """The nearest open deadline of a candidate, passed or ahead; None where nothing has a date."""
    open_notes = [note for note in development_notes(candidate, today) if note.kind in (Kind.DUE, Kind.OVERDUE)]
    return min((note.on for note in open_notes if note.on), default=None)


def steps_done(candidate: Candidate, today: date) -> int:
    """How many of the 25 steps are done by ``today``."""
    return len({number for number, on in candidate.steps if on <= today and 1 <= number <= len(STEPS)})


def months_after(day: date, months: int) -> date:
    """The same day some months later, the last day of a shorter month."""
    years, zero_based = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, zero_based + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _deadlines(candidate: Candidate, today: date) -> Iterator[Told]:
    for rule in WITHIN:
        start = candidate.done_on(rule.after)
        if start is None:
            continue
        longer = candidate.special and rule.after == ACCEPTED
        due = months_after(start, _SPECIAL_APPROVAL_MONTHS if longer else rule.months)
        yield from _due(rule.step, due, candidate.done_on(rule.step), today, rule.sentence)


def _due(step: int, due: date, done: date | None, today: date, sentence: str) -> Iterator[Told]:
    if done is None:
        yield Told(step, Kind.OVERDUE if today > due else Kind.DUE, due, sentence)
    elif done > due:
        yield Told(step, Kind.LATE, due, sentence)


def _too_early(candidate: Candidate) -> Iterator[Told]:
    for rule in NOT_BEFORE:
        start, done = candidate.done_on(rule.after), candidate.done_on(rule.step)
        if start and done and done < months_after(start, rule.months):
            yield Told(rule.step, Kind.EARLY, months_after(start, rule.months), rule.sentence)


def _regular_looks(candidate: Candidate, today: date) -> Iterator[Told]:
    """The next look that is open in a running stage; looks of a stage that is over are not asked for any more."""
    for rule in EVERY:
        start = candidate.done_on(rule.after)
        if start is None or candidate.done_on(rule.until):
            continue
        last = max((on for on in candidate.looks if start <= on <= today), default=start)
        yield from _due(rule.step, months_after(last, rule.months), None, today, rule.sentence)


def _probation(candidate: Candidate, today: date) -> Iterator[Told]:
    accepted, applied = candidate.done_on(ACCEPTED), candidate.done_on(APPLIED_FOR_FULL)
    if candidate.extended_months and candidate.extended_months not in EXTENSION_MONTHS:
        yield Told(PROBATION, Kind.SHORT, None, _PROBATION)
    if accepted is None:
        return
    ends = months_after(accepted, PROBATION_MONTHS + candidate.extended_months)
    if applied is None:
        yield Told(APPLIED_FOR_FULL, Kind.OVERDUE if today > ends else Kind.DUE, ends, _PROBATION)
    discussed = candidate.done_on(DISCUSSED_FULL)
    if discussed and discussed < months_after(accepted, PROBATION_MONTHS):
        yield Told(DISCUSSED_FULL, Kind.EARLY, months_after(accepted, PROBATION_MONTHS), _PROBATION)


def _training(candidate: Candidate) -> Iterator[Told]:
    enough = candidate.training_days >= TRAINING_DAYS or candidate.training_hours >= TRAINING_HOURS
    if candidate.done_on(TRAINED) and not enough:
        yield Told(TRAINED, Kind.SHORT, None, "集中培训不少于三天或者二十四学时")

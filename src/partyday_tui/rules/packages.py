"""The packages of forms as data: which forms go into each, for which events, and which rules of the guides each form answers.

What a form is repeated by follows from its own period (`form_kinds.FormKind.periods`): each event of the package's span, each month, each
year, or once. A form that is not named in `CONTENTS` goes into every package, and one that is named there but not in `FORMS` is not
missed, so that a new form needs no word here unless it is special.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from partyday_tui.errors import UserMistake
from partyday_tui.rules.form_kinds import FormKind
from partyday_tui.rules.month import Month
from partyday_tui.rules.month import months as months_between

Need = Literal["", "dated", "called", "held", "changed", "reviewed", "rows"]
"""What must be there for a form to go in, else it is left out without a word: an event with a day; with marks in its roll; that was held
(marked or written up); whose date was changed; that was reviewed; for any form but that of a whole year, a row in one of its tables."""

ALL_RULES = "*"
"""Stands for every rule in force."""
LONGEST = 60
"""Months of an inspection pack."""


@dataclass(frozen=True, slots=True)
class PackageKind:
    """One kind of package: its key, what it is called, what it is asked for, and what it holds."""

    key: str
    title: str
    period_words: str
    help: str
    reading: str


MONTH = PackageKind("month", "月度材料", "一个月", "这个月的表格装成一个文件，带目录", "yue du cai liao")
YEAR = PackageKind("year", "年度材料", "一年", "全年的表格装成一个文件，带目录", "nian du cai liao")
INSPECTION = PackageKind(
    "inspection", "迎检材料", "从某月到某月", "一段时间的全部表格，写明对应的规则", "ying jian cai liao"
)
PACKAGES = (MONTH, YEAR, INSPECTION)
"""Every kind, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Package:
    """One package: its kind, its first and last month, and the variant of the roster (`form_kinds`): masked unless the user says otherwise."""

    kind: PackageKind
    first: Month
    last: Month
    roster: str = "masked"

    @property
    def words(self) -> str:
        """The span: 2026年11月, 2026年, 2026年1月至6月."""
        first, last = self.first, self.last
        if first == last:
            return f"{first.year}年{first.month}月"
        if (first, last) == (Month(first.year, 1), Month(first.year, 12)):
            return f"{first.year}年"
        return f"{first.year}年{first.month}月至{f'{last.year}年' if last.year != first.year else ''}{last.month}月"

    @property
    def title(self) -> str:
        """What its file and its index are called: 2026年11月材料, 2026年度材料, 2026年1月至6月迎检材料."""
        if self.kind is INSPECTION:
            return f"{self.words}迎检材料"
        return f"{self.words}度材料" if self.kind is YEAR else f"{self.words}材料"

    @property
    def period(self) -> str:
        """The span as the outbox keeps it: 2026-11, 2026, 2026-01至2026-06."""
        if self.first == self.last:
            return str(self.first)
        return str(self.first.year) if self.kind is YEAR else f"{self.first}至{self.last}"

    @property
    def years(self) -> range:
        """The years that it touches."""
        return range(self.first.year, self.last.year + 1)

    def months(self, today: date) -> tuple[Month, ...]:
        """Its months up to the present one; a single month also where it lies ahead."""
        now = Month.of(today)
        return tuple(it for it in months_between(self.first, self.last) if it <= now or self.first == self.last)


def month_package(month: Month) -> Package:
    """The package of one month."""
    return Package(MONTH, month, month)


def year_package(year: int, roster: str = "masked") -> Package:
    """The package of one year; raises UserMistake for a year that no calendar has."""
    if not date.min.year <= year <= date.max.year:
        raise UserMistake(f"没有{year}年，请写成 2026 这样。")
    return Package(YEAR, Month(year, 1), Month(year, 12), roster)


def inspection_package(first: Month, last: Month, roster: str = "masked") -> Package:
    """The package of a period for an inspection; raises UserMistake where it ends before it begins or is longer than five years."""
    if last < first:
        raise UserMistake(f"迎检材料的月份前后颠倒（{first} 到 {last}），请先写早的月份。")
    if last.year * 12 + last.month - first.year * 12 - first.month >= LONGEST:
        raise UserMistake(f"迎检材料一次最多{LONGEST // 12}年，请分几次做。")
    return Package(INSPECTION, first, last, roster)


@dataclass(frozen=True, slots=True)
class Content:
    """What is special about one form: the packages it goes into, what must be there, and the rules that it answers (policy keys).

    ``kinds``: the events that it is for, where that is not every event.
    """

    packages: tuple[PackageKind, ...] = PACKAGES
    need: Need = ""
    rules: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()


_LONG = (YEAR, INSPECTION)
_PARTY_DAY = frozenset(("party_day", "founding_day"))
_RECORDED = _PARTY_DAY | {"lesson", "organization_life", "appraisal"}  # of the other meetings 会议记录 says it all

KINDS_OF_RULES: dict[str, frozenset[str]] = {
    "committee.before_event": frozenset(("committee",)),
    "theme.steps": frozenset(("committee",)),
    "meeting.members_agenda": frozenset(("branch_meeting",)),
    "oath.founding_day": frozenset(("founding_day",)),
    **dict.fromkeys(
        (
            "attendance.threshold_percent", "procedure.steps", "host.delegates", "event.minimum_minutes", "event.content",
            "oath.joining_month", "oath.together", "review.commented", "review.comment_by", "affairs.report", "affairs.village", "affairs.decided",
        ),
        _PARTY_DAY,
    ),
}  # fmt: skip
"""The kinds of events that a rule speaks of; a form of another event does not answer it."""


_REGISTER_RULES: dict[str, tuple[str, ...]] = {
    "talk": ("talk.per_year_each_pair", "talk.register_quarterly", "absence.talk_after"),
    "talk_trigger": ("talk.triggers", "talk.reminders_quarterly"),
    "visit": ("visit.occasions", "visit.members", "visit.reported"),
    "hardship": ("hardship.register",),
    "problem": ("inspection.mended_in_time", "affairs.mending_reported"),
    "praise": ("praise.timely", "family.honours"),
    "volunteering": ("volunteer.projects", "volunteer.community"),
    "outreach": ("floating.outreach", "infirm.other_way"),
    "inspection": ("inspection.monthly", "inspection.mended_in_time"),
    "duty_post": ("duty_post.assigned", "duty_post.reported"),
    "superior_report": (
        "plan.filed",
        "record.filed",
        "talk.register_quarterly",
        "talk.reminders_quarterly",
        "absence.superior_after_months",
        "discipline.reported",
    ),
}

CONTENTS: dict[str, Content] = {
    "year-plan": Content(_LONG, rules=(
        "party_day.schedule", "party_day.per_month", "party_day.holiday_policy", "party_day.day_off_reading",
        "party_day.founding_day", "party_day.founding_day_counts_as_july", "party_day.other_months",
        "plan.yearly", "plan.filed", "plan.columns", "theme.steps", "theme.required_and_chosen", "theme.focus",
    )),
    "study-plan": Content(_LONG, rules=("plan.study", "constitution.readings_per_year", "study.speeches_per_month")),
    "notice": Content(need="dated", rules=("notice.days_before", "notice.leading_cadres")),
    "sign-in": Content(need="called", rules=(
        "attendance.expected", "attendance.recorded", "attendance.threshold_percent", "attendance.leading_cadres", "guest.classes",
        "guest.leaders",
    )),
    "record": Content(need="held", rules=(
        "procedure.steps", "host.delegates", "event.minimum_minutes", "event.content", "oath.joining_month", "oath.founding_day",
        "oath.together", "review.commented", "review.comment_by", "integrity.items", "affairs.report", "affairs.village", "affairs.decided",
        "record.recorder", "record.kept", "record.quality", "record.days_after", "record.filed", "record.workbook",
    ), kinds=_RECORDED),
    "minutes": Content(need="held", rules=(
        "committee.before_event", "theme.steps", "meeting.members_agenda", "record.recorder", "record.minutes_filed", "affairs.decided",
    )),
    "change-request": Content(need="changed", rules=(
        "party_day.change", "party_day.change_written", "party_day.change_same_month", "party_day.change_restrained",
    )),
    "review-ballot": Content(_LONG, "reviewed", ("review.dimensions", "review.voters")),
    "review": Content(need="reviewed", rules=(
        "review.after_event", "review.dimensions", "review.mode", "review.voters", "review.weak_percent", "review.weak_times",
    )),
    "appraisal-ballot": Content(_LONG, rules=("appraisal.standard",)),
    "appraisal": Content(_LONG, rules=(
        "appraisal.per_year", "appraisal.fourth_quarter", "appraisal.steps", "appraisal.standard",
    )),
    "dues-assessment": Content(_LONG, rules=(
        "dues.assessment", "dues.rounding", "dues.farmer_monthly_fen", "dues.first_month", "dues.last_month",
    )),
    "dues-register": Content(_LONG, rules=("dues.register", "dues.at_event", "dues.day", "dues.in_full")),
    "dues-month": Content(rules=("dues.at_event", "dues.day", "dues.in_full")),
    "remittance": Content(rules=("dues.in_full", "dues.hand_over")),
    "dues-publication": Content(_LONG, rules=("dues.publication",)),
    "meetings": Content(_LONG, rules=(
        "lesson.per_quarter", "lesson.by_secretary_per_year", "lesson.by_leaders_per_year", "lesson.other_lecturers", "lesson.months",
        "meeting.members_per_quarter", "meeting.committee_per_month", "meeting.group_per_month", "meeting.kept_up",
    )),
    "meeting-statistics": Content(_LONG, rules=(
        "party_day.per_month", "life_meeting.half_yearly", "life_meeting.fourth_quarter", "life_meeting.regular", "meeting.kept_up",
        "attendance.threshold_percent",
    )),
    **{
        key.replace("_", "-"): Content(need="rows", rules=rules) for key, rules in _REGISTER_RULES.items()
    },
    "development": Content(_LONG, rules=("development.steps",)),
    "roster": Content(_LONG, rules=("attendance.expected",)),
    "self-check": Content(rules=(ALL_RULES,)),
    "leave-summary": Content(need="rows", rules=("leave.written", "leave.explained")),
    "cases": Content(need="rows", rules=(
        "absence.steps", "absence.unexcused", "absence.talk_after", "absence.superior_after_months", "absence.long_term",
    )),
    "make-up": Content(_LONG, rules=("absence.make_up_archived", "absence.make_up_online")),
    "attendance": Content(_LONG, rules=("attendance.recorded", "attendance.threshold_percent", "attendance.feeds")),
    "attendance-rates": Content(_LONG, rules=("attendance.threshold_percent", "infirm.other_way", "infirm.when_majority")),
}  # fmt: skip
"""What is special about each form, by its key."""


def content_of(kind: FormKind) -> Content:
    """What is special about a form; one that nobody named goes in where something stands in it."""
    return CONTENTS.get(kind.key, Content(need="rows"))


def rules_of(kind: FormKind, event_kinds: frozenset[str] | None) -> tuple[str, ...]:
    """The keys of the rules that a form answers, for an event of these kinds where it is of an event."""
    rules = content_of(kind).rules
    if event_kinds is None:
        return rules
    return tuple(key for key in rules if event_kinds & KINDS_OF_RULES.get(key, event_kinds))


def repeated_by(kind: FormKind, package: PackageKind) -> str | None:
    """What a form is repeated by in a package: year, month, event, '' for once; None where it does not go in.

    A form of one member or one slip of paper never does: there would be hundreds. A month takes no form of a whole year and none of today.
    """
    if package not in content_of(kind).packages:
        return None
    wanted = ("month", "event") if package is MONTH else ("year", "month", "event")
    if not kind.periods:
        return None if package is MONTH else ""
    return next((period for period in wanted if period in kind.periods), None)

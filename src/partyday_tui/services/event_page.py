"""One event on one page: its procedure from top to bottom, each part with what it holds and what a rule still wants of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.duties.duty import Duty, State
from partyday_tui.rules.duties.facts import DUES_REPORT, OATH, SPEECHES
from partyday_tui.rules.event_record import EventRecord
from partyday_tui.rules.events import Event
from partyday_tui.rules.review import review_share
from partyday_tui.rules.roll import RollCounts, count_roll, opening_line
from partyday_tui.rules.rule_book import RuleBook
from partyday_tui.rules.votes import judge
from partyday_tui.services.duties import duties_of_year
from partyday_tui.services.event_record import read_record
from partyday_tui.services.events import existing_event
from partyday_tui.services.presets import rule_book_of
from partyday_tui.services.review_year import terms_on
from partyday_tui.services.ways import event_of
from partyday_tui.store import members, reviews
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book

HAS, LACKS, NOT_ASKED = "有", "缺", "不要求"

PARTS = (
    ("会前", "plan", "时间地点内容"),
    ("会前", "group", "党小组"),
    ("会前", "theme", "主题"),
    ("会前", "opinions", "征求意见"),
    ("会前", "run_up", "会前支委会"),
    ("会前", "approval", "上级审定"),
    ("会前", "agenda", "议程"),
    ("会前", "notice", "公示预告"),
    ("会上", "people", "主持和记录"),
    ("会上", "roll", "点名"),
    ("会上", "steps", "程序各步"),
    ("会上", "ticks", "规定内容"),
    ("会上", "oath", "逐人重温誓词"),
    ("会上", "reading", "诵读党章"),
    ("会上", "lectures", "党课"),
    ("会上", "discussion", "讨论和共识"),
    ("会上", "decisions", "表决事项"),
    ("会上", "minutes", "会议记录"),
    ("会后", "review", "主题测评"),
    ("会后", "comments", "点评"),
    ("会后", "pictures", "照片影像"),
    ("会后", "filing", "上报备案"),
)
"""(phase, key, title) of every part, in the order of the procedure (PRO-01)."""

_PART_OF_RULE = {
    "notice.days_before": "notice",
    "notice.leading_cadres": "notice",
    "committee.before_event": "run_up",
    "theme.steps": "theme",
    "theme.required_and_chosen": "theme",
    "procedure.steps": "steps",
    "host.delegates": "people",
    "record.recorder": "people",
    "event.minimum_minutes": "plan",
    "event.content": "ticks",
    "affairs.report": "ticks",
    "affairs.village": "ticks",
    "study.speeches_per_month": "ticks",
    "oath.joining_month": "oath",
    "review.after_event": "review",
    "review.commented": "comments",
    "review.comment_by": "comments",
    "record.kept": "minutes",
    "record.quality": "minutes",
    "record.days_after": "filing",
    "record.minutes_filed": "filing",
    "record.filed": "filing",
    "record.workbook": "filing",
    "attendance.recorded": "roll",
    "attendance.threshold_percent": "roll",
}
_PART_OF_ITEM = {"征求意见": "opinions", "支委会研究": "run_up", "上级审定": "approval"}
_TICKS_OF_RULES = ("event.content", "affairs.report", "affairs.village", "integrity.items")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the page. ``warnings`` are told of a part that lacks something: what, until when, by which sentence."""

    key: str
    phase: str
    title: str
    state: str
    content: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPage:
    """What the screen of an event shows; ``steps`` and ``contents`` are what the rules name for it."""

    event: Event
    record: EventRecord
    counts: RollCounts
    guests: int
    parts: tuple[Part, ...]
    steps: tuple[str, ...]
    contents: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many parts lack something that a rule asks for."""
        return sum(1 for part in self.parts if part.state == LACKS)


def read_page(book: Book, event_id: int) -> EventPage:
    """The page of one event, judged by the rules of its day."""
    event, record = existing_event(book, event_id), read_record(book, event_id)
    day = event.on_date or book.clock.today
    rules = rule_book_of(book)
    entries = rolls.roll(book, event_id, day)
    counts = count_roll(entries)
    guests = len(rolls.guests_of(book, event_id))
    duties = _by_part(book, event, day)
    steps, contents = _steps(rules, event, day), _contents(rules, day)
    shown = _contents_of(event, record, counts, guests, steps) | {"review": _review(book, event_id, day)}
    parts = tuple(
        _part(phase, key, title, shown[key], duties.get(key, []))
        for phase, key, title in PARTS
        if key != "group" or "group_meeting" in event.kinds
    )
    return EventPage(event, record, counts, guests, parts, steps, contents)


def oath_members(book: Book, event: Event) -> list[tuple[int, str]]:
    """(key, name) of the members who joined in the event's month of an earlier year, and renew the oath now (CON-01)."""
    day = event.on_date
    if day is None:
        return []
    return [
        (member.id, member.name)
        for member in members.members_on(book, day)
        if member.joined_on[5:7] == f"{day:%m}" and member.joined_on[:4] < f"{day:%Y}"
    ]


def _by_part(book: Book, event: Event, day: date) -> dict[str, list[Duty]]:
    """The duties of the event, and those of its month that its content settles, by the part that settles them."""
    found: dict[str, list[Duty]] = {}
    for duty in duties_of_year(book, day.year):
        of_month = duty.period.which == f"{day:%Y-%m}" and _PART_OF_RULE.get(duty.rule_key) in ("ticks", "oath")
        if event_of(duty) != event.id and not of_month:
            continue
        for part in _parts_of(duty):
            found.setdefault(part, []).append(duty)
    return found


def _parts_of(duty: Duty) -> set[str]:
    part = _PART_OF_RULE.get(duty.rule_key)
    if part is None:
        return set()
    if duty.rule_key == "theme.steps" and duty.missing:
        return {_PART_OF_ITEM.get(item, part) for item in duty.missing}
    if duty.rule_key == "record.kept" and duty.missing:
        return {
            "pictures" if "图" in it or "照片" in it or "视频" in it else part
            for it in duty.missing
            if "签到" not in it
        }
    return {part}


def _part(phase: str, key: str, title: str, content: str, duties: list[Duty]) -> Part:
    lacking = sorted(duties, key=lambda duty: duty.due_on or date.max)
    lacking = [duty for duty in lacking if duty.state in (State.OPEN, State.OVERDUE, State.NOT_YET)]
    if lacking:
        return Part(key, phase, title, LACKS, content, tuple(map(_warning, lacking)))
    done = [duty for duty in duties if duty.state is State.DONE]
    return Part(key, phase, title, HAS if content or done else NOT_ASKED, content)


def _warning(duty: Duty) -> str:
    """What is missing, until when, and the sentence that asks for it."""
    missing = f"缺{'、'.join(duty.missing[:4])}{'等' if len(duty.missing) > 4 else ''}" if duty.missing else duty.title
    until = f"，应于{duty.due_on:%m-%d}" if duty.due_on else ""
    return f"{missing}{until}「{duty.sentence}」"


def _steps(rules: RuleBook, event: Event, day: date) -> tuple[str, ...]:
    """The steps that the rules name for an event of these kinds."""
    names: list[str] = []
    for key, kind in (("procedure.steps", "party_day"), ("appraisal.steps", "appraisal")):
        rule = rules.rule(key, day)
        if rule and kind in event.kinds and isinstance(rule.value, tuple):
            names += rule.value
    return tuple(names)


def _contents(rules: RuleBook, day: date) -> tuple[str, ...]:
    """The standing content that can be ticked: what the rules of the day name, and what other rules look for."""
    words: list[str] = []
    for key in _TICKS_OF_RULES:
        rule = rules.rule(key, day)
        words += rule.value if rule and isinstance(rule.value, tuple) else ()
    return tuple(dict.fromkeys([OATH, SPEECHES, *words, DUES_REPORT]))


def _contents_of(
    event: Event, record: EventRecord, counts: RollCounts, guests: int, steps: tuple[str, ...]
) -> dict[str, str]:
    """A line of text for each part; '' where nothing is written."""
    clock = "至".join(filter(None, [event.starts_at, event.ends_at]))
    done = {step.name for step in record.steps}
    other = sum(1 for step in record.steps if step.name not in steps)
    deputed = f"（委托：{record.host_reason}）" if record.host_reason else ""
    host = " ".join(filter(None, [record.host_post, record.host])) + deputed
    filing = (
        ("纪实表", record.record_form_on),
        ("会议记录", record.minutes_filed_on),
        ("报上级", record.filed_on),
        ("工作手册", record.workbook_on),
    )
    return {
        "plan": "  ".join(filter(None, [clock, event.place, event.form, event.content])),
        "group": record.group,
        "theme": "  ".join(
            filter(None, [event.theme, _named("必选", record.required_theme), _named("自选", record.chosen_theme)])
        ),
        "opinions": _dated(record.opinions_on, record.opinions_from),
        "run_up": "、".join(_dated(it.on, it.title) for it in record.run_up),
        "approval": _dated(record.approved_on, record.approved_by),
        "agenda": "、".join(item.what for item in record.agenda),
        "notice": _dated(record.notice_on, record.notice_how),
        "people": "  ".join(filter(None, [_named("主持", host), _named("记录", record.recorder)])),
        "roll": opening_line(counts, guests) if counts.expected > counts.unmarked else "",
        "steps": (f"{len(done & set(steps))}/{len(steps)}" if steps else f"{other}步") if record.steps else "",
        "ticks": "、".join(f"{it.word}{f'：{it.detail}' if it.detail else ''}" for it in record.ticks),
        "oath": "、".join(it.name for it in record.member_ticks if it.word == OATH),
        "reading": "、".join(record.segments),
        "lectures": "、".join(f"{it.role}{it.lecturer}{f'《{it.title}》' if it.title else ''}" for it in record.lectures),
        "discussion": "  ".join(filter(None, [_first(record.discussion), _first(record.consensus)])),
        "decisions": "、".join(f"{it.matter}（{'通过' if judge(it.vote).is_carried else '没有通过'}）" for it in record.decisions),
        "minutes": _first(record.minutes),
        "comments": "、".join(f"{it.role}{it.who}" for it in record.comments),
        "pictures": _pictures(record),
        "filing": "  ".join(f"{word}{on:%m-%d}" for word, on in filing if on),
    }  # fmt: skip


def _review(book: Book, event_id: int, day: date) -> str:
    """The valid ballots and the rate of the event's review, '' where it has none."""
    review = reviews.review(book, event_id)
    if review is None or not review.classes:
        return ""
    return f"有效票{review.ballots.valid}张  满意率{review_share(review, terms_on(book, day).mode).words}"


def _named(word: str, text: str) -> str:
    return f"{word}：{text}" if text else ""


def _dated(on: date | None, text: str) -> str:
    return " ".join(filter(None, [f"{on:%m-%d}" if on else "", text]))


def _first(text: str) -> str:
    return text.split("\n", 1)[0]


def _pictures(record: EventRecord) -> str:
    photos = sum(1 for it in record.pictures if it.kind == "photo")
    videos = len(record.pictures) - photos
    return "  ".join(filter(None, [f"照片{photos}张" if photos else "", f"视频{videos}段" if videos else ""]))

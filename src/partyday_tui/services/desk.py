"""The desk: what is late, what is near, and what the book still lacks, each line with the way to settle it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.duties.duty import Duty
from partyday_tui.rules.events import Event, state_word
from partyday_tui.services.duties import LOOK_AHEAD, LOOK_BACK, DeskDuties, due_for_desk, way_of
from partyday_tui.store import events, members
from partyday_tui.store.book import Book

_NEXT_YEAR_FROM = 11  # the notice of the coming year appears each November
_NAMED = 3


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing on the desk. ``section`` is 逾期, 这几天 or 账本; ``where`` and ``target`` lead to the screen that settles it.

    ``sentence`` is what a guide asks, told when the cursor stands on the line.
    """

    section: str
    when: str
    subject: str
    state: str
    where: str
    target: int | str | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the opening screen shows on a day."""

    today: date
    member_count: int
    lines: tuple[DeskLine, ...]
    month: str


def read_desk(book: Book) -> Desk:
    """The desk of today, from the months around it only."""
    today = book.clock.today
    near = events.events_between(book, today - LOOK_BACK, today + LOOK_AHEAD)
    this_year = events.events_of_year(book, today.year)
    heads = members.count_on(book, today)
    due = due_for_desk(book) if heads and this_year else DeskDuties()
    named = {duty.period.which for duty in (*due.late, *due.coming)}
    lines = [
        *_late(near, due, today),
        *_older(due.older),
        *_coming(near, due.coming, today),
        *_lacking(book, this_year, today, heads, named),
        *_next_year(book, today),
    ]
    return Desk(today, heads, tuple(lines), _month_line(this_year, today))


def _late(near: list[Event], due: DeskDuties, today: date) -> list[DeskLine]:
    """A line for each past event that lacks something, and one for each other duty; by the day they were due."""
    past = [event for event in near if event.on_date and event.on_date < today]
    by_event, others = _by_event(due.late, past)
    found: list[tuple[date, DeskLine]] = []
    for event in past:
        wanted = by_event.get(event.id, [])
        is_called = event.marked >= max(event.expected, 1) or (event.id in due.held and not event.marked)
        if wanted or not is_called:
            assert event.on_date
            found.append((event.on_date, _late_event(event, wanted, not is_called, today)))
    for duty in others:
        way = way_of(duty)
        line = DeskLine("逾期", str(duty.due_on), _words(duty), "逾期", way.where, way.target, _sentence(duty))
        found.append((duty.due_on or today, line))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _late_event(event: Event, wanted: list[Duty], is_open: bool, today: date) -> DeskLine:
    """Everything that one past event lacks, on one line."""
    others = [duty for duty in wanted if way_of(duty).where != "roll"]
    lacks = f"缺{_listed(others)}" if others else ""
    title = event.title if event.title != event.kind_words else ""
    subject = "  ".join(filter(None, [event.kind_words, lacks, title]))
    state = state_word(event, today) if is_open else f"缺{len(others)}项" if others else "人数不足"
    where = "event" if others and not is_open else "roll"
    sentence = "；".join(_sentence(duty) for duty in wanted[:2])
    return DeskLine("逾期", str(event.on_date), subject, state, where, event.id, sentence)


def _older(count: int) -> list[DeskLine]:
    return [DeskLine("逾期", "更早", f"还有{count}项逾期，在自查里逐项看", "逾期", "duties", "year")] if count else []


def _coming(near: list[Event], duties: tuple[Duty, ...], today: date) -> list[DeskLine]:
    """The events of the next weeks, each with what it still wants, and the other duties; by their day."""
    ahead = [event for event in near if event.on_date and event.on_date >= today]
    by_event, others = _by_event(duties, ahead)
    found: list[tuple[date, int, DeskLine]] = []
    for event in ahead:
        assert event.on_date
        wanted = [duty for duty in by_event.get(event.id, []) if way_of(duty).where != "roll"]
        found.append((event.on_date, 0, _coming_event(event, wanted, today)))
    planned = {event.month for event in near if "party_day" in event.kinds}
    for duty in others:
        # The day of a month's party day is told by the event in the plan.
        if duty.due_on and not (duty.rule_key == "party_day.schedule" and duty.period.which in planned):
            way, when = way_of(duty), _days_ahead(duty.due_on, today)
            line = DeskLine("这几天", when, _words(duty), "待办", way.where, way.target, _sentence(duty))
            found.append((duty.due_on, 1, line))
    return [line for _, _, line in sorted(found, key=lambda each: each[:2])]


def _coming_event(event: Event, wanted: list[Duty], today: date) -> DeskLine:
    is_today = event.on_date == today
    assert event.on_date
    subject = f"{event.kind_words}  {event.theme or event.content or '主题未定'}"
    if wanted:
        subject += f"  待办{_listed(wanted)}"
    done = event.marked and event.marked == event.expected
    state = ("已点名" if done else "待点名") if is_today else "计划"
    where = "roll" if is_today and not done else "event"
    sentence = "；".join(_sentence(duty) for duty in wanted[:2])
    return DeskLine("这几天", _days_ahead(event.on_date, today), subject, state, where, event.id, sentence)


def _by_event(duties: Iterable[Duty], among: list[Event]) -> tuple[dict[int, list[Duty]], list[Duty]]:
    """The duties that one of these events settles, by event, and the others."""
    keys = {event.id for event in among}
    months = {event.month: event.id for event in among if "party_day" in event.kinds}
    found: dict[int, list[Duty]] = {}
    others = []
    for duty in duties:
        way = way_of(duty, months)
        if way.where in ("event", "roll") and way.target in keys:
            found.setdefault(way.target, []).append(duty)
        else:
            others.append(duty)
    return found, others


def _listed(duties: list[Duty]) -> str:
    titles = list(dict.fromkeys(duty.title for duty in duties))
    more = f"等{len(titles)}项" if len(titles) > _NAMED else ""
    return "、".join(titles[:_NAMED]) + more


def _words(duty: Duty) -> str:
    """The duty, and who or what of it is missing."""
    missing = "、".join(duty.missing[:_NAMED]) + (f"等{len(duty.missing)}项" if len(duty.missing) > _NAMED else "")
    count = f"（{duty.count[0]}/{duty.count[1]}）" if duty.count else ""
    return f"{duty.title}{count}  {missing}".rstrip()


def _sentence(duty: Duty) -> str:
    return f"{duty.title}「{duty.sentence}」"


def _days_ahead(day: date, today: date) -> str:
    return "今天" if day == today else f"{day:%m-%d} {(day - today).days}天后"


def _lacking(book: Book, this_year: list[Event], today: date, heads: int, named: set[str]) -> list[DeskLine]:
    """What the book itself lacks; a request that a duty names already is not named again."""
    lines = []
    if not heads:
        lines.append(DeskLine("账本", "名册", "名册还是空的，先导入党员名册", "待导入", "roster"))
    undated = members.count_without_joining_date(book)
    if undated:
        lines.append(DeskLine("账本", "名册", f"{undated}名党员没有入党日期，无法提醒重温入党誓词", "待补", "roster"))
    if not this_year:
        lines.append(DeskLine("账本", "年历", f"{today.year}年的计划还没有做", "待做", "year"))
    for request in events.change_requests(book):
        waits = request.duty != "none" and request.state in ("drafted", "sent")
        if waits and request.to_date >= today - LOOK_BACK and f"change-{request.id}" not in named:
            state = "待送出" if request.state == "drafted" else "待答复"
            subject = f"变更活动时间：{request.reason}"
            lines.append(DeskLine("账本", str(request.to_date), subject, state, "year", request.event_id))
    return lines


def _next_year(book: Book, today: date) -> list[DeskLine]:
    """What autumn asks for: the notice of next year's holidays, then next year's plan."""
    if today.month < _NEXT_YEAR_FROM:
        return []
    from partyday_tui.services.holidays import calendar_for  # ten months of the year the desk opens without it

    year = today.year + 1
    lines = []
    if not calendar_for(book, [year]).is_announced(year):
        subject = f"{year}年放假安排还没有录入，公布后粘贴进来"
        lines.append(DeskLine("账本", "节假日", subject, "待录入", "holidays", year))
    if not events.events_of_year(book, year):
        lines.append(DeskLine("账本", "年历", f"{year}年的计划还没有排", "待排", "year"))
    return lines


def _month_line(this_year: list[Event], today: date) -> str:
    month = f"{today:%Y-%m}"
    this_month = [event for event in this_year if event.month == month]
    if not this_month:
        return "本月还没有安排活动"
    held = sum(1 for event in this_month if event.marked)
    return f"本月活动{len(this_month)}次  已点名{held}次"

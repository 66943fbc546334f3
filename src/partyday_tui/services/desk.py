"""The desk: what is late, what is near, and what the book still lacks, each line with the way to settle it."""

from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.duties.duty import Duty
from partyday_tui.rules.events import Event, state_word
from partyday_tui.services.duties import LOOK_AHEAD, LOOK_BACK, Way, due_for_desk, event_of, way_of
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
    target: int | None = None
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
    late, coming, older = due_for_desk(book) if heads and this_year else ([], [], 0)
    named = {duty.period.which for duty in (*late, *coming)}
    lines = [
        *_late(near, late, today),
        *_older(older),
        *_coming(near, coming, today),
        *_lacking(book, this_year, today, heads, named),
        *_next_year(book, today),
    ]
    return Desk(today, heads, tuple(lines), _month_line(this_year, today))


def _late(near: list[Event], duties: list[Duty], today: date) -> list[DeskLine]:
    """A line for each past event that lacks something, and one for each other duty; by the day they were due."""
    by_event = _by_event(duties)
    found: list[tuple[date, DeskLine]] = []
    for event in near:
        if event.on_date is None or event.on_date >= today:
            continue
        wanted = by_event.get(event.id, [])
        is_open = event.marked < max(event.expected, 1)
        if wanted or is_open:
            found.append((event.on_date, _late_event(event, wanted, is_open, today)))
    known = {event.id for event in near if event.on_date and event.on_date < today}
    for duty in duties:
        if event_of(duty) not in known:
            way = _way(duty, near)
            line = DeskLine("逾期", str(duty.due_on), _words(duty), "逾期", way.where, way.target, _sentence(duty))
            found.append((duty.due_on or today, line))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _late_event(event: Event, wanted: list[Duty], is_open: bool, today: date) -> DeskLine:
    """Everything that one past event lacks, on one line."""
    others = [duty for duty in wanted if way_of(duty).where != "roll"]
    subject = f"{event.kind_words}  {event.title if event.title != event.kind_words else ''}".rstrip()
    if others:
        subject += f"  缺{_listed(others)}"
    state = state_word(event, today) if is_open else f"缺{len(others)}项" if others else "人数不足"
    where = "event" if others and not is_open else "roll"
    sentence = "；".join(_sentence(duty) for duty in wanted[:2])
    return DeskLine("逾期", str(event.on_date), subject, state, where, event.id, sentence)


def _older(count: int) -> list[DeskLine]:
    return [DeskLine("逾期", "更早", f"还有{count}项逾期，在自查里逐项看", "逾期", "duties")] if count else []


def _coming(near: list[Event], duties: list[Duty], today: date) -> list[DeskLine]:
    """The events of the next weeks, each with what it still wants, and the other duties; by their day."""
    by_event = _by_event(duties)
    found: list[tuple[date, int, DeskLine]] = []
    for event in near:
        if event.on_date is None or event.on_date < today:
            continue
        wanted = [duty for duty in by_event.get(event.id, []) if way_of(duty).where != "roll"]
        found.append((event.on_date, 0, _coming_event(event, wanted, today)))
    shown = {event.id for event in near if event.on_date and event.on_date >= today}
    for duty in duties:
        if event_of(duty) not in shown and duty.due_on and duty.rule_key != "party_day.schedule":
            way = _way(duty, near)
            when = _days_ahead(duty.due_on, today)
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


def _by_event(duties: list[Duty]) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = {}
    for duty in duties:
        if (event_id := event_of(duty)) is not None:
            found.setdefault(event_id, []).append(duty)
    return found


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


def _way(duty: Duty, near: list[Event]) -> Way:
    """Where a duty is settled; one that the month's event settles leads to that event."""
    months = {event.month: event.id for event in near if "party_day" in event.kinds}
    return way_of(duty, months)


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
        subject = f"{year}年放假安排还没有录入，国务院办公厅公布后粘贴进来"
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

"""The desk: what is late, what is near, and what the book still lacks, each line with the way to settle it."""

from dataclasses import dataclass
from datetime import date, timedelta

from partyday_tui.rules.events import Event, state_word
from partyday_tui.store import events, members
from partyday_tui.store.book import Book

_LOOK_BACK = timedelta(days=62)
_LOOK_AHEAD = timedelta(days=31)
_NEXT_YEAR_FROM = 11  # the notice of the coming year appears each November


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing on the desk. ``section`` is 逾期, 这几天 or 账本; ``where`` and ``target`` lead to the screen that settles it."""

    section: str
    when: str
    subject: str
    state: str
    where: str
    target: int | None = None


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
    near = events.events_between(book, today - _LOOK_BACK, today + _LOOK_AHEAD)
    this_year = events.events_of_year(book, today.year)
    heads = members.count_on(book, today)
    lines = [
        *_late(near, today),
        *_coming(near, today),
        *_lacking(book, this_year, today, heads),
        *_next_year(book, today),
    ]
    return Desk(today, heads, tuple(lines), _month_line(this_year, today))


def _late(near: list[Event], today: date) -> list[DeskLine]:
    return [
        DeskLine(
            "逾期", str(event.on_date), f"{event.kind_words}  {event.title}", state_word(event, today), "roll", event.id
        )
        for event in near
        if event.on_date and event.on_date < today and event.marked < max(event.expected, 1)
    ]


def _coming(near: list[Event], today: date) -> list[DeskLine]:
    lines = []
    for event in near:
        if event.on_date is None or event.on_date < today:
            continue
        is_today = event.on_date == today
        when = "今天" if is_today else _days_ahead(event.on_date, today)
        subject = f"{event.kind_words}  {event.theme or event.content or '主题未定'}"
        state = ("已点名" if event.marked and event.marked == event.expected else "待点名") if is_today else "计划"
        lines.append(DeskLine("这几天", when, subject, state, "roll" if is_today else "year", event.id))
    return lines


def _days_ahead(day: date, today: date) -> str:
    return f"{day:%m-%d} {(day - today).days}天后"


def _lacking(book: Book, this_year: list[Event], today: date, heads: int) -> list[DeskLine]:
    lines = []
    if not heads:
        lines.append(DeskLine("账本", "名册", "名册还是空的，先导入党员名册", "待导入", "roster"))
    undated = members.count_without_joining_date(book)
    if undated:
        lines.append(DeskLine("账本", "名册", f"{undated}名党员没有入党日期，无法提醒重温入党誓词", "待补", "roster"))
    if not this_year:
        lines.append(DeskLine("账本", "年历", f"{today.year}年的计划还没有做", "待做", "year"))
    for request in events.change_requests(book):
        if request.duty != "none" and request.state in ("drafted", "sent") and request.to_date >= today - _LOOK_BACK:
            state = "待送出" if request.state == "drafted" else "待答复"
            lines.append(
                DeskLine(
                    "账本", str(request.to_date), f"变更活动时间：{request.reason}", state, "year", request.event_id
                )
            )
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

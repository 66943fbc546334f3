"""The desk: what is late, what is near, and what the book still lacks, each line with the way to settle it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from partyday_tui.rules.duties.duty import Duty, PeriodKind, State
from partyday_tui.rules.events import Event, state_word
from partyday_tui.rules.outbox import State as Package
from partyday_tui.services.cases import open_cases
from partyday_tui.services.dues_day import coming_dues_days
from partyday_tui.services.duties import LOOK_AHEAD, LOOK_BACK, DeskDuties, due_for_desk
from partyday_tui.services.month_due import month_waiting
from partyday_tui.services.ways import Way
from partyday_tui.store import backups, events, members, outbox
from partyday_tui.store.book import Book

_CASES_BACK = timedelta(days=366)
_BACKUP_EVERY = 31  # days: the book is carried to the stick with the month's papers
_NEXT_YEAR_FROM = 11  # the notice of the coming year appears each November
_NAMED = 3
_STEPS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing on the desk. ``section`` is 逾期, 下次活动, 这几天 or 账本; ``where`` and ``target`` lead to the screen that settles it.

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
    """What the opening screen shows on a day; ``month`` is the month at a glance, ``backup`` says how old the last backup is.

    ``waiting``: how many packages wait to be delivered.
    """

    today: date
    member_count: int
    lines: tuple[DeskLine, ...]
    month: str
    backup: str = ""
    waiting: int = 0


def read_desk(book: Book) -> Desk:
    """The desk of today, from the months around it only."""
    today = book.clock.today
    first, last = today - LOOK_BACK, today + LOOK_AHEAD
    this_year = events.events_of_year(book, today.year)
    around = this_year if first.year == last.year else events.events_between(book, first, last)
    near = sorted(
        (it for it in around if it.on_date and first <= it.on_date <= last), key=lambda it: (it.on_date, it.id)
    )
    heads = members.count_on(book, today)
    due = due_for_desk(book) if heads and (this_year or near) else DeskDuties()
    named = {duty.period.which for duty in (*due.late, *due.coming)}
    lines = [
        *_late(near, due, today),
        *_older(due.older),
        *_absent(book, today),
        *_coming(near, due, today),
        *(
            DeskLine("这几天", _days_ahead(day, today), "党费缴纳日", "待收", "dues", None, said)
            for day, said in (coming_dues_days(book, today) if heads else ())
        ),
        *_lacking(book, this_year, today, heads, named),
        *_next_year(book, today),
    ]
    backup, is_due = _backup(book, today)
    if heads and is_due:
        lines.append(DeskLine("账本", "备份", f"{backup}，插上U盘按 F12", "待备份", "backups"))
    delivery, waiting = _delivery(book)
    lines += _month_end(book) if heads else []
    return Desk(today, heads, (*lines, *delivery), _month_line(this_year, due, today), backup, waiting)


def _late(near: list[Event], due: DeskDuties, today: date) -> list[DeskLine]:
    """A line for each past event that lacks something, and one for each other duty; by the day they were due."""
    past = [event for event in near if event.on_date and event.on_date < today]
    by_event, others = _by_event(due.late, due.ways, past)
    found: list[tuple[date, DeskLine]] = []
    for event in past:
        wanted = by_event.get(event.id, [])
        is_called = event.is_called or (event.id in due.held and not event.marked)
        if wanted or not is_called:
            assert event.on_date
            found.append((event.on_date, _late_event(event, wanted, due.ways, not is_called, today)))
    for duty in others:
        way = due.ways[duty.key]
        line = DeskLine("逾期", str(duty.due_on), _words(duty), "逾期", way.where, way.target, _sentence(duty))
        found.append((duty.due_on or today, line))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _late_event(event: Event, wanted: list[Duty], ways: Mapping[str, Way], is_open: bool, today: date) -> DeskLine:
    """Everything that one past event lacks, on one line."""
    others = [duty for duty in wanted if ways[duty.key].where != "roll"]
    lacks = f"缺{_listed(others)}" if others else ""
    title = event.title if event.title != event.kind_words else ""
    subject = "  ".join(filter(None, [event.kind_words, lacks, title]))
    state = state_word(event, today) if is_open else f"缺{len(others)}项" if others else "人数不足"
    where = "event" if others and not is_open else "roll"
    return DeskLine("逾期", str(event.on_date), subject, state, where, event.id, _sentences(wanted))


def _older(count: int) -> list[DeskLine]:
    return [DeskLine("逾期", "更早", f"还有{count}项逾期，在自查里逐项看", "逾期", "duties", "year")] if count else []


def _absent(book: Book, today: date) -> list[DeskLine]:
    """The open absence cases of the last year, on one line."""
    open_ones = open_cases(book, today - _CASES_BACK)
    if not open_ones:
        return []
    days = (today - open_ones[0].on).days
    return [DeskLine("逾期", "缺席跟进", f"{len(open_ones)}人次没有办完，最早的已{days}天", "待办", "cases")]


def _coming(near: list[Event], due: DeskDuties, today: date) -> list[DeskLine]:
    """The next event with each step that is open, then the other events and duties of the next weeks by their day."""
    ahead = [event for event in near if event.on_date and event.on_date >= today]
    by_event, others = _by_event(due.coming, due.ways, ahead)
    found: list[tuple[date, int, DeskLine]] = []
    for event in ahead[1:]:
        assert event.on_date
        found.append((event.on_date, 0, _coming_event("这几天", event, _to_write(by_event, due, event), today)))
    planned = {event.month for event in near if "party_day" in event.kinds}
    for duty in others:
        # The day of a month's party day is told by the event in the plan.
        if duty.due_on and not (duty.rule_key == "party_day.schedule" and duty.period.which in planned):
            found.append((duty.due_on, 1, _duty_line("这几天", duty, due.ways[duty.key], today)))
    nearest = _next_event(ahead[0], _to_write(by_event, due, ahead[0]), due.ways, today) if ahead else []
    return [*nearest, *(line for _, _, line in sorted(found, key=lambda each: each[:2]))]


def _to_write(by_event: dict[int, list[Duty]], due: DeskDuties, event: Event) -> list[Duty]:
    """What an event still wants besides its roll."""
    return [duty for duty in by_event.get(event.id, []) if due.ways[duty.key].where != "roll"]


def _next_event(event: Event, wanted: list[Duty], ways: Mapping[str, Way], today: date) -> list[DeskLine]:
    """The next event, and a line for each step that is open; many steps are told in one last line."""
    shown = wanted if len(wanted) <= _STEPS_SHOWN + 1 else wanted[:_STEPS_SHOWN]
    lines = [_coming_event("下次活动", event, [], today)]
    for duty in shown:
        lines.append(_duty_line("下次活动", duty, ways[duty.key], today))
    if rest := wanted[len(shown) :]:
        names = _listed(rest)
        lines.append(DeskLine("下次活动", "", f"还有{names}", "待办", "event", event.id, _sentences(rest)))
    return lines


def _coming_event(section: str, event: Event, wanted: list[Duty], today: date) -> DeskLine:
    is_today = event.on_date == today
    assert event.on_date
    subject = f"{event.kind_words}  {event.theme or event.content or '主题未定'}"
    if wanted:
        subject += f"  待办{_listed(wanted)}"
    done = event.is_called
    state = ("已点名" if done else "待点名") if is_today else "计划"
    where = "roll" if is_today and not done else "event"
    return DeskLine(section, _days_ahead(event.on_date, today), subject, state, where, event.id, _sentences(wanted))


def _duty_line(section: str, duty: Duty, way: Way, today: date) -> DeskLine:
    when = _days_ahead(duty.due_on, today) if duty.due_on else ""
    return DeskLine(section, when, _words(duty), "待办", way.where, way.target, _sentence(duty))


def _by_event(
    duties: Iterable[Duty], ways: Mapping[str, Way], among: list[Event]
) -> tuple[dict[int, list[Duty]], list[Duty]]:
    """The duties that one of these events settles, by event, and the others."""
    keys = {event.id for event in among}
    found: dict[int, list[Duty]] = {}
    others = []
    for duty in duties:
        way = ways[duty.key]
        if isinstance(way.target, int) and way.target in keys and _is_its_own(duty, way):
            found.setdefault(way.target, []).append(duty)
        else:
            others.append(duty)
    return found, others


def _is_its_own(duty: Duty, way: Way) -> bool:
    """Whether a duty is of the event it leads to, or is written there for its month; all else is told on a line of its own."""
    return duty.period.kind is PeriodKind.EVENT or (duty.period.kind is PeriodKind.MONTH and way.where == "event")


def _listed(duties: list[Duty]) -> str:
    titles = list(dict.fromkeys(duty.title for duty in duties))
    more = f"等{len(titles)}项" if len(titles) > _NAMED else ""
    return "、".join(titles[:_NAMED]) + more


def _words(duty: Duty) -> str:
    """The duty, and who or what of it is missing."""
    missing = "、".join(duty.missing[:_NAMED]) + (f"等{len(duty.missing)}项" if len(duty.missing) > _NAMED else "")
    count = f"（{duty.tally[0]}/{duty.tally[1]}）" if duty.tally else ""
    return f"{duty.title}{count}  {missing}".rstrip()


def _sentences(duties: list[Duty]) -> str:
    return "；".join(_sentence(duty) for duty in duties[:2])


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


def _backup(book: Book, today: date) -> tuple[str, bool]:
    """How old the last backup is, and whether it is time for another."""
    last = backups.last_backup(book)
    if last is None:
        return "还没有备份过", True
    days = (today - date.fromisoformat(last.verified_at[:10])).days
    return ("今天已备份" if days <= 0 else f"备份{days}天前"), days > _BACKUP_EVERY


def _delivery(book: Book) -> tuple[list[DeskLine], int]:
    """The line that leads to the outbox, and how many packages wait there."""
    counts = outbox.open_counts(book)
    waiting, returned = counts.get(Package.WAITING, 0), counts.get(Package.RETURNED, 0)
    words = "，".join([f"{waiting}份待报送"] * bool(waiting) + [f"{returned}份被退回，改好后再报送"] * bool(returned))
    state = "被退回" if returned else "待报送"
    return ([DeskLine("账本", "报送", words, state, "delivery")] if words else []), waiting


def _month_end(book: Book) -> list[DeskLine]:
    """The month that waits to be wound up."""
    month = month_waiting(book)
    return (
        [DeskLine("账本", "月末结账", f"{month.year}年{month.month}月还没有结账", "待办", "month_end")] if month else []
    )


def _month_line(this_year: list[Event], due: DeskDuties, today: date) -> str:
    """The month at a glance: its events, its duties by state, and how often dates were changed where that is restrained."""
    month = f"{today:%Y-%m}"
    this_month = [event for event in this_year if event.month == month]
    held = sum(1 for event in this_month if event.marked)
    words = [f"本月活动{len(this_month)}次 已点名{held}次" if this_month else "本月还没有安排活动"]
    counts = {state: number for state, number in due.month.items() if state is not State.NOT_APPLICABLE}
    if counts:
        late = f" 逾期{counts[State.OVERDUE]}项" if counts.get(State.OVERDUE) else ""
        words.append(f"应办{sum(counts.values())}项 已办{counts.get(State.DONE, 0)}项{late}")
    if due.changes:
        words.append(f"本年改期{due.changes}次")
    return "  ".join(words)

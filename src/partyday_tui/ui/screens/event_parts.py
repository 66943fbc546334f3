"""The forms of the parts of an event: what is asked for each, and which service writes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from partyday_tui.rules.agenda import agenda_text
from partyday_tui.rules.duties.facts import OATH, SPEECHES
from partyday_tui.rules.event_record import DATES, FIELD_WORDS
from partyday_tui.rules.month import Month
from partyday_tui.services import event_record as service
from partyday_tui.services import yearly_plans
from partyday_tui.services.event_page import EventPage, oath_members
from partyday_tui.services.events import edit_event, set_date
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.paste_text import PasteText
from partyday_tui.ui.dialogs.tick_list import TickList
from partyday_tui.ui.screens import event_rows, vote_form
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

SAVED = "已存盘。"

_FORMS = {
    "opinions": ("opinions_on", "opinions_from"),
    "approval": ("approved_on", "approved_by"),
    "notice": ("notice_on", "notice_how", "notice_bring"),
    "people": ("host", "host_post", "host_reason", "recorder"),
    "filing": ("record_form_on", "minutes_filed_on", "filed_on", "workbook_on"),
}
_HINTS = {
    "opinions_from": "如：部分党员、村民代表",
    "notice_how": "如：公示栏、广播、微信群",
    "notice_bring": "如：党员徽章、党费、学习笔记",
    "host": "姓名；名册里有的，职务自动填上",
    "host_post": "如：书记、副书记、组织委员",
    "host_reason": "书记不能主持时写原因，如：书记到镇里开会",
    "recorder": "指定专人记录，写姓名",
}


async def edit_part(screen: BookScreen, page: EventPage, key: str) -> str | None:
    """Ask for one part of the page and write it; returns what to tell, or None where nothing was written."""
    if key in _FORMS:
        return await _fields(screen, page, key)
    return await _EDITORS[key](screen, page)


async def _fields(screen: BookScreen, page: EventPage, key: str) -> str | None:
    """A form of fields that an event has once."""
    year = _year(page)
    fields = []
    for name in _FORMS[key]:
        value = getattr(page.record, name)
        if name in DATES:
            fields.append(day_field(name, FIELD_WORDS[name], value, year=year))
        else:
            fields.append(Field(name, FIELD_WORDS[name], value, hint=_HINTS.get(name, "")))
    values = await screen.ask(FormDialog(_title(page, key), fields))
    if values is None:
        return None
    for name in set(values) & set(DATES):
        values[name] = str(read_day(values[name], year) or "")
    await screen.partyday.call(service.write_fields, page.event.id, values)
    return SAVED


async def _plan(screen: BookScreen, page: EventPage) -> str | None:
    from partyday_tui.ui.screens.event_form import ask_for_event

    event = page.event
    answer = await ask_for_event(screen, Month.parse(event.month), event)
    if answer is None:
        return None
    await screen.partyday.call(edit_event, event.id, answer.kinds, answer.texts)
    if answer.on_date and answer.on_date != event.on_date:
        await screen.partyday.call(set_date, event.id, answer.on_date)
    return SAVED


async def _theme(screen: BookScreen, page: EventPage) -> str | None:
    record, event = page.record, page.event
    fields = [
        Field("theme", "主题", event.theme, hint="一句话的主题，如：党史专题学习"),
        Field("required_theme", "必选主题", record.required_theme, hint="上级确定的主题"),
        Field("chosen_theme", "自选主题", record.chosen_theme, hint="本支部结合实际确定的主题"),
    ]
    values = await screen.ask(FormDialog("主题", fields))
    if values is None:
        return None
    await screen.partyday.call(edit_event, event.id, event.kinds, {"theme": values.pop("theme")})
    await screen.partyday.call(service.write_fields, event.id, values)
    return SAVED


async def _group(screen: BookScreen, page: EventPage) -> str | None:
    groups = await screen.partyday.call(service.known_groups)
    if not groups:
        return "名册里还没有党小组，先在名册（F6）里给党员填上党小组。"
    chosen = await screen.ask(
        Choose("哪个党小组的会", [(name, name, "") for name in groups], current=page.record.group)
    )
    if chosen is None:
        return None
    await screen.partyday.call(service.write_group, page.event.id, chosen)
    return SAVED


async def _run_up(screen: BookScreen, page: EventPage) -> str | None:
    """A 支委会 that is in the book already is ticked; one that is not is written here."""
    event_id = page.event.id
    known = await screen.partyday.call(service.meetings_before, event_id)
    ways = [
        ("add", "新记一次支委会", "写上哪天开的、研究了什么"),
        ("pick", "从已有的会议里选", f"前两个月有{len(known)}次"),
    ]
    way: str | None = "add"
    if known:
        way = await screen.ask(Choose("会前支委会", ways))
    if way == "add":
        year = _year(page)
        fields = [
            day_field("on", "哪天开的", page.event.on_date, year=year, required=True),
            Field("matter", "研究了什么", required=True, hint="如：研究本月主题党日的主题和分工"),
        ]
        values = await screen.ask(FormDialog("会前支委会", fields))
        on = read_day(values["on"], year) if values else None
        if values is None or on is None:
            return None
        await screen.partyday.call(service.add_run_up, event_id, on, values["matter"])
        return SAVED
    if way is None:
        return None
    linked = frozenset(str(it.id) for it in page.record.run_up)
    chosen = await screen.ask(TickList("关联会前会议", [(str(key), words, "") for key, words in known], linked))
    if chosen is None:
        return None
    await screen.partyday.call(service.link_meetings, event_id, frozenset(map(int, chosen)))
    return SAVED


async def _agenda(screen: BookScreen, page: EventPage) -> str | None:
    hint = "一行一项：时间 内容（负责人），如 19:30 学习讲话精神（罗有秀）；时间和负责人可以不写"
    text = await screen.ask(PasteText("议程", hint, agenda_text(page.record.agenda), may_be_empty=True))
    if text is None:
        return None
    await screen.partyday.call(service.write_agenda, page.event.id, text)
    return SAVED


async def _discussion(screen: BookScreen, page: EventPage) -> str | None:
    blocks = [(name, FIELD_WORDS[name], _first(getattr(page.record, name))) for name in ("discussion", "consensus")]
    name = await screen.ask(Choose("讨论和共识", blocks))
    return None if name is None else await _block(screen, page, name)


async def _minutes(screen: BookScreen, page: EventPage) -> str | None:
    return await _block(screen, page, "minutes")


async def _block(screen: BookScreen, page: EventPage, name: str) -> str | None:
    hint = f"{FIELD_WORDS[name]}：写下来或粘贴进来，F5 存盘"
    text = await screen.ask(PasteText(FIELD_WORDS[name], hint, getattr(page.record, name), may_be_empty=True))
    if text is None:
        return None
    await screen.partyday.call(service.write_fields, page.event.id, {name: text})
    return SAVED


async def _ticks(screen: BookScreen, page: EventPage) -> str | None:
    """What was done of the standing content; a study item is asked for by its title."""
    had = {tick.word: tick.detail for tick in page.record.ticks}
    words = list(dict.fromkeys([*page.contents, *had]))
    chosen = await screen.ask(TickList("规定内容", [(word, word, had.get(word, "")) for word in words], frozenset(had)))
    if chosen is None:
        return None
    details = {word: had.get(word, "") for word in words if word in chosen}
    if SPEECHES in details and not details[SPEECHES]:
        year = _year(page)
        plans = await screen.partyday.call(yearly_plans.read_plans, year)
        topic = plans.topics.get(page.event.on_date.month if page.event.on_date else 0, "")
        values = await screen.ask(FormDialog(SPEECHES, [Field("detail", "学了哪一篇", topic[:200], hint="篇目或题目")]))
        details[SPEECHES] = values["detail"] if values else ""
    await screen.partyday.call(service.write_ticks, page.event.id, details)
    return SAVED


async def _oath(screen: BookScreen, page: EventPage) -> str | None:
    joined = await screen.partyday.call(oath_members, page.event)
    had = {tick.member_id: tick.name for tick in page.record.member_ticks if tick.word == OATH}
    people = dict(joined) | had
    if not people:
        return "没有在这个月份入党的党员（或名册里没有入党日期）。"
    entries = [(str(key), name, "") for key, name in people.items()]
    chosen = await screen.ask(TickList("在入党月份重温入党誓词", entries, frozenset(map(str, had))))
    if chosen is None:
        return None
    await screen.partyday.call(service.write_member_ticks, page.event.id, OATH, frozenset(map(int, chosen)))
    return SAVED


async def _reading(screen: BookScreen, page: EventPage) -> str | None:
    segments, read = await screen.partyday.call(yearly_plans.segments_at, page.event.id)
    if not segments:
        year = _year(page)
        question = f"{year}年还没有诵读计划。按总纲和十一章排好吗？以后可以在「学习计划」里改。"
        if not await screen.ask(Confirm("诵读党章", question, yes="排好")):
            return None
        await screen.partyday.call(yearly_plans.seed_segments, year)
        segments, read = await screen.partyday.call(yearly_plans.segments_at, page.event.id)
    entries = [(str(it.id), it.title, "、".join(f"{on:%m-%d}" for on in it.read_on)) for it in segments]
    chosen = await screen.ask(TickList("这次诵读了哪几段", entries, frozenset(map(str, read))))
    if chosen is None:
        return None
    await screen.partyday.call(yearly_plans.read_at_event, page.event.id, frozenset(map(int, chosen)))
    return SAVED


_EDITORS: dict[str, Callable[[BookScreen, EventPage], Awaitable[str | None]]] = {
    "plan": _plan,
    "group": _group,
    "theme": _theme,
    "run_up": _run_up,
    "agenda": _agenda,
    "steps": event_rows.steps,
    "ticks": _ticks,
    "oath": _oath,
    "reading": _reading,
    "lectures": event_rows.lectures,
    "discussion": _discussion,
    "decisions": vote_form.decisions,
    "minutes": _minutes,
    "comments": event_rows.comments,
    "pictures": event_rows.pictures,
}


def _title(page: EventPage, key: str) -> str:
    return next(part.title for part in page.parts if part.key == key)


def _year(page: EventPage) -> int:
    return page.event.on_date.year if page.event.on_date else int(page.event.month[:4])


def _first(text: str) -> str:
    return text.split("\n", 1)[0][:60]

"""The parts that an event can have several of: steps, lectures, comments and pictures, each a list and a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from partyday_tui.rules.event_record import Comment, Lecture
from partyday_tui.services import event_record as service
from partyday_tui.services.event_page import EventPage
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import NO, YES, Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

Check = Callable[[Values], tuple[str, str] | None]

SAVED = "已存盘。"
ADD = "add"
_REMOVE = Field("remove", "去掉这一条", NO, "yes_no", hint="记错了的，选是（空格）再存盘")


async def steps(screen: BookScreen, page: EventPage) -> str | None:
    """Choose a step, write its day, person and note; the list comes back until Esc."""
    done = {step.name: step for step in page.record.steps}
    names = list(dict.fromkeys([*page.steps, *done]))
    entries = [(name, name, f"{done[name].on} {done[name].person}" if name in done else "还没有记") for name in names]
    name = await screen.ask(Choose("程序各步", [*entries, (ADD, "加一步", "规则里没有写的步骤")]))
    if name is None:
        return None
    year = page.event.on_date.year if page.event.on_date else int(page.event.month[:4])
    step = done.get(name)
    fields = [Field("name", "步骤", required=True)] if name == ADD else []
    fields += [
        day_field("on", "哪天办的", step.on if step else page.event.on_date, year=year, required=True),
        Field("person", "经办人", step.person if step else ""),
        Field("note", "备注", step.note if step else ""),
        *([_REMOVE] if step else []),
    ]
    values = await screen.ask(FormDialog(name if name != ADD else "加一步", fields))
    if values is None:
        return None
    name = values.get("name", name)
    if values.get("remove") == YES:
        await screen.partyday.call(service.undo_step, page.event.id, name)
        return SAVED
    on = read_day(values["on"], year)
    assert on is not None
    await screen.partyday.call(service.write_step, page.event.id, name, on, values["person"], values["note"])
    return SAVED


async def lectures(screen: BookScreen, page: EventPage) -> str | None:
    """Who lectured, in which role, on what."""
    known = {str(it.id): it for it in page.record.lectures}
    chosen = await choose_entry(
        screen, "党课", [(key, it.lecturer, f"{it.role} {it.title}") for key, it in known.items()]
    )
    if chosen is None:
        return None
    it = known.get(chosen, Lecture(0, ""))
    fields = [
        Field("lecturer", "讲课人", it.lecturer, required=True, hint="姓名；名册里有的，身份自动填上"),
        Field("role", "身份", it.role, hint="如：书记、第一书记、党建指导员、领导班子成员"),
        Field("title", "题目", it.title),
    ]
    values = await ask_entry(screen, "党课", fields, it.id)
    if values is None:
        return None
    if values.get("remove") == YES:
        return await take_entry_out(screen, "event_lecture", page, it.id)
    lecture = Lecture(it.id, values["lecturer"], values["role"], values["title"])
    await screen.partyday.call(service.write_lecture, page.event.id, lecture)
    return SAVED


async def comments(screen: BookScreen, page: EventPage) -> str | None:
    """点评: who, strengths, weaknesses, direction."""
    known = {str(it.id): it for it in page.record.comments}
    chosen = await choose_entry(
        screen, "点评", [(key, it.who, f"{it.role} {it.strengths}") for key, it in known.items()]
    )
    if chosen is None:
        return None
    it = known.get(chosen, Comment(0, ""))
    fields = [
        Field("who", "点评人", it.who, required=True, hint="姓名；名册里有的，身份自动填上"),
        Field("role", "身份", it.role, hint="如：党支部书记、党小组长"),
        Field("strengths", "优点", it.strengths),
        Field("weaknesses", "不足", it.weaknesses),
        Field("direction", "努力方向", it.direction),
    ]
    values = await ask_entry(screen, "点评", fields, it.id)
    if values is None:
        return None
    if values.pop("remove", NO) == YES:
        return await take_entry_out(screen, "event_comment", page, it.id)
    await screen.partyday.call(service.write_comment, page.event.id, Comment(it.id, **values))
    return SAVED


async def pictures(screen: BookScreen, page: EventPage) -> str | None:
    """Add a photo or a video by its file, or look at one that is known: whether it is still there, unchanged."""
    from partyday_tui.services.pictures import PICTURES, add_picture, date_picture, look_for_picture, off_day_words
    from partyday_tui.ui.dialogs.pick_file import PickFile

    known = {str(it.id): it for it in page.record.pictures}
    entries = [
        (key, it.file_name, f"{it.taken_on or ''} {it.size // 1024} KB  {it.folder}") for key, it in known.items()
    ]
    chosen = await choose_entry(screen, "照片影像", entries)
    if chosen is None:
        return None
    if chosen == ADD:
        path = await screen.ask(PickFile("选照片或视频", PICTURES))
        if path is None:
            return None
        added = await screen.partyday.call(add_picture, page.event.id, path)
        off = off_day_words(added, page.event.on_date)
        return off or f"已登记 {added.file_name}；照片仍在原来的文件夹里，请不要删。"
    picture = known[chosen]
    state = await screen.partyday.run_in_book_thread(look_for_picture, picture)
    year = page.event.on_date.year if page.event.on_date else int(page.event.month[:4])
    taken = day_field("taken_on", "拍摄日期", picture.taken_on, year=year)
    values = await ask_entry(screen, f"{picture.file_name}，{state}", [taken], picture.id)
    if values is None:
        return None
    if values.get("remove") == YES:
        return await take_entry_out(screen, "event_picture", page, picture.id)
    await screen.partyday.call(date_picture, page.event.id, picture, read_day(values["taken_on"], year))
    return SAVED


async def choose_entry(screen: BookScreen, title: str, entries: list[tuple[str, str, str]]) -> str | None:
    """An entry, or ``add``; with nothing there yet, adding at once."""
    if not entries:
        return ADD
    return await screen.ask(Choose(title, [*entries, (ADD, "加一条", "")]))


async def ask_entry(
    screen: BookScreen, title: str, fields: list[Field], key: int, check: Check | None = None
) -> Values | None:
    return await screen.ask(FormDialog(title, [*fields, *([_REMOVE] if key else [])], check=check))


async def take_entry_out(screen: BookScreen, table: str, page: EventPage, key: int) -> str:
    await screen.partyday.call(service.take_part_out, table, page.event.id, key)
    return "已去掉；修改记录里还查得到。"

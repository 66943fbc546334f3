"""The actions and the columns of a register's screen, made of its data."""

from __future__ import annotations

from partyday_tui.rules.registers import Register
from partyday_tui.ui.actions import Action
from partyday_tui.ui.screens.exporting import EXPORT
from partyday_tui.ui.show import Align
from partyday_tui.ui.widgets.columns import Column

_ADD = Action("insert +", "添加", "记一条", "add", reading="tj tianjia")
_EDIT = Action("", "修改", "看和改这一条的各项", "edit", menu=True)
_PEOPLE = Action("", "换人", "党员选错了，换成别人", "edit_people", menu=True)
_CHANGE = Action("", "情况变化", "从某一天起情况变了：原来的留着，另记一行", "change", menu=True)
_PAST = Action("", "历次情况", "看这名党员各年的记录", "show_past", menu=True)
_HISTORY = Action("", "修改记录", "看这一条谁在什么时候改过", "show_history", menu=True)
_TAKE_OUT = Action("delete", "去掉", "去掉写错的一条，修改记录里仍查得到", "take_out", menu=True, reading="qd qudiao")
_GAP = Action("ctrl+o", "还差谁", "看还没有记到的党员，可以接着记", "show_gap", reading="hcs haichashui")
_OPEN = Action("ctrl+l", "只看未了", "只看还没有办结的，再按看全部", "toggle_open", reading="zkwl zhikanweiliao")
_YEARS = (
    Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
    Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
)
ABOUT_MEMBERS = ("one", "perhaps", "several")


def actions_of(register: Register) -> tuple[Action, ...]:
    """What can be done in a register, in the order of the key line and the menu."""
    about_one = register.people in ("one", "perhaps")
    wanted = [
        (_ADD, True),
        (_EDIT, True),
        (_settling(register), bool(register.ends)),
        (_CHANGE, register.key == "hardship"),
        (_PEOPLE, register.people in ABOUT_MEMBERS),
        (_PAST, about_one),
        (_HISTORY, True),
        (_TAKE_OUT, True),
        (_GAP, bool(register.gap)),
        (_OPEN, bool(register.ends)),
    ]
    return (*(action for action, is_there in wanted if is_there), EXPORT, *_YEARS)


def _settling(register: Register) -> Action:
    """The action that writes the day which settles an entry, by its own name where there is one such day."""
    label = register.ends[0].verb if len(register.ends) == 1 else "办结"
    verbs = "、".join(end.verb for end in register.ends)
    return Action("", label, f"写上{verbs}的日期", "settle_entry", menu=True)


def columns_of(register: Register) -> tuple[Column, ...]:
    """The day, the members, the fields that the list shows, the state."""
    columns = [Column(register.day, 10, ink="quiet")]
    if register.people in ABOUT_MEMBERS:
        columns.append(Column("党员", 20 if register.people == "several" else 14, ink="strong"))
    for field in register.fields:
        if field.width is not None:
            align: Align = "right" if field.kind == "money" else "left"
            columns.append(Column(field.label, field.width, align, from_width=100 if field.wide else 0))
    if register.ends or register.key == "talk_trigger":
        columns.append(Column("状态", 10, ink="quiet"))
    return tuple(columns)

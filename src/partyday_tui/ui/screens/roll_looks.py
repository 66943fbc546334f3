"""What the roll offers and how its lines look: actions, columns, the cells of an entry, the line of heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, RollCounts, RollEntry, Status, percent
from partyday_tui.ui.actions import Action
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.rules.events import Event
    from partyday_tui.rules.people import Guest
    from partyday_tui.ui.screens.called_roll import CalledRoll

_WEEKDAYS = "一二三四五六日"
_STATUSES = {"1": Status.PRESENT, "2": Status.LATE, "3": Status.LEAVE, "4": Status.ABSENT, "5": Status.OTHER}
_HAS_SLIP = "假条"
_MARK_HELP = {
    Status.PRESENT: "记为到会",
    Status.LATE: "记为迟到，算实到",
    Status.LEAVE: "记为请假，补课不因请假免去",
    Status.ABSENT: "记为缺席",
    Status.OTHER: "以其他方式参加，如送学上门",
}

ACTIONS = (
    *(
        Action(key, STATUS_WORDS[status].removesuffix("方式"), _MARK_HELP[status], "mark", menu=True, arg=status)
        for key, status in _STATUSES.items()
    ),
    Action("0", "清除", "清除这一行的记录，回到未点", "mark", menu=True, arg=""),
    Action("9", "结束", "结束点名：没有到会的从此列入缺席跟进", "end_roll", reading="jsdm jieshudianming"),
    Action("space", "到会", "记为到会，光标到下一行", "mark_and_go_on"),
    Action("f5", "其余到", "没有点的都记到会，有请假条的不点", "mark_the_rest", reading="qyqd qiyuquandao"),
    Action("6", "照假条", "把有请假条又没有点的都记为请假", "take_proposals", reading="zjt zhaojiatiao"),
    Action("ctrl+z", "撤销", "撤销上一步", "undo", reading="cx chexiao"),
    Action("ctrl+e", "签到表", "输出签到表，空白的或填好的", "export", reading="qdb qiandaobiao"),
    Action("ctrl+n", "活动记录", "写这次活动的记录：主持、议程、讨论、点评等", "open_record", reading="hdjl huodongjilu"),
    Action("ctrl+t", "通报", "向会议通报到会情况的一句话", "report", reading="tb tongbao"),
    Action("insert +", "列席", "加一位列席人员", "add_guest", reading="lx liexi"),
    Action("delete", "去掉列席", "把这位列席人员从这次活动去掉", "take_guest_out", footer=False, reading="qdlx qudiaoliexi"),
    Action("ctrl+g", "分组", "只看一个党小组，再按换下一组", "next_group", reading="fz fenzu"),
    Action("ctrl+l", "粘贴接龙", "粘贴微信群接龙，核对后一起记下", "paste_relay", reading="ztjl zhantiejielong"),
    Action("ctrl+o", "换活动", "给另一次活动点名", "choose_event", reading="hhd huanhuodong"),
    Action("ctrl+r", "更新名单", "名册有变动时，把应到名单更新到现在", "refresh_expected", footer=False, reading="gxmd gengxinmingdan"),
    Action("", "写事由", "写请假或缺席的事由", "write_reason", menu=True),
    Action("", "请假条", "登记这位党员这次活动的请假条", "write_slip", menu=True, reading="qjt qingjiatiao"),
    Action("", "修改记录", "看这一行谁在什么时候改过", "show_history", menu=True),
)  # fmt: skip

COLUMNS = (
    Column("序", 4, align="right", ink="quiet", from_width=100),
    Column("姓名", 16, ink="strong"),
    Column("党小组", 10, ink="quiet"),
    Column("身份", 16, ink="quiet"),
    Column("记录", 8, inks={UNMARKED_WORD: "quiet", STATUS_WORDS[Status.ABSENT]: "late"}),
    Column("时间", 5, inks={_HAS_SLIP: "strong"}, ink="quiet"),
    Column("事由", flex=1, ink="quiet"),
)


def cells_of(number: int, entry: RollEntry, proposal: str, aside: str = "") -> tuple[str, ...]:
    """One line of the roll; beside a name borne twice stands what tells them apart, beside the unmarked what their slip says."""
    tags = [word for held, word in ((entry.floating, "流动"), (entry.infirm, "年老体弱")) if held]
    kind = ["预备"] if entry.kind == "probationary" else []
    came = entry.status in (Status.PRESENT, Status.LATE)
    hint = proposal if entry.status is None else ""
    return (
        str(number),
        f"{entry.name} {aside}" if aside else entry.name,
        entry.group,
        " ".join([*([entry.post] if entry.post else []), *kind, *tags]),
        STATUS_WORDS[entry.status] if entry.status else UNMARKED_WORD,
        entry.marked_at[11:16] if came else _HAS_SLIP if hint else "",
        entry.reason or hint,
    )


def heads_line(counts: RollCounts) -> tuple[str, str]:
    """The heads at the left, both rates at the right."""
    left = (
        f"应到{counts.expected} 实到{counts.came} 迟到{counts.late} 请假{counts.leave} "
        f"缺席{counts.absent} 其他{counts.other} 未点{counts.unmarked}"
    )
    return left, f"到会率{percent(counts.rate)} 扣除后{percent(counts.rate_after_deductions)} "


def find_note(group: str, roll: CalledRoll | None) -> str:
    """What narrows the list, who sits in, and how far the roll is."""
    guests = f"列席{len(roll.guests)}人 " if roll and roll.guests else ""
    state = "已结束 " if roll and roll.closed_at else "都点到了，按 9 结束 " if roll and roll.is_all_marked else ""
    covered = (
        sum(not it.status and bool(roll.proposal(it)) for it in roll.entries.values()) if roll and roll.proposals else 0
    )
    slips = f"假条{covered}人按 6 " if covered else ""
    return f"{group or '全部'}  {guests}{slips}{state}"


def guest_rows(guests: Sequence[Guest]) -> list[Row]:
    """The guests under a heading of their own, since they count in no rate."""
    rows = [Row(f"guest {it.id}", ("", it.name, it.guest_class, it.unit, "列席")) for it in guests]
    return [Row(None, ("  列席人员（不计入到会率）",)), *rows] if rows else []


def subject(event: Event | None) -> str:
    """The event in the title line."""
    day = f"{event.on_date} 星期{_WEEKDAYS[event.on_date.weekday()]}" if event and event.on_date else "未定日期"
    return f"{day}  {event.title}" if event else ""


def rest_sentence(group: str, marked: int, covered: int) -> str:
    """What to say after 其余全到; whom a slip covers was left unmarked."""
    left = f"，有请假条的{covered}人没有点，按 6 记为请假" if covered else ""
    return f"{group}其余{marked}人记为到会{left}，^Z 可撤销。" if marked else f"没有未点的了{left}。"


def proposals_sentence(marked: int) -> str:
    """What to say after 照假条."""
    return f"照请假条记了{marked}人请假，^Z 可撤销。" if marked else "没有人有请假条又没有点。"


def undo_sentence(name: str, marks: int) -> str:
    """What to say after 撤销; ``name`` is the first of so many."""
    return f"已撤销：{name}" if marks == 1 else f"已撤销：{name}等{marks}人"

"""What the follow-up offers and how its lines look."""

from __future__ import annotations

from datetime import date

from partyday_tui.rules.attendance import Attendance, Step, case_state
from partyday_tui.rules.roll import STATUS_WORDS
from partyday_tui.ui.actions import Action
from partyday_tui.ui.screens.case_forms import VISIT
from partyday_tui.ui.screens.exporting import EXPORT
from partyday_tui.ui.widgets.columns import Column

WAITS = "待"
_MISSED = "未遇"

ACTIONS = (
    Action("space", "勾选", "勾上或去掉，勾上的按数字一起办", "tick"),
    Action("f5", "全勾", "勾上列出来的全部，再按全部去掉", "tick_all", reading="qg quangou"),
    Action("5", "一次办齐", "一次走访：联系、原因、通报一起记", "step", menu=True, arg=VISIT, reading="ycbq yicibanqi"),
    Action("1", "联系", "记联系：哪天、方式、谁去、联系上没有", "step", menu=True, arg=Step.CONTACT, reading="lx lianxi"),
    Action("2", "原因", "记缺席的原因", "step", menu=True, arg=Step.REASON, reading="yy yuanyin"),
    Action("3", "通报", "记向本人通报了活动情况", "step", menu=True, arg=Step.BRIEF, reading="tb tongbao"),
    Action("4", "补课", "记补课，一次可以给几个人、补几次活动", "make_up", menu=True, reading="bk buke"),
    Action("ctrl+z", "撤销", "撤销刚才记的", "undo", reading="cx chexiao"),
    Action("ctrl+n", "补课台账", "全年的补课：签字、归档、输出", "open_lessons", reading="bktz buketaizhang"),
    Action("ctrl+t", "无故缺席", "连续无故缺席的提示：谈话、报告上级", "open_runs", reading="wgqx wuguquexi"),
    Action("ctrl+b", "流动年老", "本月还没有联系到的流动、年老体弱党员", "open_care", reading="ldnl liudongnianlao"),
    Action("ctrl+r", "请假条", "全年的请假条：登记、补书面、打印", "open_leave", reading="qjt qingjiatiao"),
    Action("ctrl+d", "没结束的", "点了名没有结束的活动，选一次去结束", "end_rolls", reading="mjsd meijieshude"),
    EXPORT,
    Action("ctrl+g", "分组", "只看一个党小组，再按换下一组", "next_group", reading="fz fenzu"),
    Action("ctrl+o", "换活动", "只看一次活动的，或看全部", "choose_event", reading="hhd huanhuodong"),
    Action("ctrl+l", "看全部", "连办结的、撤回的一起看，再按只看没办结的", "toggle_all", reading="kqb kanquanbu"),
    Action("", "看经过", "这次缺席前后记过的每一步，写错的可以去掉", "show_course", menu=True),
    Action("", "请假条", "登记这次活动的请假条，事后补的也在这里", "write_slip", menu=True),
    Action("", "全年情况", "这位党员全年每次活动的出席、跟进、补课", "open_year", menu=True),
    Action("", "修改记录", "看点名和每一步谁在什么时候改过", "show_history", menu=True),
)  # fmt: skip

COLUMNS = (
    Column("", 2, ink="here"),
    Column("姓名", 12, ink="strong"),
    Column("党小组", 10, ink="quiet", from_width=100),
    Column("活动", 10, ink="quiet"),
    Column("天数", 4, align="right"),
    Column("记录", 4, inks={"缺席": "late"}),
    Column("联系", 5, inks={WAITS: "late", _MISSED: "late"}, ink="quiet"),
    Column("通报", 5, inks={WAITS: "late"}, ink="quiet"),
    Column("补课", 5, inks={WAITS: "late"}, ink="quiet"),
    Column("原因", flex=1, inks={WAITS: "late"}),
    Column("状态", 24, ink="quiet", from_width=100),
)


def cells_of(case: Attendance, ticked: bool, today: date) -> tuple[str, ...]:
    """One case on one line: the day of each step, 待 where it is demanded and open, nothing where no rule asks for it."""
    return (
        "+" if ticked else "",
        case.name,
        case.group,
        case.on.isoformat(),
        str((today - case.on).days),
        (STATUS_WORDS[case.status] if case.is_case and case.status else "撤回")[:2],
        _contact(case),
        _step(case, Step.BRIEF),
        _step(case, Step.MAKE_UP),
        case.told_reason or _step(case, Step.REASON),
        case_state(case),
    )


def _contact(case: Attendance) -> str:
    tried = any(step.step == Step.CONTACT for step in case.steps)
    shown = _step(case, Step.CONTACT)
    return _MISSED if tried and shown in (WAITS, "") else shown


def _step(case: Attendance, step: Step) -> str:
    on = case.done_on(step)
    if on is not None:
        return f"{on:%m-%d}"
    return WAITS if case.is_case and case.belongs and step in case.demanded else ""

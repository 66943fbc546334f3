"""无故缺席: who has missed several events in a row without a reason; prompts for a talk and a report, never a sanction (ATT-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.services import absence_runs as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.services.absence_runs import Prompt


class RunsScreen(BookScreen):
    """The members in a run of unexcused absences, in the order of the roster; Esc goes back."""

    TITLE_WORD = "无故缺席"
    SUMMARY_LINES = 1
    TOP = False
    EMPTY = "没有连续无故缺席的党员。有请假条的、原因正当的都不算。"
    ACTIONS = (
        Action("1", "谈话提醒", "记一次谈话，记进谈心谈话台账", "talk", menu=True, reading="thtx tanhuatixing"),
        Action("2", "报告上级", "记向上级报告了这件事", "report", menu=True, reading="bgsj baogaoshangji"),
        Action("", "全年情况", "这位党员全年每次活动的出席、跟进、补课", "open_year", menu=True),
        Action("ctrl+o", "提示规则", "看连续几次、满几个月才提示，在设置里改", "show_rule", reading="tsgz tishiguize"),
    )  # fmt: skip
    COLUMNS = (
        Column("姓名", 12, ink="strong"),
        Column("党小组", 10, ink="quiet"),
        Column("连续", 4, align="right"),
        Column("从", 10, ink="quiet"),
        Column("到", 10, ink="quiet"),
        Column("本年", 4, align="right"),
        Column("提示", flex=1),
    )

    def __init__(self) -> None:
        super().__init__()
        self._prompts: list[Prompt] = []
        self._finder = Finder(())

    def on_mount(self) -> None:
        """Read the runs."""
        super().on_mount()
        self.load(self._reload())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    async def talk(self) -> None:
        """Write a talk with this member into the register of talks."""
        from partyday_tui.rules.registers import ON, UNEXCUSED_ABSENCE
        from partyday_tui.services import registers
        from partyday_tui.ui.screens.register_form import ask_for_entry, ask_for_people

        here = self._here()
        if here is None:
            return
        register = registers.register_named("talk")
        partner = await self.partyday.call(service.default_partner)
        ticked = [here.member_id, *([partner] if partner else [])]
        people = await ask_for_people(self, register, ticked=ticked)
        if people is None:
            return
        texts = {ON: self.partyday.clock.today.isoformat(), "topic": "思想", "reason": UNEXCUSED_ABSENCE}
        values = await ask_for_entry(self, register, f"谈话提醒  {here.name}", texts)
        if values is not None:
            _, told = await self.partyday.call(registers.add, register, values, list(people))
            await self._reload()
            self.tell("，".join(["谈话已记进台账", *told]) + "。")

    async def report(self) -> None:
        """Write that the superior was told."""
        from partyday_tui.ui.dialogs.form import FormDialog
        from partyday_tui.ui.screens.case_forms import secretary
        from partyday_tui.ui.screens.day_field import day_field, read_day
        from partyday_tui.ui.widgets.fields import Field

        here = self._here()
        if here is None:
            return
        today, branch = self.partyday.clock.today, self.partyday.branch
        fields = [
            day_field("on", "日期", today, year=today.year, required=True),
            Field("to_whom", "报给", branch.superior if branch else "", required=True),
            Field("by_whom", "由谁", secretary(self)),
            Field("document_no", "文号", hint="没有就空着；姓名和情节不进上报记录"),
        ]
        values = await self.ask(FormDialog(f"报告上级  {here.name}", fields))
        if values is not None:
            on = read_day(values["on"], today.year) or today
            await self.partyday.call(
                service.report, here.key, on, values["to_whom"], values["by_whom"], values["document_no"]
            )
            await self._reload()
            self.tell("已存盘，上报记录里也记了一条。")

    async def open_year(self) -> None:
        """This member's year."""
        from partyday_tui.ui.screens.member_year import MemberYearScreen

        if here := self._here():
            await self.ask(MemberYearScreen(here.member_id, here.run.last.year))

    async def show_rule(self) -> None:
        """The thresholds in force, and where they are changed."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        talk, months = await self.partyday.call(service.thresholds)
        text = (
            f"连续无故缺席{talk}次，提示谈话；从第一次算起满{months}个月，提示报告上级。\n\n"
            "点名记缺席、没有请假条、也没有写上正当原因的，算无故缺席。次数和月数在「设置」里可以改，程序只提示，不作任何处理。"
        )
        await self.ask(ShowText("提示规则", text))

    async def _reload(self) -> None:
        self._prompts = await self.partyday.call(service.prompts)
        talk, months = await self.partyday.call(service.thresholds)
        self._finder = Finder((it.name, it.reading) for it in self._prompts)
        branch = self.partyday.branch
        self.set_title("按名册顺序", branch.name if branch else "", SaveState.SAVED)
        due = sum(it.talk_due or it.superior_due for it in self._prompts)
        self.set_summary(f"{len(self._prompts)}人，待办{due}人", f"连续{talk}次谈话，满{months}个月报告上级 ")
        rows = []
        for it in self._prompts:
            heads = (str(it.run.count), str(it.run.first), str(it.run.last), str(it.in_year))
            late = "late" if it.talk_due or it.superior_due else None
            rows.append(Row(it.member_id, (it.name, it.group, *heads, it.words), (*[None] * 6, late)))
        self.register.set_rows(rows)

    def _here(self) -> Prompt | None:
        key = self.register.cursor_key
        return next((it for it in self._prompts if it.member_id == key), None)

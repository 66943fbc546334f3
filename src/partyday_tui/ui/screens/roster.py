"""名册: the members, who belongs and who left; import, edit, entries and exits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.identity import mask_identity, mask_phone
from partyday_tui.rules.names import Finder
from partyday_tui.rules.people import ENTRY_MOVEMENTS, EXIT_MOVEMENTS, KIND_WORDS, MOVEMENT_WORDS
from partyday_tui.services import roster as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Row
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.rules.people import Member
    from partyday_tui.services.roster import RosterLine
    from partyday_tui.ui.screens.member_form import Came


class RosterScreen(BookScreen):
    """The roster as of today; ``target`` "import" opens the import at once."""

    TITLE_WORD = "名册"
    SUMMARY_LINES = 1
    EMPTY = "这里是党员名册，还没有人。按 F5 从 Excel 文件导入，或按 Ins 添加一位。"
    ACTIONS = (
        Action("f5", "导入名册", "从 Excel 文件导入党员名册，核对后才写入", "bring_in", reading="drmc daorumingce"),
        Action("insert +", "添加", "添加一位党员", "add", reading="tj tianjia"),
        Action("delete", "离开", "登记转出、去世、停止党籍或出党", "leave", footer=False, reading="lk likai"),
        Action("", "修改", "看和改这位党员的各项", "edit", menu=True),
        Action("", "变动", "登记转入、转出、去世、停止党籍等", "move", menu=True),
        Action("", "变动记录", "看以前登记的变动，写错的可以去掉", "show_movements", menu=True),
        Action("", "修改记录", "看这位党员的各项谁在什么时候改过", "show_history", menu=True),
        Action("", "改拼音", "读音不对时改正，查找就按新的读音", "correct_reading", menu=True, reading="gpy gaipinyin"),
        Action("", "全年情况", "全年每次活动的出席、跟进、补课，写进党员手册", "open_year", menu=True),
        Action("", "去掉误录", "录错了、录了两遍的，从名册里去掉", "take_out", menu=True),
        Action("ctrl+g", "分组", "只看一个党小组，再按换下一组", "next_group", reading="fz fenzu"),
        Action("ctrl+l", "列席人员", "入党积极分子、群众代表等列席人员", "open_guests", reading="lxry liexirenyuan"),
        EXPORT,
        Action("ctrl+o", "已离开的", "连已经转出、去世的一起看", "toggle_gone", reading="ylk yilikai"),
    )
    COLUMNS = (
        Column("序", 4, align="right", ink="quiet", from_width=110),
        Column("姓名", 16, ink="strong"),
        Column("性别", 4, ink="quiet"),
        Column("党小组", 10),
        Column("类别", 4, inks={"预备": "strong"}, ink="quiet"),
        Column("职务", 8, ink="quiet"),
        Column("入党", 10, ink="quiet"),
        Column("身份证号", 18, ink="quiet", from_width=110),
        Column("手机", 11, ink="quiet", from_width=110),
        Column("标签", flex=1),
    )

    def __init__(self, target: object = None) -> None:
        super().__init__()
        self._import_at_once = target == "import"
        self._lines: list[RosterLine] = []
        self._shown: list[RosterLine] = []
        self._finder = Finder(())
        self._group = ""
        self._groups: list[str] = []
        self._with_gone = False

    def on_mount(self) -> None:
        """Read the roster; open the import where the way here asked for it."""
        self.load(self._open())

    async def export_forms(self) -> None:
        """Write the roster, masked or full."""
        await export_from(self, "roster", Shown())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    async def bring_in(self) -> None:
        """Import a roster from a file."""
        from partyday_tui.ui.screens.roster_import import import_roster

        done = await import_roster(self)
        if done:
            await self._reload()
            self.tell(done)

    async def add(self) -> None:
        """Add a member: one who was here all along, or one who comes on a day."""
        from partyday_tui.ui.screens.member_form import Came

        ways = [
            ("", "本来就在支部", "补进名册，不记变动"),
            ("transfer_in", "转入", "组织关系转来的，从转入那天起算"),
            ("accepted", "接收预备党员", "支部大会新接收的，从那天起算"),
        ]
        way = await self.ask(Choose("添加党员", ways))
        if way is None:
            return
        await self._fill(None, Came(way, self.partyday.clock.today) if way else None)

    async def edit(self) -> None:
        """Change a member's particulars."""
        member = self._member_here()
        if member is not None:
            await self._fill(member)

    async def move(self) -> None:
        """Write an entry or an exit with its day."""
        words = [(kind, word, "进入支部") for kind, word in ENTRY_MOVEMENTS.items()]
        words += [(kind, word, "离开支部") for kind, word in EXIT_MOVEMENTS.items()]
        await self._write_movement("变动", words)

    async def leave(self) -> None:
        """Write an exit: nobody is taken off the roster, past months still show who belonged."""
        await self._write_movement("离开", [(kind, word, "") for kind, word in EXIT_MOVEMENTS.items()])

    async def _write_movement(self, title: str, words: list[tuple[str, str, str]]) -> None:
        member = self._member_here()
        if member is None:
            return
        kind = await self.ask(Choose(f"{member.name}  {title}", words))
        if kind is None:
            return
        today = self.partyday.clock.today.isoformat()
        values = await self.ask(
            FormDialog(
                f"{member.name} {MOVEMENT_WORDS[kind]}",
                [
                    Field("on", "日期", today, "date", required=True, hint="从这一天起算；以前各月的应到名单不变"),
                    Field("place", "去向或来处", hint="转到哪里或从哪里转来"),
                    Field("note", "说明", hint="如介绍信编号"),
                ],
            )
        )
        if values is not None:
            on = date.fromisoformat(values["on"])
            await self.partyday.call(service.add_movement, member.id, kind, on, values["place"], values["note"])
            await self._reload()
            self.tell(f"{member.name} {MOVEMENT_WORDS[kind]}，已存盘。")

    async def open_year(self) -> None:
        """The member's year of attendance."""
        from partyday_tui.ui.screens.member_year import MemberYearScreen

        member = self._member_here()
        if member is not None:
            await self.ask(MemberYearScreen(member.id, self.partyday.clock.today.year))

    async def show_movements(self) -> None:
        """The entries and exits of a member; one written by mistake can be taken out."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        member = self._member_here()
        if member is None:
            return
        found = await self.partyday.call(service.movements_of, member.id)
        if not found:
            self.tell("没有登记过变动；要登记按回车选「变动」。")
            return
        entries = [(str(it.id), f"{it.on_date} {MOVEMENT_WORDS[it.kind]}", f"{it.place} {it.note}") for it in found]
        chosen = await self.ask(Choose(f"{member.name} 的变动（选一条可以去掉）", entries))
        movement = next((it for it in found if str(it.id) == chosen), None)
        if movement is None:
            return
        sentence = f"去掉 {movement.on_date} 的{MOVEMENT_WORDS[movement.kind]}登记？修改记录里仍查得到。"
        if await self.ask(Confirm("去掉变动登记", sentence, danger=True, yes="去掉", no="留着")):
            await self.partyday.call(service.take_movement_out, movement)
            await self._reload()
            self.tell("已去掉，已存盘。")

    async def take_out(self) -> None:
        """Take out a member who was added by mistake."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        member = self._member_here()
        if member is None:
            return
        sentence = (
            f"把误录的 {member.name} 从名册里去掉？修改记录里仍查得到。已转出、去世的请不要去掉，用「离开」登记。"
        )
        if await self.ask(Confirm("去掉误录", sentence, danger=True, yes="去掉", no="留着")):
            await self.partyday.call(service.take_member_out, member)
            await self._reload()
            self.tell(f"{member.name} 已去掉，已存盘。")

    async def correct_reading(self) -> None:
        """Correct how a name is read; what is found by letters follows it."""
        member = self._member_here()
        if member is None:
            return
        hint = "小写字母，每个字之间空一格，如 shan guo qiang；清空就自动生成"
        values = await self.ask(
            FormDialog(f"{member.name} 的拼音", [Field("reading", "拼音", member.reading, hint=hint)])
        )
        if values is not None:
            reading = await self.partyday.call(service.correct_reading, member.id, values["reading"])
            await self._reload()
            self.register.go_to(member.id)
            self.tell(f"{member.name} 读作 {reading}，已存盘。")

    async def show_history(self) -> None:
        """Who changed this member, and when."""
        from partyday_tui.ui.screens.history import show_history

        member = self._member_here()
        if member is not None:
            await show_history(self, member.name, await self.partyday.call(service.member_history, member.id))

    def next_group(self) -> None:
        """Show the next party group only; after the last, everyone."""
        groups = ["", *self._groups]
        at = groups.index(self._group) if self._group in groups else 0
        self._group = groups[(at + 1) % len(groups)]
        self.clear_find()
        self._show_rows()

    def toggle_gone(self) -> None:
        """Show those who left as well, or hide them again."""
        self._with_gone = not self._with_gone
        self.clear_find()
        self._show_rows()

    async def open_guests(self) -> None:
        """The people who may sit in."""
        from partyday_tui.ui.screens.guests import GuestsScreen

        await self.ask(GuestsScreen())

    async def _open(self) -> None:
        await self._reload()
        if self._import_at_once:
            self._import_at_once = False
            await self.bring_in()

    async def _fill(self, member: Member | None, came: Came | None = None) -> None:
        """Ask for a member's particulars and write them."""
        from partyday_tui.ui.screens.member_form import member_form, typed_values

        numbers = {it.member.identity: it.member.name for it in self._lines if it.member.identity}
        groups = await self.partyday.call(service.group_names)
        values = await self.ask(member_form(member, groups, numbers, came))
        if values is None:
            return
        key = member.id if member else None
        entered = (came.movement, date.fromisoformat(values["came_on"])) if came else None
        key, told = await self.partyday.call(service.save_member, key, typed_values(member, values), entered)
        await self._reload()
        self.register.go_to(key)
        self.tell("已存盘。" + "；".join(told))

    async def _reload(self) -> None:
        self._lines = await self.partyday.call(service.read_roster, self.partyday.clock.today)
        in_use = {it.member.group for it in self._lines}
        self._groups = [name for name in await self.partyday.call(service.group_names) if name in in_use]
        branch = self.partyday.branch
        self.set_title("", branch.name if branch else "", SaveState.SAVED)
        here = [it.member for it in self._lines if it.belongs]
        full = sum(1 for member in here if member.kind == "full")
        floating = sum(1 for member in here if member.floating)
        infirm = sum(1 for member in here if member.infirm)
        self.set_summary(
            f"党员{len(here)}人  正式{full}  预备{len(here) - full}  流动{floating}  年老体弱{infirm}",
            f"已离开{len(self._lines) - len(here)}人 ",
        )
        self._show_rows()

    def _show_rows(self) -> None:
        self._shown = [
            it for it in self._lines if (it.belongs or self._with_gone) and self._group in ("", it.member.group)
        ]
        self._finder = Finder((it.member.name, it.member.reading) for it in self._shown)
        self.register.set_rows([Row(it.member.id, _cells(n, it)) for n, it in enumerate(self._shown, 1)])
        self.set_find_note(f"{self._group or '全部'}{'  含已离开的' if self._with_gone else ''} ")

    def _member_here(self) -> Member | None:
        key = self.register.cursor_key
        return next((it.member for it in self._shown if it.member.id == key), None)


def _cells(number: int, line: RosterLine) -> tuple[str, ...]:
    member = line.member
    return (
        str(number),
        member.name,
        member.sex,
        member.group,
        KIND_WORDS[member.kind][:2],
        member.post,
        member.joined_on,
        mask_identity(member.identity),
        mask_phone(member.phone),
        " ".join(member.tags) if line.belongs else _why_away(line),
    )


def _why_away(line: RosterLine) -> str:
    return f"{MOVEMENT_WORDS[line.left_by.kind]}{line.left_by.on_date}" if line.left_by else "还没有转入"

"""报送: what waits for the superior and what became of it; F5 sends, by the one place that is set up, when asked and only then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.outbox import CARRIER_WORDS, RESULT_WORDS, STATE_WORDS, Item, State
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.delivery_forms import (
    ask_for_password,
    ask_for_place,
    ask_how_handed_over,
    ask_why_returned,
)
from partyday_tui.ui.show import cells
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.rules.delivery_place import Place
    from partyday_tui.store.book import Book

_NOTHING = "这里没有材料，先生成月报或年报。"


class DeliveryScreen(BookScreen):
    """The outbox."""

    TITLE_WORD = "报送"
    SUMMARY_LINES = 2
    EMPTY = "没有要报送的材料。月末生成的月报、年报会放到这里等着报送。"
    ACTIONS = (
        Action("enter", "办理", "列出这一份能做的事", "choose_row"),
        Action("f5", "报送", "送到定好的地方，只试一次，送没送到都会说", "send", menu=True, reading="bs baosong"),
        Action("ctrl+u", "已手交", "已用U盘或微信交，记下谁、哪天", "mark_by_hand", menu=True, reading="ysj yishoujiao up weixin"),
        Action("ctrl+r", "被退回", "上级退回了，记下原因", "mark_returned", menu=True, reading="bth beituihui"),
        Action("ctrl+e", "经过", "这一份的文件和每次报送的经过", "show_history", menu=True, reading="jg jingguo"),
        Action("delete", "不用报送", "这一份不用报了，留在表里", "withdraw", footer=False, menu=True, reading="bybs buyongbaosong"),
        Action("ctrl+z", "改回待报送", "把这一份改回待报送", "wait_again", footer=False, menu=True, reading="gh gaihui"),
        Action("ctrl+o", "送到哪里", "定报送的文件夹、邮箱或网盘", "change_place", reading="sdnl songdaonali"),
        Action("ctrl+t", "文件在哪", "待报送的文件放在哪个文件夹", "show_folder", footer=False, reading="wjzn wenjianzaina"),
    )  # fmt: skip
    COLUMNS = (
        Column("材料", flex=1, ink="strong"),
        Column("期间", 9, ink="quiet"),
        Column("状态", 10, inks={"待报送": "late", "被退回": "late"}),
        Column("日期", 10, ink="quiet"),
        Column("方式", 6, ink="quiet"),
        Column("经手", 8, ink="quiet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[object, Item] = {}
        self._place: Place | None = None

    def on_mount(self) -> None:
        """Read the outbox."""
        super().on_mount()
        self._read_anew(self._read)

    def choose_row(self) -> None:
        """Enter lists what can be done with the package under the cursor."""
        self.register.choose()

    def on_book_screen_delivered(self, event: BookScreen.Delivered) -> None:
        """A try has ended: read anew; a sentence longer than the line is shown whole."""
        self._read_anew(self._read)
        if not event.ok and self.is_current and cells(event.words) + 1 > self.size.width:
            self._start(self._show_words(event.words))

    def back(self) -> None:
        """Esc stops what is being sent, before all else."""
        if self.partyday.delivery.is_going_on:
            self.partyday.delivery.stop()
        else:
            super().back()

    async def send(self) -> None:
        """Deliver the package under the cursor to the place that is set up; ask for what is not known yet."""
        from partyday_tui.services import deliver

        run, it = self.partyday.delivery, self._item()
        if it is None or not await self._is_meant(it):
            return
        if run.is_going_on:
            self.tell("正在报送，请等它送完，或按 Esc 停下。")
            return
        if self._place is None:
            await self.change_place()
        if self._place is None:
            self.tell("没有报送：还没有定报送到哪里。")
            return
        order = await self.partyday.call(deliver.begin, it.id)
        password = run.password_of(order.place)
        if password is None:
            password = await ask_for_password(self, order.place)
            if password is None:
                self.tell("没有报送，还在待报送。")
                return
            run.remember(order.place, password)
        run.start(order, password)

    async def mark_by_hand(self) -> None:
        """Note that the package was handed over on a stick or by 微信."""
        from partyday_tui.services.outbox import mark_by_hand

        it = self._item()
        values = await ask_how_handed_over(self, it) if it else None
        if it is not None and values is not None:
            on = date.fromisoformat(values["on"])
            await self.partyday.call(mark_by_hand, it.id, values["how"], values["by"], on)
            await self._read()
            self.tell(f"已记下：{on} 用{CARRIER_WORDS[values['how']]}交的。")

    async def mark_returned(self) -> None:
        """Note that the superior sent the package back."""
        from partyday_tui.services.outbox import returned

        it = self._item()
        if it is not None and it.state not in (State.SENT, State.BY_HAND, State.RETURNED):
            self.tell("这一份还没有交上去，谈不上退回。")
            return
        values = await ask_why_returned(self, it) if it else None
        if it is not None and values is not None:
            await self.partyday.call(returned, it.id, values["reason"], date.fromisoformat(values["on"]))
            await self._read()
            self.tell("已记下被退回；改好后重新生成，就是新的一版。")

    async def withdraw(self) -> None:
        """Note that the package need not be delivered."""
        from partyday_tui.services.outbox import withdraw
        from partyday_tui.ui.dialogs.confirm import Confirm

        it = self._item()
        question = f"《{it.named}》不用报送了？它留在表里，按 ^Z 能改回来。" if it else ""
        if it is not None and await self.ask(Confirm("不用报送", question, yes="不用报送", no="返回")):
            await self.partyday.call(withdraw, it.id)
            await self._read()
            self.tell("已记下：不用报送。")

    async def wait_again(self) -> None:
        """Take back what was noted last."""
        from partyday_tui.services.outbox import wait_again

        it = self._item()
        if it is not None:
            await self.partyday.call(wait_again, it.id)
            await self._read()
            self.tell("已改回待报送。")

    async def change_place(self) -> None:
        """Set where packages are delivered to."""
        from partyday_tui.services.outbox import choose_place

        chosen = await ask_for_place(self, self._place)
        if chosen is not None:
            self._place = await self.partyday.call(choose_place, chosen)
            self._show_place()
            self.tell("已记下报送到哪里；密码不存盘，报送时再问。")

    async def show_folder(self) -> None:
        """Where the files lie, so that they can be copied by hand."""
        from partyday_tui.paths import outbox_of

        await self._show_words(f"待报送的文件按期间放在：\n\n{outbox_of(self.partyday.book_path)}", "文件在哪")

    async def show_history(self) -> None:
        """The file of the package and all that became of it."""
        from partyday_tui.services.outbox import history, path_of

        it = self._item()
        if it is None:
            return
        told = await self.partyday.call(history, it.id)
        path = await self.partyday.call(path_of, it)
        lines = [
            f"期间  {it.period}",
            f"状态  {STATE_WORDS[it.state]}",
            f"放入  {it.made_on}，{it.size} 字节",
            f"文件  {path}",
            f"校验码  {it.sha256}",
            "",
        ]
        for at, each in told:
            where = each.to_where or CARRIER_WORDS.get(each.carrier, "")
            parts = [f"{each.on} {at[11:16]}", RESULT_WORDS[each.result], where, each.by_whom]
            lines += ["  ".join(filter(None, parts)), *([f"    {each.words}"] if each.words else [])]
        await self._show_words("\n".join(lines if told else [*lines, "还没有报送过。"]), it.named)

    async def _read(self) -> None:
        found, self._place = await self.partyday.call(_read_outbox)
        branch = self.partyday.branch
        waiting = sum(it.state is State.WAITING for it in found)
        returned = sum(it.state is State.RETURNED for it in found)
        self.set_title(f"共{len(found)}份", branch.name if branch else "", SaveState.SAVED)
        self.set_summary(f"待报送{waiting}份" + (f"，被退回{returned}份" if returned else ""))
        self._show_place()
        self._items = {it.id: it for it in found}
        here = self.register.cursor_key
        self.register.set_rows([_row(it) for it in found], cursor=here if here in self._items else None)

    def _show_place(self) -> None:
        place = self._place
        self.set_summary(f"报送到 {place.label}" if place else "还没有定报送到哪里，按 ^O 定", line=1)

    def _item(self) -> Item | None:
        it = self._items.get(self.register.cursor_key)
        if it is None:
            self.tell(_NOTHING)
        return it

    async def _is_meant(self, it: Item) -> bool:
        """Ask before a package goes out again, or one that a newer revision has overtaken."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        reasons = {
            State.SENT: "已经报送过",
            State.BY_HAND: "已经用U盘或微信交过",
            State.RETURNED: "被退回过，改好的要重新生成",
            State.WITHDRAWN: "记过不用报送",
            State.REPLACED: "后来有了新的一版",
        }
        if it.state not in reasons:
            return True
        question = f"《{it.named}》{reasons[it.state]}，还要报送这一份吗？"
        sure = await self.ask(Confirm("再报送一次", question, yes="报送", no="返回"))
        return bool(sure)

    async def _show_words(self, words: str, title: str = "没有送出") -> None:
        from partyday_tui.ui.dialogs.show_text import ShowText

        await self.ask(ShowText(title, words))


def _read_outbox(book: Book) -> tuple[list[Item], Place | None]:
    from partyday_tui.services import outbox

    return outbox.items(book), outbox.place(book)


def _row(it: Item) -> Row:
    first, _, rest = it.period.partition("至")
    last = it.last if it.last is not None and it.last.result != "failed" else None
    state = STATE_WORDS[it.state]
    if it.state is State.BY_HAND and last is not None:
        state = f"已用{CARRIER_WORDS.get(last.carrier, 'U盘')}交"
    return Row(
        it.id,
        (
            it.named,
            f"{first[:7]}起" if rest else first,
            state,
            str(last.on) if last else "",
            CARRIER_WORDS.get(last.carrier, "") if last else "",
            last.by_whom if last else "",
        ),
    )

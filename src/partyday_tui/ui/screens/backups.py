"""备份: the generations on a stick with what is in them, read to the last byte; from here one of them is restored."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from partyday_tui.errors import PartydayError
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.backup_questions import (
    Place,
    ask_for_place,
    choose_passphrase,
    this_computer,
    usual_place,
)
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.services.restore import Generation
    from partyday_tui.store.backups import LastBackup


_STILL_READING = "还在读备份，读完再按回车。"


class BackupsScreen(BookScreen):
    """What lies on the stick, newest whole one first; Enter restores."""

    TITLE_WORD = "备份"
    SUMMARY_LINES = 2
    FIND = False
    EMPTY = "这里还没有备份。按 F12 备份；要看别的U盘或文件夹，按 ^O。"
    ACTIONS = (
        Action("enter", "恢复", "用这一代备份恢复账本，先看差别再决定", "restore_here", reading="hf huifu"),
        Action("f12", "备份", "备份到U盘，写完读回核对", "back_up", reading="bf beifen"),
        Action("f5", "核对", "拔下再插上后，把每个备份从头读到尾", "check", reading="hd hedui"),
        Action("ctrl+o", "换位置", "看另一个U盘或文件夹里的备份", "look_elsewhere", reading="hwz huanweizhi"),
        Action("ctrl+k", "口令", "重新定加密的口令，以后的备份用新的", "change_passphrase", reading="kl kouling"),
    )
    COLUMNS = (
        Column("代", 3, align="right", ink="strong"),
        Column("备份时间", 16),
        Column("名册", 4, align="right"),
        Column("最后登记", 10),
        Column("在手", 10, align="right"),
        Column("放在", 6, ink="quiet"),
        Column("加密", 4, ink="quiet"),
        Column("状态", flex=1, inks={"完好": "quiet"}, ink="late"),
        Column("支部", flex=1, ink="quiet", from_width=100),
    )

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None
        self._found: list[Generation] = []
        self._here: list[Generation] = []
        self._is_reading = False

    def on_mount(self) -> None:
        """Read the usual place."""
        self._read_anew(self._read)

    def on_book_screen_backed_up(self) -> None:
        """There is one generation more."""
        self._read_anew(self._read)

    async def _read(self) -> None:
        branch = self.partyday.branch
        self.set_title("", branch.name if branch else "", SaveState.SAVED if branch else "")
        await self._show_last()
        self._place = self._place or await usual_place()
        await self._survey(self._place)

    async def _show_last(self) -> None:
        """When the last backup was."""
        from partyday_tui.services.backup import last_backup

        last = await self.partyday.call(last_backup) if self.partyday.branch else None
        self.set_summary(_last_words(last) if self.partyday.branch else "选一代备份，按回车，就恢复到这台电脑上。")

    async def _survey(self, place: Place | None) -> None:
        """Read every file of the place and of this computer, and list them in this order."""
        branch = self.partyday.branch
        key = branch.key if branch else ""
        here, self._is_reading = this_computer(), True
        try:
            self._found = await self._read_all(place, key) if place is not None and place != here else []
            self._here = await self._read_all(here, key)
        finally:
            self._is_reading = False
        only_here = place is None or place == here
        state = (
            _state_of(self._here, "本机") if only_here else f"{_state_of(self._found)}，{_state_of(self._here, '本机')}"
        )
        self.set_summary(place.label if place is not None else "没有插U盘", f"{state} ", line=1)
        where = "U盘" if place and place.label.startswith("U盘") else "文件夹"
        rows = [_row(number, it, key, where) for number, it in enumerate(self._found)]
        rows += [_row(number, it, key, here.label) for number, it in enumerate(self._here, len(rows))]
        self.register.set_rows(rows)
        if self._foot.text_of(0).strip() == _STILL_READING:
            self.tell("")

    async def _read_all(self, place: Place, book_key: str) -> list[Generation]:
        """Every generation of one folder, read in another thread; how far it has come is told."""
        from partyday_tui.services.restore import survey

        loop = asyncio.get_running_loop()
        self.set_summary(f"{place.label}  正在读取", line=1)

        def told(done: float) -> None:
            loop.call_soon_threadsafe(self.set_summary, f"{place.label}  正在读取 {done:.0%}", "", 1)

        return await asyncio.to_thread(survey, place.folder, book_key, told)

    async def check(self) -> None:
        """Read all of them once more, and write down that the newest was found whole."""
        from partyday_tui.services.restore import note_check

        place = self._place = self._place or await usual_place()
        await self._survey(place)
        if self.partyday.branch is not None and place is not None and place != this_computer():
            await self.partyday.call(note_check, self._found, place.label)
            await self._show_last()
        found = self._found + self._here
        spoilt = [it for it in found if it.header is None]
        if not found:
            self.tell("这里没有备份文件。")
        elif spoilt:
            numbers = "、".join(str(it.number) for it in spoilt)
            self.tell(f"第{numbers}代不能用，其余{len(found) - len(spoilt)}个完好；请按 F12 再备份一次。", ink="late")
        else:
            self.tell(f"{len(found)}个备份都从头到尾读过，全部完好。")

    async def look_elsewhere(self) -> None:
        """Ask for another stick or folder."""
        place = await ask_for_place(self, "看哪里的备份", with_this_computer=True)
        if place is not None:
            self._place = place
            await self._read()

    async def change_passphrase(self) -> None:
        """Choose anew whether and with what backups are encrypted; those already made keep theirs."""
        chosen = await choose_passphrase(self)
        if chosen is not None:
            self.tell(
                "已记下，以后的备份用新的口令；以前的备份还是原来的口令。" if chosen else "已记下，以后的备份不加密。"
            )

    def back_up(self) -> None:
        """F12, as everywhere; without a book there is nothing to back up."""
        if self.partyday.branch is not None:
            self.partyday.backup.ask()

    def open_row(self, key: Key) -> None:
        """Enter on a generation restores it."""
        self.run_action_named("restore_here")

    def back(self) -> None:
        """Without a book the welcome stands behind this screen."""
        if self.partyday.branch is None:
            self.partyday.go("welcome")
        else:
            super().back()

    async def restore_here(self) -> None:
        """Lay the generation under the cursor open, and restore it if the user says so."""
        from partyday_tui.ui.dialogs.show_text import ShowText
        from partyday_tui.ui.screens.restore_flow import restore_from

        key = self.register.cursor_key
        if not isinstance(key, int):
            self.tell(_STILL_READING if self._is_reading else "这里没有可以恢复的备份。")
            return
        chosen = (self._found + self._here)[key]
        if chosen.header is None:
            await self.ask(ShowText(f"第{chosen.number}代不能用", f"{chosen.path.name}\n\n{chosen.trouble}"))
            return
        try:
            await restore_from(self, chosen.path, chosen.header.encrypted)
        except PartydayError as error:
            self.refuse(error)


def _state_of(found: list[Generation], where: str = "") -> str:
    """How many are whole, and how many are not."""
    whole = sum(it.header is not None for it in found)
    return f"{where}完好{whole}个" + (f"，不能用{len(found) - whole}个" if whole < len(found) else "")


def _row(number: int, it: Generation, book_key: str, where: str) -> Row:
    from partyday_tui.rules.dues.money import yuan

    header = it.header
    if header is None:
        return Row(number, (str(it.number), "", "", "", "", where, "", "不能用"))
    state = "完好" if not book_key or header.book_key == book_key else "别的账本"
    return Row(
        number,
        (
            str(it.number),
            header.made_at[:16].replace("T", " "),
            str(header.counts.get("member", 0)),
            header.last_entry or "无",
            yuan(header.ledger_fen),
            where,
            "是" if header.encrypted else "否",
            state,
            header.branch,
        ),
    )


def _last_words(last: LastBackup | None) -> str:
    if last is None:
        return "还没有备份过。插上U盘，按 F12。"
    again = f"，{last.found_whole_at[:10]} 又核对过" if last.found_whole_at else ""
    return f"上次备份 {last.verified_at[:16].replace('T', ' ')}，第{last.generation}代，{last.place}{again}"

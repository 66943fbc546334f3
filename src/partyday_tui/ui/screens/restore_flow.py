"""From a backup file to the restored book: the passphrase, the differences laid open, then one key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.screens.preview import Heading, Preview
from partyday_tui.ui.widgets.columns import Column

if TYPE_CHECKING:
    from pathlib import Path

    from partyday_tui.services.restore import Differences, Opened
    from partyday_tui.store.backups import Contents
    from partyday_tui.ui.book_screen import BookScreen

_MANUAL = "restore_flow"  # the manual's section of all of this
_FIGURES = (
    ("名册人数", "member"),
    ("活动", "event"),
    ("点名记录", "roll_entry"),
    ("党费台账笔数", "dues_entry"),
    ("发展党员", "candidate"),
)


async def restore_from(screen: BookScreen, path: Path, encrypted: bool) -> None:
    """Verify the backup, show what would come and go, and restore where the user presses F5; raises PartydayError."""
    from partyday_tui.services.restore import LeftClosed

    if screen.partyday.backup.is_going_on:
        screen.tell("正在备份，请等它做完再恢复。")
        return
    opened = await _open(screen, path, encrypted)
    if opened is None:
        screen.tell("没有恢复。")
        return
    try:
        present = await _differences(screen, opened)
        title = f"恢复到第{opened.header.generation}代  {opened.header.made_at[:16].replace('T', ' ')}"
        columns = (Column("", 16), Column("", 24, ink="strong"), Column(""))
        parts = _parts(opened, present)
        notes = ["这是另一本账的备份，恢复后现在这本会被换掉。"] if present and not present.same_book else []
        preview = Preview(title, columns, parts, yes="恢复", problems=notes)
        if not await screen.ask(preview.explained_in(_MANUAL)):
            screen.tell("没有恢复，账本没有改动。")
            return
        screen.tell("正在恢复，请不要关机")
        kept = await screen.partyday.put_back(opened)
    except LeftClosed as error:
        await screen.ask(ShowText("没有恢复", error.sentence).explained_in(_MANUAL))
        screen.app.run_worker(screen.partyday.open_book())
        return
    finally:
        opened.copy.close()
    made_at = opened.header.made_at[:16].replace("T", " ")
    done = f"账本已恢复到第{opened.header.generation}代（{made_at} 备份的样子），并且核对无误。\n\n{kept}"
    await screen.ask(ShowText("已恢复", done.rstrip()).explained_in(_MANUAL))
    screen.partyday.go("today")


async def _open(screen: BookScreen, path: Path, encrypted: bool) -> Opened | None:
    """The verified backup; asks for the passphrase as long as it does not fit. None when the user went back."""
    from partyday_tui.safekeeping.refusals import WrongPassphrase
    from partyday_tui.safekeeping.remembered import remember_passphrase, remembered
    from partyday_tui.services.restore import open_backup

    clock, typed = screen.partyday.clock, remembered(data_folder()).passphrase or ""
    nothing_kept = not typed
    sentence = "" if nothing_kept else "这台电脑记着的口令打不开它，请照纸条输入。"
    while True:
        if not encrypted or typed:
            screen.tell("正在核对这一代备份")
            try:
                opened = await asyncio.to_thread(open_backup, path, clock, typed if encrypted else "")
            except WrongPassphrase as error:
                sentence = sentence or error.sentence
            else:
                if encrypted and nothing_kept:
                    await asyncio.to_thread(remember_passphrase, data_folder(), typed)
                return opened
        answer = await _ask_for_passphrase(screen, sentence)
        if answer is None:
            return None
        typed, sentence = answer, ""


async def _ask_for_passphrase(screen: BookScreen, sentence: str) -> str | None:
    from partyday_tui.ui.dialogs.form import FormDialog
    from partyday_tui.ui.widgets.fields import Field

    hint = sentence or "照纸条上的口令输入，不分段也要带上横线"
    form = FormDialog("备份的口令", [Field("passphrase", "口令", required=True, hint=hint)])
    values = await screen.ask(form.explained_in(_MANUAL))
    return None if values is None else values["passphrase"]


async def _differences(screen: BookScreen, opened: Opened) -> Differences | None:
    """Against the present book; None where there is none, or it is too damaged to be read."""
    from partyday_tui.services.restore import differences

    if screen.partyday.branch is None:
        return None
    try:
        return await screen.partyday.call(differences, opened)
    except PartydayError:
        return None


def _parts(opened: Opened, present: Differences | None) -> list[Heading]:
    """The figures side by side, then the names."""
    here, there = present.book if present else None, opened.contents
    rows = [("", "备份里", "现在的账本" if here else "这台电脑上还没有能打开的账本")]
    rows += [(word, _count(there, table), _count(here, table)) for word, table in _FIGURES]
    rows += [
        ("党费在手", _money(there), _money(here)),
        ("最后登记", _day(there), _day(here)),
        ("支部", there.branch, here.branch if here else ""),
    ]
    parts: list[Heading] = [("对比", rows)]
    if present is not None:
        came, gone = present.only_in_backup, present.only_in_book
        parts.append((f"恢复后会多出{len(came)}人", _names(came)))
        parts.append((f"恢复后会没有{len(gone)}人", _names(gone)))
        if not came and not gone:
            parts.append(("名册上的姓名相同", [("", "", "")]))
    return parts


def _names(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [("", name) for name in names]


def _count(contents: Contents | None, table: str) -> str:
    return str(contents.count(table)) if contents else ""


def _money(contents: Contents | None) -> str:
    from partyday_tui.rules.dues.money import yuan

    return f"{yuan(contents.ledger_fen)}元" if contents else ""


def _day(contents: Contents | None) -> str:
    if contents is None:
        return ""
    return contents.last_entry.isoformat() if contents.last_entry else "无"

"""What is asked before a backup: where to, and at the first use whether it is encrypted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui.paths import data_folder, short
from partyday_tui.ui.book_screen import BookScreen, front
from partyday_tui.ui.dialogs.choose import Choose

if TYPE_CHECKING:
    from partyday_tui.ui.app import PartydayApp

_FOLDER_ON_A_STICK = "台账备份"
_OTHER, _HERE = "other", "here"
_MANUAL = "backup_questions"  # the manual's section of all of them


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for backups, and how it is called."""

    folder: Path
    label: str


async def back_up(app: PartydayApp) -> None:
    """Ask what is not known yet, in front of whatever place is shown by then, and let the backup run behind the screens."""
    run = app.backup
    if run.is_going_on:
        front(app).tell("正在备份，请等它做完。")
        return
    place = await usual_place() or await ask_for_place(front(app), "备份到哪里")
    passphrase = await _passphrase(front(app)) if place else None
    if place is None or passphrase is None:
        front(app).tell("没有备份。")
        return
    await asyncio.to_thread(_remember, place.folder)
    run.start(place.folder, place.label, passphrase)


async def usual_place() -> Place | None:
    """The folder used last while it is there, or the only stick where none was used yet; None where it has to be asked."""
    from partyday_tui.safekeeping.remembered import remembered

    folder = remembered(data_folder()).folder
    places = await asyncio.to_thread(_sticks)
    for place in places:
        if folder is not None and place.folder == folder:
            return place
    if folder is not None and await asyncio.to_thread(folder.is_dir):
        return Place(folder, str(folder)) if len(places) == 0 or not _is_taken_out(folder) else None
    return places[0] if len(places) == 1 else None


def this_computer() -> Place:
    """Where the generations lie that are kept on this computer."""
    from partyday_tui.services.backup import local_folder

    return Place(local_folder(), "本机")


async def ask_for_place(screen: BookScreen, title: str, *, with_this_computer: bool = False) -> Place | None:
    """Ask for a stick, a folder or, for looking, what is kept on this computer; None when the user went back."""
    from partyday_tui.safekeeping.remembered import remembered
    from partyday_tui.ui.dialogs.pick_folder import PickFolder

    places = await asyncio.to_thread(_sticks)
    last = remembered(data_folder()).folder
    if last is not None and last not in [it.folder for it in places] and await asyncio.to_thread(last.is_dir):
        places.append(Place(last, str(last)))
    entries = [(str(number), it.label, str(it.folder.parent)) for number, it in enumerate(places)]
    if with_this_computer:
        entries.append((_HERE, "本机", "留在这台电脑里的备份"))
    hint = "" if places else "没有找到U盘；插好再按一次 F12，或选文件夹"
    chosen = await screen.ask(Choose(title, [*entries, (_OTHER, "选文件夹", hint)]).explained_in(_MANUAL))
    if chosen == _OTHER:
        folder = await screen.ask(PickFolder("备份放在哪个文件夹").explained_in(_MANUAL))
        return None if folder is None else await asyncio.to_thread(_in_folder, folder)
    if chosen == _HERE:
        return this_computer()
    return None if chosen is None else places[int(chosen)]


async def choose_passphrase(screen: BookScreen) -> str | None:
    """Ask whether backups are encrypted and with what; '' for open ones, None when the user went back. The answer is kept here."""
    from partyday_tui.safekeeping.passphrase import generated, mistake_in
    from partyday_tui.safekeeping.remembered import remember_passphrase
    from partyday_tui.ui.dialogs.confirm import Confirm
    from partyday_tui.ui.dialogs.form import FormDialog
    from partyday_tui.ui.widgets.fields import Field

    ways = [
        ("sealed", "加密，口令由程序想", "推荐；丢了U盘别人也看不到，口令印成纸条"),
        ("own", "加密，用自己的口令", "至少 12 个英文字符"),
        ("open", "不加密", "谁捡到U盘都能看到名册和党费"),
    ]
    way = await screen.ask(Choose("U盘上的备份要不要加密", ways).explained_in(_MANUAL))
    if way is None:
        return None
    passphrase = generated() if way == "sealed" else ""
    if way == "own":
        check = Field("passphrase", "口令", required=True, check=mistake_in, hint="英文字母、数字、符号，四个词最好")
        values = await screen.ask(FormDialog("自己的口令", [check]).explained_in(_MANUAL))
        if values is None:
            return None
        passphrase = values["passphrase"]
    if way == "open":
        question = "U盘上的备份不加密，谁捡到都能看到党员的身份证号、电话和党费。确定吗？"
        confirm = Confirm("不加密", question, danger=True, yes="不加密", no="返回")
        if not await screen.ask(confirm.explained_in(_MANUAL)):
            return None
    if passphrase:
        await _show_slip(screen, passphrase)
    await asyncio.to_thread(remember_passphrase, data_folder(), passphrase)
    return passphrase


async def _passphrase(screen: BookScreen) -> str | None:
    from partyday_tui.safekeeping.remembered import remembered

    kept = remembered(data_folder()).passphrase
    return kept if kept is not None else await choose_passphrase(screen)


async def _show_slip(screen: BookScreen, passphrase: str) -> None:
    """Write the paper slip and show it."""
    from partyday_tui.safekeeping.passphrase import slip
    from partyday_tui.services.backup import write_slip
    from partyday_tui.ui.dialogs.show_text import ShowText

    branch, today = screen.partyday.branch, screen.partyday.clock.today
    name = branch.name if branch is not None else ""
    path = await asyncio.to_thread(write_slip, name, passphrase, today)
    where = f"这张纸条已存成文件：{short(path)}\n请打印后把文件删掉；没有打印机就照着抄一遍。\n\n"
    text = where + slip(name, passphrase, today.isoformat())
    await screen.ask(ShowText("备份口令纸条", text).explained_in(_MANUAL))


def _sticks() -> list[Place]:
    from partyday_tui.safekeeping.drives import removable_drives

    return [Place(drive.path / _FOLDER_ON_A_STICK, f"U盘 {drive.label}") for drive in removable_drives()]


def _in_folder(folder: Path) -> Place:
    """A folder that was pointed out; of a stick, the folder that backups make there."""
    inside = folder / _FOLDER_ON_A_STICK
    return Place(inside if inside.is_dir() else folder, str(folder))


def _is_taken_out(folder: Path) -> bool:
    """Whether the folder was one of a stick, by its name."""
    return folder.name == _FOLDER_ON_A_STICK


def _remember(folder: Path) -> None:
    from partyday_tui.safekeeping.remembered import remember_folder

    remember_folder(data_folder(), folder)

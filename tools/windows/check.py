"""``make windows-check``: the built folder run under Debian's Wine, from a path with Chinese, a blank and brackets in it.

Wine is not Windows: this shows that the real Windows Python, wheels and program work together, and nothing of how a console looks.
"""

import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pip
import pyte
from tests.old_books import old_book
from tools.windows.build import FOLDER, IN_BROWSER, PROJECT, START, WHEELS
from tools.windows.in_console import TYPED
from tools.windows.place import DAY, Check, NotShownHere
from tools.windows.wine import Wine
from tools.windows.written import wrong_sums

from partyday_tui.store import schema

SKIPPED = 77  # as automake and others have it
_ROSTER = PROJECT / "tests" / "samples" / "党员花名册-柳湾村.xlsx"
_OLD_SCHEMA = 5
_OK, _WRONG, _NOT_SHOWN = "ok   ", "WRONG", "not shown here"


def whole(check: Check) -> str:
    """Every file is as SHA256SUMS says."""
    wrong = wrong_sums(check.folder)
    assert not wrong, f"not as summed: {wrong[:5]}"
    return "SHA256SUMS holds"


def modules(check: Check) -> str:
    """Every module of the app can be imported."""
    return f"{check.inside('every_module')['modules']} modules imported"


def new_book(check: Check) -> str:
    """A new book under a Chinese name."""
    told = check.run("new", "--name", "柳湾村党支部", "--preset", "rural_community", "--secretary", "罗有秀")
    assert check.book.is_file() and "已新建账本" in told
    return told


def roster(check: Check) -> str:
    """The import of a roster, from a file with a Chinese name."""
    file = shutil.copy(_ROSTER, check.place / "党员 花名册（二〇二六）.xlsx")
    told = check.run("import", "roster", Path(file))
    assert "新增44人" in told and "共44人" in check.run("members"), told
    return told


def roll(check: Check) -> str:
    """The app without a screen: a roll by keyboard, read back from the book."""
    check.run("plan", "2026")
    check.run("mark", DAY, "罗有秀", "到会")
    counts = check.inside("call_roll", check.book)
    assert counts["expected"] == 44 and counts["unmarked"] == 0 and counts["came"] >= 42, counts
    return f"应到{counts['expected']} 实到{counts['came']} 未点{counts['unmarked']}"


def console(check: Check) -> str:
    """The app in a console: the first screen drawn by the driver of Windows, F4, a mark, and the ？ of an input method with Shift on."""
    if why := check.wine.without_screen():
        raise NotShownHere(why)
    record = check.place / "写到窗口的.txt"
    ended = check.inside("start_console", check.book, record, screen=True)
    drawn = screens(record.read_text("utf-8")) if record.is_file() else []
    assert ended["code"] == 0, (ended, "\n".join(drawn[-1:]))
    first, roll = drawn[0], drawn[1]
    assert "今日" in first and "柳湾村党支部" in first and "党员44人" in first, first
    assert "点名" in roll and "未点0" in roll, roll
    assert any("村？" in screen for screen in drawn), "what the input method typed did not arrive"
    assert "没有把汉字画成两格宽" in first, (
        "Wine's console is one that draws Chinese one cell wide, and the start did not find it"
    )
    assert json.loads(check.run("roll", DAY, "--json"))["unmarked"] == 1, "the mark did not reach the book"
    return "5 keys taken; how it looks is not shown here: Wine 8's console passes over escape sequences and draws 中 one cell wide"


def browser(check: Check) -> str:
    """The app on a page: served to who has the token, 403 without it, drawn by the app behind it, and over when the page is closed."""
    code, told = check.wine.run(["cmd", "/c", IN_BROWSER, "-h"], check.folder)
    assert code == 0 and "--no-browser" in told, (code, told)
    found = check.inside("serve_page", check.book)
    assert (found["with_token"], found["without"], found["code"]) == (200, 403, 0), found
    return f"the page answers, without the token 403; {found['drawn']} bytes drawn"


def screens(record: str) -> list[str]:
    """What the console showed before each key, of what was written to it."""
    screen = pyte.Screen(80, 25)
    stream = pyte.Stream(screen)
    found = []
    for part in record.split(TYPED):
        stream.feed(part)
        rows = [[screen.buffer[y][x].data for x in range(screen.columns)] for y in range(screen.lines)]
        found.append(
            "\n".join("".join(row).rstrip() for row in rows)
        )  # the second cell of a wide character holds nothing
    return found


def export(check: Check) -> str:
    """An export, read back by another library."""
    told = check.run("export", "roster", "--full", "--out", check.sheets)
    (sheet,) = check.sheets.glob("*.xlsx")
    found = check.inside("read_sheet", sheet)
    assert found["names"] == 44, found
    return f"{told.rpartition(chr(92))[2]}: {found['names']} names, the last {found['last']}"


def open_sheet(check: Check) -> str:
    """An export over a sheet that another program holds open is refused in a sentence, and leaves nothing behind."""
    (sheet,) = check.sheets.glob("*.xlsx")
    found = check.inside("hold_sheet", sheet, check.book)
    assert found["code"] == 2 and "打开" in found["told"] and found["left"] == [], found
    return str(found["told"])


def second_window(check: Check) -> str:
    """A book that is open is not opened twice."""
    found = check.inside("hold_book", check.book)
    assert found["code"] == 2 and "已在另一个窗口打开" in found["told"], found
    return str(found["told"])


def backup_and_restore(check: Check) -> str:
    """A backup into a Chinese folder, plain and encrypted, verified, and a restore that takes back what came after it."""
    folder, slip = check.place / "备 份", check.place / "口令 纸条.txt"
    folder.mkdir()
    slip.write_text("liu-wan-cun-2026\n", "utf-8")
    assert "读回核对无误" in check.run("backup", folder)
    check.run("mark", DAY, "罗有秀", "缺席")
    assert "已加密" in check.run("backup", folder, "--passphrase-file", slip)
    plain, encrypted = sorted(folder.glob("BK-*.zip"))
    check.run("verify", encrypted, "--passphrase-file", slip)
    told = check.run("restore", plain, "--yes")
    assert '"status": "absent"' not in check.run("roll", DAY, "--json"), "the mark after the backup is still there"
    return told.splitlines()[-1]


def doctor(check: Check) -> str:
    """The doctor finds the book sound."""
    told = check.run("doctor")
    assert "有问题" not in told
    return told.splitlines()[-1]


def stick(check: Check) -> str:
    """A stick is known as one: offered for backups, and no book is kept there."""
    check.wine.plug_in(check.stick)
    found = check.inside("sticks")
    assert found == {"drives": ["E:\\"], "past_cache": True}, found
    assert "读回核对无误" in check.run("backup", "E:\\")
    shutil.copy(check.book, check.stick / "账本.db")
    told = check.run("--book", "E:\\账本.db", "doctor", code=2)
    assert "U盘" in told, told
    return told


def carried_on_a_stick(check: Check) -> str:
    """The whole folder on a stick with its book in it: no book is kept there; it says to copy it in, as the app offers."""
    here, check.folder = check.folder, check.stick / "主题党日台账"
    shutil.copytree(here, check.folder)
    (check.folder / "账本").mkdir()
    shutil.copy(check.book, check.folder / "账本" / "book.db")
    try:
        told = check.run("members", book=False, code=2)
    finally:
        shutil.rmtree(check.folder)
        check.folder = here
    assert "U盘" in told and "复制到这台电脑" in told, told
    return told


def carried(check: Check) -> str:
    """With a folder 账本 beside the start file the book lies there; without, in the user's data folder."""
    beside = check.folder / "账本"
    check.run("new", "--name", "甲支部", "--preset", "rural_community", book=False)
    assert (check.data_folder() / "book.db").is_file()
    beside.mkdir()
    shutil.copy(check.book, beside / "book.db")
    told = check.run("members", book=False).splitlines()[-1]
    assert told == "共44人", told
    shutil.rmtree(beside)
    assert check.run("members", book=False) == "共0人"
    return "beside the program: 44 members; in the data folder: its own book"


def newer_book(check: Check) -> str:
    """A book that a newer program has saved is refused in a sentence and not touched."""
    newer = check.place / "新版的账本.db"
    shutil.copy(check.book, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = newer.read_bytes()
    told = check.run("--book", newer, "doctor", code=2)
    assert "请用新版程序打开" in told and newer.read_bytes() == before, told
    return told


def older_book(check: Check) -> str:
    """A newer folder beside the old one finds the book in the data folder, backs it up and brings it up, rows kept."""
    book, backups = check.data_folder() / "book.db", check.data_folder() / "backups"
    book.unlink()
    shutil.rmtree(backups, ignore_errors=True)
    old_book(book, _OLD_SCHEMA)
    check.folder = check.folder.rename(check.place / "主题党日台账 新版")
    told = check.run("members", "--all", book=False)
    with closing(sqlite3.connect(book)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    assert version == schema.newest_version() and all(name in told for name in ("𠮷野㛃", "阿依努尔·买买提")), (
        told,
        version,
    )
    made = list(backups.glob("BK-*.zip"))
    assert len(made) == 1, "no backup was made before the book was brought up"
    check.run("verify", made[0], book=False)
    return f"schema {_OLD_SCHEMA} to {version}, the members of the golden book are there; {made[0].name} verified"


def not_unpacked(check: Check) -> str:
    """The start file alone, as when it is opened inside the zip, stops with a message (Wine's cmd cannot show its Chinese)."""
    alone = check.place / "只有 一个文件"
    alone.mkdir()
    shutil.copy(check.folder / START, alone)
    code, told = check.wine.run(["cmd", "/c", START], alone, keys="\r\n")
    assert code == 1 and len(told.splitlines()) > 3, (code, told)
    return f"exit code {code}, {len(told.splitlines())} lines"


def wheels(check: Check) -> str:
    """The second form: pip installs it from its own folder alone, and the program starts."""
    form = check.built.with_name(WHEELS)
    assert not wrong_sums(form), "not as summed"
    shutil.copytree(Path(pip.__file__).parent, check.place / "pip" / "pip")
    found = check.inside("install_wheels", check.place / "pip", form / "wheels", check.place / "装 好的", check.book)
    assert found["from_there"] and found["told"].splitlines()[-1] == "共44人", found
    return f"{found['packages']} packages installed without a network; {found['told'].splitlines()[-1]}"


def uninstalled(check: Check) -> str:
    """When the folder is deleted, the program is gone: what stays is the book and its backups, nowhere else a file or an entry."""
    shutil.rmtree(check.folder)
    check.wine.stop()  # it writes its registry when it ends
    left = check.of_the_user() - check.before
    elsewhere = [str(it) for it in left if check.data_folder() not in it.parents]
    named = [
        it.name for it in check.wine.prefix.glob("*.reg") if "partyday" in it.read_text("utf-8", "replace").lower()
    ]
    assert not elsewhere and not named, (elsewhere, named)
    return f"{len(left)} files stay, all in the data folder"


STEPS: list[Callable[[Check], str]] = [
    whole, modules, new_book, roster, roll, console, browser, export, open_sheet, second_window, doctor, backup_and_restore,
    stick, carried_on_a_stick, carried, newer_book, older_book, not_unpacked, wheels, whole, uninstalled,
]  # fmt: skip


def main() -> int:
    """Run every step and say what it showed; 0 where all hold, 1 where one does not, 77 where Wine is not installed."""
    if why := Wine.missing():
        print(f"windows-check skipped: {why}")
        return SKIPPED
    built = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "dist" / FOLDER
    if not built.is_dir():
        print(f"there is no {built.name} in dist; build it first: make windows-bundle", file=sys.stderr)
        return 1
    ends: list[str] = []
    with tempfile.TemporaryDirectory(prefix="partyday-check-") as name:
        check = Check(built, Path(name))
        check.prepare()
        try:
            for step in STEPS:
                ends.append(_end(step, check))
        finally:
            check.wine.stop()
    failed, untold = ends.count(_WRONG), ends.count(_NOT_SHOWN)
    print(f"Wine, not Windows: {ends.count(_OK)} passed, {failed} failed" + f", {untold} not shown here" * bool(untold))
    return 1 if failed else 0


def _end(step: Callable[[Check], str], check: Check) -> str:
    try:
        end, told = _OK, step(check)
    except NotShownHere as why:
        end, told = _NOT_SHOWN, str(why)
    except Exception as error:  # a step that breaks must not hide the others
        end, told = _WRONG, f"{type(error).__name__}: {error}"
    print(f"{end} {step.__doc__}\n      {told}", flush=True)
    return end


if __name__ == "__main__":
    sys.exit(main())

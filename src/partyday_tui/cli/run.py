"""One command from its arguments to its exit code."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui import __version__
from partyday_tui.cli.parser import Parser, day, speak_chinese
from partyday_tui.clock import Clock
from partyday_tui.config import usual_book
from partyday_tui.errors import UserMistake
from partyday_tui.rules.literal import escaped, on_one_line
from partyday_tui.rules.text import only_seen
from partyday_tui.streams import guarded

if TYPE_CHECKING:
    from partyday_tui.rules.clock_doubt import ClockDoubt
    from partyday_tui.store.book import Book

# Each module adds its commands to the parser; one that is not called is not imported.
_COMMANDS = {
    "new": "books",
    "demo": "books",
    "import": "imports",
    "members": "roster",
    "plan": "plan",
    "holidays": "plan",
    "roll": "roll",
    "mark": "roll",
    "event": "event",
    "duties": "duties",
    "presets": "duties",
    "export": "exports",
    "forms": "exports",
    "deliver": "delivery",
    "package": "package",
    "register": "registers",
    "leave": "leave",
    "cases": "cases",
    "makeup": "makeup",
    "attendance": "attendance",
    "dues": "dues",
    "review": "review",
    "appraisal": "appraisal",
    "vote": "vote",
    "doctor": "doctor",
    "backup": "backup",
    "verify": "backup",
    "restore": "backup",
    "manual": "manual",
    "unlock": "unlock",
    "collect": "collect",
    "web": "web",
}


class Context:
    """What a command is handed: the clock, the book's place, and how to answer."""

    def __init__(self, book_path: Path, clock: Clock) -> None:
        self.book_path = book_path
        self.clock = clock

    @contextmanager
    def book(self, *, writing: bool = False) -> Iterator["Book"]:
        """The book, opened for one command; one that writes is refused where the book fails its check (R16) or the clock is not believed (R18).

        Naming the day with --today is the user's answer to the question of the clock.
        """
        from partyday_tui.services import books

        book = books.open_existing(self.book_path, self.clock)
        if book.news:
            print(book.news, file=sys.stderr)
        try:
            if writing:
                from partyday_tui.services.start_check import check_at_start

                check_at_start(book)
            if writing and self.clock.day is None:
                _hold_against_the_clock(books.clock_doubt(book), self.clock)
                if warning := self.clock.zone_warning():
                    print(warning, file=sys.stderr)
            yield book
        except Exception as error:
            from partyday_tui.services.start_check import damage_behind

            if damage := damage_behind(book, error):
                raise damage from error
            raise
        finally:
            book.close()

    def has_book(self) -> bool:
        """Whether there is a book to open."""
        return self.book_path.is_file()


def _hold_against_the_clock(found: "ClockDoubt | None", clock: Clock) -> None:
    """Refuse to write on a day that cannot be; a clock far ahead may be right, and is only told of."""
    if found is None:
        return
    if found.days:
        print(
            f"注意：离账本最后一笔 {found.newest} 已有 {found.days} 天，这次记在 {clock.today}；日期不对请先校正电脑日期。",
            file=sys.stderr,
        )
        return
    why = f"早于账本最后一笔 {found.newest}" if found.newest and clock.today < found.newest else "不可能是今天"
    raise UserMistake(f"电脑日期 {clock.today} {why}，没有写入；请校正电脑日期，或用 --today 指明今天。")


def run(arguments: list[str]) -> int:
    """Run the command named in `arguments`; returns the exit code."""
    speak_chinese()
    with guarded():
        frame, words = _frame(add_help=False).parse_known_args(arguments)
        options = _parser(words).parse_args(arguments)
        _take_out_unseen(options)
        context = Context(frame.book or usual_book(), Clock(frame.today))
        code: int = options.run(options, context)
    return code


def _take_out_unseen(options: argparse.Namespace) -> None:
    """Take out of every text what cannot be seen, as the fields of the screen do, and tell of it.

    A text that names a file as it stands keeps its characters: they are the file's.
    """

    def seen(text: str) -> str:
        kept, told = only_seen(text)
        if not told or os.path.lexists(text):
            return text
        print(f"「{on_one_line(kept)}」{told}。", file=sys.stderr)
        return kept

    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, seen(value))
        elif isinstance(value, list):
            setattr(options, name, [seen(it) if isinstance(it, str) else it for it in value])


def _frame(*, add_help: bool) -> Parser:
    """What may stand in front of any command."""
    parser = Parser(prog="partyday", description="主题党日台账：不带命令时打开窗口。", add_help=add_help)
    parser.add_argument("--book", type=Path, metavar="文件", help="账本文件，不写就用本机的账本")
    parser.add_argument("--today", type=day, metavar="日期", help="把这一天当作今天，如 2026-11-06")
    return parser


def _parser(words: list[str]) -> Parser:
    parser = _frame(add_help=True)
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=Parser, required=True)
    named = next((word for word in words if word in _COMMANDS), None)
    # Only the named command's module is needed; without one, all of them, for the help page.
    for module in dict.fromkeys([_COMMANDS[named]] if named else _COMMANDS.values()):
        import_module(f"partyday_tui.cli.{module}").add_commands(commands)
    return parser


def answer(value: Any) -> None:
    """Print a figure or a list as JSON, in which nothing steers a terminal and which reads as it was."""
    print(escaped(json.dumps(value, ensure_ascii=False, indent=2)))


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add ``--json`` to a command that reads figures."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")

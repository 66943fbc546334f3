"""`CountBallots`: ballots read aloud and counted one by one, a digit a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.widget import Widget

from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.frame import Dialog, KeyWords
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.show import cells
from partyday_tui.ui.widgets.columns import Column, Row
from partyday_tui.ui.widgets.register import Register


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: ballots returned, those among them that are void, and the counts of each line."""

    returned: int
    void: int
    rows: Mapping[str, tuple[int, ...]]


class CountBallots(Dialog[Tally]):
    """Answers a `Tally` when F5 is pressed; ``lines`` are (key, words), ``answers`` the digits 1, 2, … in words.

    ``given`` is how many there can be at the most, ``begin`` what was counted before and is counted on. Space gives the rest of a ballot the answer ``usual`` (0 is the first).
    The ballots themselves are held only while the dialog stands, to take back a slip; what is answered are sums, so that nobody can
    tell later who voted what.
    """

    WIDTH: ClassVar[int] = 78
    LAST = ("Esc", "返回", "不存了；数过的先问一句")
    HEAD_LINES: ClassVar[int] = 2

    def __init__(
        self,
        title: str,
        lines: Sequence[tuple[str, str]],
        answers: Sequence[str],
        *,
        given: int,
        begin: Tally,
        usual: int = 0,
    ) -> None:
        super().__init__(title)
        self._keys = (
            *((str(number), word) for number, word in enumerate(answers, 1)),
            ("0", "废票", "整张是废票"),
            ("F5", "存盘", "数完了，存进账本；^S 也一样"),
            ("空格", f"其余{answers[usual]}", "这一张剩下的行都这样记，接下一张"),
            ("退格", "收回", "收回刚按的一行，可以一直退"),
        )
        self._lines, self._answers, self._usual = tuple(lines), tuple(answers), usual
        self._given, self._begin = given, begin
        self._counts = [list(begin.rows.get(key, (0,) * len(answers))) for key, _ in lines]
        self._done: list[tuple[int, ...] | None] = []
        self._now: list[int] = []
        columns = [Column("", flex=1, ink="strong"), Column("这张", 8, ink="key")]
        self.register = Register([*columns, *(Column(word, max(cells(word), 4), align="right") for word in answers)])
        self._show_all()
        self.tell(f"一行按一个数字，一张数完自动接下一张；空格是其余都{answers[usual]}，退格收回", ink="quiet")

    def body(self) -> Sequence[Widget]:
        """The lines of the ballot."""
        return (self.register,)

    def wanted_lines(self, width: int) -> int:
        """A line for each line of the ballot, and the heads."""
        return len(self._lines) + 1

    def keys_here(self) -> KeyWords:
        """The digits are the keys."""
        return self._keys

    def take(self, stroke: Stroke) -> bool:
        """A digit answers the line at hand; after the last line the next ballot begins by itself."""
        self.tell("")
        marks = stroke.digit is not None or stroke.key == "space"
        if marks and self._begin.returned + len(self._done) >= self._given:
            self.tell(f"发出的{self._given}张已经数满，请先按 F5 存盘；还有票的，核对发出的票数再接着数")
        elif stroke.digit is not None:
            self._take_digit(stroke.digit)
        elif stroke.key == "space":
            self._now += [self._usual] * (len(self._lines) - len(self._now))
            self._end_ballot()
        elif stroke.key == "backspace":
            self._take_back()
        elif stroke.key in ("f5", "ctrl+s"):
            self._finish()
        else:
            return False
        return True

    def back(self) -> None:
        """Esc asks where ballots would be lost."""
        if not self._done and not self._now:
            self.dismiss(None)
            return
        question = f"已经数了{len(self._done)}张，还没有存。不存就返回吗？"
        self.app.push_screen(Confirm("没有存盘", question, danger=True, yes="不存，返回", no="接着数"), self._leave)

    def tally(self) -> Tally:
        """Everything counted so far, with what was counted before."""
        void = sum(ballot is None for ballot in self._done)
        return Tally(
            self._begin.returned + len(self._done),
            self._begin.void + void,
            {key: tuple(counts) for (key, _), counts in zip(self._lines, self._counts, strict=True)},
        )

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)

    def _take_digit(self, digit: int) -> None:
        if digit > len(self._answers):
            self.tell(f"没有{digit}，请按1到{len(self._answers)}，废票按0")
        elif digit == 0 and self._now:
            self.tell("这张已经记了几行；整张是废票的，先按退格收回，再按0")
        elif digit == 0:
            self._done.append(None)
            self._show_all()
        else:
            self._now.append(digit - 1)
            if len(self._now) == len(self._lines):
                self._end_ballot()
            else:
                self._show_line(len(self._now) - 1)
                self._show_place()

    def _end_ballot(self) -> None:
        self._done.append(tuple(self._now))
        self._add_up(self._now, 1)
        self._now = []
        self._show_all()

    def _take_back(self) -> None:
        """The last digit; at the start of a ballot the whole one before comes back for its last line."""
        if self._now:
            self._now.pop()
        elif self._done:
            last = self._done.pop()
            self._add_up(last or (), -1)
            self._now = list(last[:-1]) if last else []
        self._show_all()

    def _finish(self) -> None:
        if self._now:
            self.tell("这一张还没有数完，请数完再存；读错的按退格收回")
        elif not self._done:
            self.tell("还没有数一张票，请按数字记这一张的第一行")
        else:
            self.dismiss(self.tally())

    def _add_up(self, ballot: Sequence[int], by: int) -> None:
        for counts, answer in zip(self._counts, ballot, strict=False):
            counts[answer] += by

    def _row(self, place: int) -> Row:
        key, words = self._lines[place]
        here = self._answers[self._now[place]] if place < len(self._now) else ""
        return Row(key, (words, here, *map(str, self._counts[place])))

    def _show_all(self) -> None:
        self.register.set_rows([self._row(place) for place in range(len(self._lines))])
        self._show_place()

    def _show_line(self, place: int) -> None:
        row = self._row(place)
        self.register.update_row(row.key, row.cells)

    def _show_place(self) -> None:
        """Which ballot and which line are at hand."""
        self.register.go_to(self._lines[len(self._now)][0])
        returned = self._begin.returned + len(self._done)
        void = self._begin.void + sum(ballot is None for ballot in self._done)
        which = f"正在数第{returned + 1}张" if returned < self._given else f"发出的{self._given}张都数完了"
        saved = f"未存{len(self._done)}张 " if self._done else ""
        self.head.put(1, f" {which}  已数{returned}张" + (f"，其中废票{void}张" if void else ""), saved)

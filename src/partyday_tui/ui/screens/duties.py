"""自查: every rule of the branch that asks for something, in a month, a quarter or the year: state, due day, evidence (SUP-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.rules.duties.duty import Duty, Period, Proof
    from partyday_tui.rules.month import Month
    from partyday_tui.services.self_check import OtherRule, SelfCheck
    from partyday_tui.store.book import Book

_SPANS = ("month", "quarter", "year")
_SPAN_WORDS = {"month": "月", "quarter": "季度", "year": "年"}
_RULE = "rule "


class DutiesScreen(BookScreen):
    """The duties of a span around one month; Enter goes to where a duty is settled."""

    TITLE_WORD = "自查"
    SUMMARY_LINES = 1
    EMPTY = "这一段没有要办的事。左右键换一段，F5 换成季度或全年。"
    ACTIONS = (
        Action("enter", "去办", "到办这件事的页面去", "choose_row"),
        Action("f5", "月季年", "换成看一个月、一个季度或全年", "next_span", reading="yjn yuejinian"),
        Action("left", "上一段", "看上一月、上一季度或上一年", "earlier", footer=False, reading="syd shangyiduan"),
        Action("right", "下一段", "看下一月、下一季度或下一年", "later", footer=False, reading="xyd xiayiduan"),
        EXPORT,
        Action("ctrl+o", "看原文", "看这件事的原文、凭据和说明", "show_sentence", reading="kyw kanyuanwen"),
    )  # fmt: skip
    COLUMNS = (
        Column(
            "状态", 6, inks={"逾期": "late", "不适用": "quiet", "未到期": "quiet", "另见": "quiet", "说明": "quiet"}
        ),
        Column("应办于", 10, ink="quiet"),
        Column("事项", flex=3, ink="strong"),
        Column("凭据或缺什么", flex=3, ink="quiet"),
        Column("程度", 4, ink="quiet", from_width=100),
    )

    def __init__(self, target: str | None = None) -> None:
        super().__init__()
        self._span = target if target in _SPANS else "month"
        self._month: Month | None = None
        self._check: SelfCheck | None = None

    def on_mount(self) -> None:
        """Show this month."""
        super().on_mount()
        self._start(self._read())

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say the sentence behind the row."""
        event.stop()
        self._say_why()

    def choose_row(self) -> None:
        """Enter goes to the row's place."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Go to where the duty is settled."""
        other = self._other_here()
        way = other.way if other else self._check.ways.get(str(key)) if self._check else None
        if way is not None:
            self.post_message(self.Go(way.where, way.target))
        elif other is not None:
            self.tell(f"{other.why}。")

    async def next_span(self) -> None:
        """Month, quarter, year."""
        self._span = _SPANS[(_SPANS.index(self._span) + 1) % len(_SPANS)]
        await self._read()

    async def export_forms(self) -> None:
        """Write the self-check of the month or the year that is shown; for a quarter it is asked of when."""
        month = self._month if self._span == "month" else None
        year = self._month.year if self._month and self._span == "year" else None
        await export_from(self, "duties", Shown(year=year, month=month))

    async def earlier(self) -> None:
        """The span before."""
        await self._step(-1)

    async def later(self) -> None:
        """The span after."""
        await self._step(1)

    async def show_sentence(self) -> None:
        """The sentence, what counts as evidence, what supplied it, and the program's note."""
        from partyday_tui.rules.policy import STRENGTH_WORDS
        from partyday_tui.ui.dialogs.show_text import ShowText

        if other := self._other_here():
            words = f"{other.title}：{other.rule.value_words}\n{other.rule.source}\n{other.why}。"
            await self.ask(ShowText("规则", words))
        duty = self._duty_here()
        if duty is None:
            return
        due = f"应于{duty.due_on}" if duty.due_on else "没有期限"
        late = f"，迟了{duty.days_late}天" if duty.days_late else ""
        lines = [
            f"{duty.title}：{duty.state}，{due}{late}",
            f"原文：「{duty.sentence}」（{STRENGTH_WORDS[duty.strength]}）",
        ]
        lines.append(f"凭据：{duty.evidence_words}")
        if duty.missing:
            lines.append(f"还缺：{'、'.join(duty.missing)}")
        if duty.evidence:
            lines.append(f"已有：{'、'.join(map(_proof_words, duty.evidence))}")
        if duty.note:
            lines.append(f"说明：{duty.note}")
        await self.ask(ShowText("应办事项", "\n".join(lines)))

    async def _step(self, by: int) -> None:
        from partyday_tui.rules.month import Month

        if self._month is not None:
            months = {"month": 1, "quarter": 3, "year": 12}[self._span]
            wanted = self._month + by * months
            if Month(1949, 1) <= wanted <= Month(2200, 12):
                self._month = wanted
                await self._read()

    async def _read(self) -> None:
        from partyday_tui.rules.month import Month

        self._month = self._month or Month.of(self.partyday.clock.today)
        self._check = await self.partyday.call(_read_check, self._span, self._month)
        branch = self.partyday.branch
        self.set_title(f"{_words(self._check.period)}  左右键换", branch.name if branch else "", SaveState.SAVED)
        counts = self._check.counts
        late = counts.get("逾期", 0)
        words = "  ".join(
            f"{state}{counts[state]}" for state in ("待办", "未到期", "已办", "不适用") if counts.get(state)
        )
        self.set_summary([(f"逾期{late}  " if late else "", "late"), (words, "")], f"按{_SPAN_WORDS[self._span]}看 ")
        rows = [Row(duty.key, _cells(duty)) for duty in self._check.duties]
        if self._check.others:
            rows.append(Row(None, ("  没有期限的规则",)))
            rows += [Row(_RULE + other.rule.key, _other_cells(other)) for other in self._check.others]
        self.register.set_rows(rows)
        self._say_why()

    def _duty_here(self) -> Duty | None:
        key = self.register.cursor_key
        return next((duty for duty in self._check.duties if duty.key == key), None) if self._check else None

    def _other_here(self) -> OtherRule | None:
        key = str(self.register.cursor_key or "")
        others = self._check.others if self._check else ()
        return next((it for it in others if _RULE + it.rule.key == key), None)

    def _say_why(self) -> None:
        duty, other = self._duty_here(), self._other_here()
        self.tell(f"「{duty.sentence}」" if duty else other.rule.source if other else "", ink="quiet")


def _cells(duty: Duty) -> tuple[str, ...]:
    from partyday_tui.rules.policy import STRENGTH_WORDS

    count = f"（{duty.tally[0]}/{duty.tally[1]}）" if duty.tally else ""
    if duty.state == "已办":
        late = f" 迟{duty.days_late}天" if duty.days_late else ""
        proof = f"{duty.done_on or ''}{late}".strip() or "已记"
    else:
        why = duty.note if duty.state == "不适用" else duty.evidence_words
        proof = f"缺{'、'.join(duty.missing)}" if duty.missing else why
    return duty.state, str(duty.due_on or ""), duty.title + count, proof, STRENGTH_WORDS[duty.strength]


def _proof_words(proof: Proof) -> str:
    from partyday_tui.rules.duties.duty import PROOF_WORDS

    return f"{proof.on or ''}{PROOF_WORDS.get(proof.kind, '记录')}"


def _other_cells(other: OtherRule) -> tuple[str, ...]:
    from partyday_tui.rules.policy import STRENGTH_WORDS

    strength = STRENGTH_WORDS[other.rule.rule.strength] if other.rule.rule else ""
    value = "" if other.rule.value is True else f"：{other.rule.value_words}"
    return "另见" if other.way else "说明", "", f"{other.title}{value}", other.why, strength


def _words(period: Period) -> str:
    year, _, part = period.which.partition("-")
    return f"{year}年" if not part else f"{year}年第{part[1:]}季度" if part[0] == "Q" else f"{year}年{int(part)}月"


def _read_check(book: Book, span: str, month: Month) -> SelfCheck:
    from partyday_tui.services.self_check import read_check  # in the book's thread, after the frame is painted

    return read_check(book, span, month)

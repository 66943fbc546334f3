"""The forms of a review: counts typed as rows, ballots counted one by one, remarks that become improvement items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, check_ballots, read_row, row_text
from partyday_tui.rules.review import ANSWERS, ClassReview
from partyday_tui.services import review as service
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.count_ballots import CountBallots, Tally
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partyday_tui.services.review import ReviewPage
    from partyday_tui.ui.book_screen import BookScreen

_ROW_HINT = "满意 基本满意 不满意，如 18 4 1；没有写的算弃权"


def class_of(page: ReviewPage, voter: str) -> ClassReview | None:
    """What a class of voters said; None where it has not voted."""
    return next((it for it in page.review.classes if it.voter == voter), None) if page.review else None


async def ask_for_voter(screen: BookScreen, taken: Sequence[str]) -> str | None:
    """Which class of voters, of those that are not there yet."""
    free = [(key, word, "") for key, word in VOTER_WORDS.items() if key not in taken]
    if not free:
        raise UserMistake("各类投票人都已经加上了，请在原来的那一类上改。")
    return await screen.ask(Choose("加哪一类投票人", free))


async def fill_class(screen: BookScreen, page: ReviewPage, voter: str) -> str | None:
    """The ballots and the rows of one class in one form; returns what to tell, None where the user went back."""
    held = class_of(page, voter)
    lines = service.lines_of(page.review, page.terms)
    given = str(held.ballots.given) if held else str(page.came) if voter == "party" and page.came else ""
    fields = [
        Field("given", "发出票", given, "number", required=True),
        Field("returned", "收回票", str(held.ballots.returned) if held else "", "number", required=True),
        Field("void", "废票", str(held.ballots.void) if held else "0", "number", required=True),
        *(
            Field(f"row{place}", line, row_text(held.counts(line)) if held else "", hint=_ROW_HINT, required=True)
            for place, line in enumerate(lines)
        ),
    ]

    def check(values: Values) -> tuple[str, str] | None:
        return mistake_in(values, VOTER_WORDS[voter], [(f"row{n}", line) for n, line in enumerate(lines)], ANSWERS)

    title = f"测评票数  {VOTER_WORDS[voter]}"
    values = await screen.ask(FormDialog(title, fields, check=check))
    if values is None:
        return None
    rows = {line: values[f"row{place}"] for place, line in enumerate(lines)}
    return await _write(screen, page, voter, ballots_in(values), rows)


def ballots_in(values: Values) -> Ballots:
    """The ballots that a form says."""
    return Ballots(*(int(values[name] or 0) for name in ("given", "returned", "void")))


def mistake_in(
    values: Values, who: str, rows: Sequence[tuple[str, str]], answers: Sequence[str]
) -> tuple[str, str] | None:
    """The field and the sentence of the first sum that fails; ``rows`` are (field, line), a blank one is passed over."""
    ballots = ballots_in(values)
    try:
        check_ballots(ballots, who)
    except UserMistake as mistake:
        return ("void" if "废票" in mistake.sentence.partition("，")[0] else "returned"), mistake.sentence
    for field, line in rows:
        try:
            if values[field]:
                read_row(values[field], ballots.valid, answers, line)
        except UserMistake as mistake:
            return field, mistake.sentence
    return None


async def count_class(screen: BookScreen, page: ReviewPage, voter: str) -> str | None:
    """Count the ballots of one class one by one, on top of what was counted before or anew."""
    held, who = class_of(page, voter), VOTER_WORDS[voter]
    lines = service.lines_of(page.review, page.terms)
    rows = dict(held.rows) if held else {}
    begin = await where_to_begin(screen, who, held.ballots if held else Ballots(), rows, set(lines) <= set(rows))
    if begin is None:
        return None
    given = held.ballots.given if held else await ask_given(screen, who, page.came if voter == "party" else 0)
    if not given:
        return None
    dialog = CountBallots(f"逐张数票  {who}", [(line, line) for line in lines], ANSWERS, given=given, begin=begin)
    tally = await screen.ask(dialog)
    if tally is None:
        return None
    typed = {line: row_text(counts) for line, counts in tally.rows.items()}
    return await _write(screen, page, voter, Ballots(given, tally.returned, tally.void), typed)


async def where_to_begin(
    screen: BookScreen, who: str, ballots: Ballots, rows: dict[str, tuple[int, ...]], is_whole: bool
) -> Tally | None:
    """What to count on from: nothing, or what is there already, as the user says; only a whole count can be counted on."""
    if not ballots.returned:
        return Tally(0, 0, {})
    on = ("on", "接着数", f"已经数了{ballots.returned}张，往上加")
    anew = ("anew", "从头数", "原来的票数换掉，修改记录里还查得到")
    way = await screen.ask(Choose(f"{who}的票", [on, anew] if is_whole else [anew]))
    if way is None:
        return None
    return Tally(ballots.returned, ballots.void, rows) if way == "on" else Tally(0, 0, {})


async def ask_given(screen: BookScreen, who: str, usual: int) -> int | None:
    """How many ballots were given out."""
    field = Field("given", "发出票", str(usual or ""), "number", required=True, hint="一共发了多少张，填好按 F5")
    values = await screen.ask(FormDialog(f"发给{who}的票", [field]))
    return int(values["given"]) if values else None


async def ask_for_day(screen: BookScreen, page: ReviewPage) -> str | None:
    """The day of the review."""
    from partyday_tui.ui.screens.day_field import read_day

    year = page.event.on_date.year if page.event.on_date else screen.partyday.clock.today.year
    held = page.review.on if page.review else page.event.on_date
    hint = "每次活动后当即测评；后来补做的填补做的日期"
    values = await screen.ask(
        FormDialog("测评日期", [day_field("on", "测评日期", held, year=year, required=True, hint=hint)])
    )
    on = read_day(values["on"], year) if values else None
    if on is None:
        return None
    await screen.partyday.call(service.write_day, page.event.id, on)
    return "已存盘。"


async def edit_remarks(screen: BookScreen, page: ReviewPage) -> str | None:
    """What was remarked, a line a remark; then which of it becomes an improvement item."""
    from partyday_tui.ui.dialogs.paste_text import PasteText

    held = page.review.remarks if page.review else ""
    text = await screen.ask(PasteText("意见建议", "一行一条；不写是谁说的", held, may_be_empty=True))
    if text is None:
        return None
    await screen.partyday.call(service.write_remarks, page.event.id, text)
    page = await screen.partyday.call(service.read_review, page.event.id)
    return await make_problems(screen, page) or "已存盘。"


async def make_problems(screen: BookScreen, page: ReviewPage) -> str | None:
    """Tick the remarks that become improvement items in the register of problems (EVA-07)."""
    from partyday_tui.ui.dialogs.tick_list import TickList

    remarks = service.remarks_of(page)
    if not remarks:
        return None
    entries = [(str(place), remark, "") for place, remark in enumerate(remarks)]
    chosen = await screen.ask(TickList("哪几条要整改，记进「问题整改」", entries, frozenset()))
    if not chosen:
        return None
    fields = [Field("owner", "责任人", hint="谁来改，可以先空着"), Field("due_on", "整改期限", "", "date")]
    values = await screen.ask(FormDialog(f"整改事项  {len(chosen)}条", fields))
    if values is None:
        return None
    wanted = [remark for place, remark in enumerate(remarks) if str(place) in chosen]
    await screen.partyday.call(service.remarks_to_problems, page.event.id, wanted, values["owner"], values["due_on"])
    return f"已存盘，{len(wanted)}条记进了「问题整改」（F7）。"


async def _write(screen: BookScreen, page: ReviewPage, voter: str, ballots: Ballots, rows: dict[str, str]) -> str:
    written = await screen.partyday.call(service.write_class, page.event.id, voter, ballots, rows)
    alone = "只有一张票，看得出是谁投的，建议并入别的一类。" if ballots.valid == 1 else ""
    return (
        f"已存盘，{VOTER_WORDS[voter]}有效票{ballots.valid}张，满意率{written.share.words}。{alone}{written.lateness}"
    )

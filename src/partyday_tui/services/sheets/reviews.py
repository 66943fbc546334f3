"""The forms of a review: blank ballots to give out, and the tally of what came back (domain.md 2.c 主题测评汇总, 参考样式)."""

from collections.abc import Sequence
from dataclasses import dataclass

from partyday_tui.rules.ballots import VOTER_WORDS, Ballots
from partyday_tui.rules.events import Event
from partyday_tui.rules.review import ANSWERS, MODE_WORDS, ClassReview, Review, class_share, review_share, share
from partyday_tui.rules.sheet import Cell, Column, Form, Line, Table
from partyday_tui.services.books import branch_of
from partyday_tui.services.review import lines_of
from partyday_tui.services.review_year import review_year, terms_on
from partyday_tui.store import reviews
from partyday_tui.store.book import Book

_MARK = "参考样式"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What both sheets are made of; ``lines`` are what is asked, the overall line last."""

    branch: str
    event: Event
    lines: Sequence[str]
    mode: str
    review: Review | None
    sentence: str


def ballot_form(book: Book, event: Event) -> Form:
    """One blank ballot on A4, also before the event's day: nobody's name, one tick a line, room for remarks."""
    sheet = _read(book, event)
    columns = [Column("测评内容", 28, "left"), *(Column(word, 11) for word in ANSWERS)]
    rows: list[list[Cell]] = [[line, *[None] * len(ANSWERS)] for line in sheet.lines]
    kinds = "　".join(f"□{word}" for word in VOTER_WORDS.values())
    return Form(
        title="主题党日活动测评票",
        unit=(f"党支部：{sheet.branch}", "无记名"),
        head=[*_head(sheet), (f"我是：{kinds}",)],
        parts=(
            Table(columns, rows, "", 30, 40),
            Table([Column("意见和建议", 72, "left")], [[None]], "", 90, 140, repeats=False),
        ),
        foot=[("请在每一行只选一格打「√」，不选算弃权；不要写姓名。",)],
        mark=_MARK,
    )


def tally_form(book: Book, event: Event) -> Form:
    """The tally: ballots, counts by class of voters and in total, the rate with the way it is reckoned, the remarks."""
    sheet = _read(book, event)
    review = sheet.review
    classes = review.classes if review else ()
    columns = [
        Column("投票人", 12),
        Column("测评内容", 22, "left"),
        *(Column(word, 10) for word in (*ANSWERS, "满意率")),
    ]
    rows: list[list[Cell]] = []
    for it in classes:
        rows += _class_rows(it, sheet)
    if review and len(classes) > 1:
        counts = [(line, review.counts(line)) for line in sheet.lines]
        rows += [["合计", line, *each, share(each, sheet.mode).words] for line, each in counts]
    ballots = [_ballot_row(VOTER_WORDS[it.voter], it.ballots, class_share(it, sheet.mode).words) for it in classes]
    if review and len(classes) > 1:
        ballots.append(_ballot_row("合计", review.ballots, review_share(review, sheet.mode).words))
    heads = [Column(word, 12) for word in ("投票人", "发出", "收回", "废票", "有效票", "满意率")]
    return Form(
        title="主题党日活动测评汇总表",
        unit=(f"党支部：{sheet.branch}", f"测评日期：{review.on}" if review else ""),
        head=[*_head(sheet), (f"满意率算法：{MODE_WORDS[sheet.mode]}（各项合计，总体评价另列）",)],
        parts=(Table(columns, rows, "", 22, 28), Table(heads, ballots, "票数", 22, 28, repeats=False)),
        foot=_foot(sheet),
        mark=_MARK,
    )


def result_words(book: Book, event: Event) -> str:
    """What came out of an event's review, in words for its record: ballots, rates, each line, remarks; '' where none was counted."""
    sheet = _read(book, event)
    review = sheet.review
    if review is None or not review.classes:
        return ""
    ballots, total, only = review.ballots, review_share(review, sheet.mode), review_share(review, "satisfied")
    given = f"发出{ballots.given}张，收回{ballots.returned}张，废票{ballots.void}张，有效{ballots.valid}张"
    counted = "；".join(
        f"{line}：{'、'.join(f'{word}{number}' for word, number in zip(ANSWERS, review.counts(line), strict=True))}"
        for line in sheet.lines
    )
    remarks = review.remarks.replace("\n", "；")
    return "\n".join(
        filter(
            None,
            [
                f"{review.on}测评，{given}。",
                f"满意率{total.words}（算法：{MODE_WORDS[sheet.mode]}），其中只算满意的{only.words}。",
                f"{counted}。",
                remarks and f"意见和建议：{remarks}",
            ],
        )
    )


def _read(book: Book, event: Event) -> _Sheet:
    review, day = reviews.review(book, event.id), event.on_date or book.clock.today
    terms, told = terms_on(book, day), review_year(book, day.year).sentence
    return _Sheet(branch_of(book).name, event, lines_of(review, terms), terms.mode, review, told)


def _class_rows(it: ClassReview, sheet: _Sheet) -> list[list[Cell]]:
    who = VOTER_WORDS[it.voter]
    return [[who, line, *it.counts(line), share(it.counts(line), sheet.mode).words] for line in sheet.lines]


def _ballot_row(who: str, ballots: Ballots, rate: str) -> list[Cell]:
    return [who, ballots.given, ballots.returned, ballots.void, ballots.valid, rate]


def _head(sheet: _Sheet) -> list[Line]:
    event = sheet.event
    return [(f"主题：{event.title}",), (f"时间：{event.on_date or ''}", f"地点：{event.place}")]


def _foot(sheet: _Sheet) -> list[Line]:
    review = sheet.review
    foot: list[Line] = []
    if review is None or not review.classes:
        foot.append(("还没有填票数。",))
    else:
        total = review_share(review, sheet.mode)
        only = review_share(review, "satisfied")
        foot.append((f"本次满意率{total.words}，其中只算满意的{only.words}。",))
    if sheet.sentence:
        foot.append((sheet.sentence,))
    if review and review.remarks:
        foot.append((f"意见和建议：{review.remarks.replace(chr(10), '；')}",))
    return [*foot, ("计票人：", "监票人：", "支部书记：")]

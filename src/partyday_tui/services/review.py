"""主题测评 of an event: the page, the ballots and counts by class of voters, remarks that become improvement items (EVA-01 to EVA-08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, check_ballots, read_row
from partyday_tui.rules.changes import Change
from partyday_tui.rules.event_record import EventRecord, read_date
from partyday_tui.rules.events import Event
from partyday_tui.rules.registers import Entry
from partyday_tui.rules.review import ANSWERS, ClassReview, Review, Share, asked, review_share
from partyday_tui.rules.text import BLOCK_LIMIT, clean_block, line_to_keep
from partyday_tui.services import registers
from partyday_tui.services.event_record import read_record
from partyday_tui.services.events import existing_event
from partyday_tui.services.review_year import ReviewYear, Terms, review_year, terms_on
from partyday_tui.store import changes
from partyday_tui.store import reviews as store
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book

_SOURCE = "主题测评"


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the screen of one review shows; ``expected`` are the heads that came, to begin the ballots with."""

    event: Event
    record: EventRecord
    review: Review | None
    terms: Terms
    year: ReviewYear
    came: int
    guests: int
    problems: tuple[Entry, ...]

    @property
    def share(self) -> Share:
        """The rate of the event."""
        return review_share(self.review, self.terms.mode) if self.review else Share()

    @property
    def lateness(self) -> str:
        """What is to be said of a review that was not held on the event's own day (EVA-01)."""
        if self.review is None or self.event.on_date is None or self.review.on == self.event.on_date:
            return ""
        return f"测评日期{self.review.on:%m-%d}不是活动当天{self.event.on_date:%m-%d}，当天就做了的请改「测评日期」。"


def open_event(book: Book, event_id: int) -> Event:
    """The event to be reviewed; raises UserMistake before its day (EVA-01: the review opens on the day itself)."""
    event = existing_event(book, event_id)
    if event.on_date is None:
        raise UserMistake("这次活动还没有定日期，测评要在活动当天做；请先在年历（F3）里定下日期。")
    if event.on_date > book.clock.today:
        raise UserMistake(f"这次活动在{event.on_date}，还没有到，测评要在活动当天做；请到那天再来。")
    return event


def read_review(book: Book, event_id: int) -> ReviewPage:
    """The page of one review; raises UserMistake before the event's day."""
    event = open_event(book, event_id)
    day = event.on_date or book.clock.today
    entries = rolls.roll(book, event_id, day)
    came = sum(1 for entry in entries if entry.status in ("present", "late"))
    guests = len(rolls.guests_of(book, event_id))
    review = store.review(book, event_id)
    return ReviewPage(
        event, read_record(book, event_id), review, terms_on(book, day), review_year(book, day.year), came, guests,
        problems_of(book, event, review),
    )  # fmt: skip


def write_class(
    book: Book, event_id: int, voter: str, ballots: Ballots, rows: Mapping[str, str], on: date | None = None
) -> ReviewPage:
    """Write what one class of voters said: its ballots and for each line of the ballot its counts as typed (「18 4 1」).

    Every line of the ballot must be there. ``on`` is the day of the review, today for a new one. Raises UserMistake that names the
    line and the sum that fails.
    """
    event = open_event(book, event_id)
    who = VOTER_WORDS[voter]
    check_ballots(ballots, who)
    known = store.review(book, event_id)
    rows = {line_to_keep(line, "测评内容", 80): typed for line, typed in rows.items() if line.strip()}
    lines = asked([*lines_of(known, terms_on(book, event.on_date or book.clock.today)), *rows])
    if missing := [line for line in lines if line not in rows]:
        raise UserMistake(f"还缺少「{missing[0]}」这一行的票数，请写成 18 4 1 这样。")
    counted = tuple((line, read_row(rows[line], ballots.valid, ANSWERS, line)) for line in lines)
    with book.act(f"记主题测评（{who}）") as transaction:
        store.write_fields(
            transaction, event_id, on or (known.on if known else book.clock.today), _dated(book, event, on)
        )
        store.write_class(transaction, event_id, ClassReview(voter, ballots, counted))
    return read_review(book, event_id)


def lines_of(review: Review | None, terms: Terms) -> tuple[str, ...]:
    """The lines of the ballot: those that were counted already, else those that the rules of the day name."""
    return review.lines if review and review.lines else terms.lines


def take_class_out(book: Book, event_id: int, voter: str) -> None:
    """Take out what one class of voters said; the record of changes keeps it."""
    with book.act(f"去掉主题测评（{VOTER_WORDS[voter]}）") as transaction:
        store.delete_class(transaction, event_id, voter)


def write_day(book: Book, event_id: int, on: date) -> None:
    """Write the day of the review."""
    event = open_event(book, event_id)
    with book.act("改测评日期") as transaction:
        store.write_fields(transaction, event_id, on, _dated(book, event, on))


def write_remarks(book: Book, event_id: int, text: str) -> None:
    """Write what was remarked, a line a remark."""
    remarks = clean_block(text).text.strip()
    if len(remarks) > BLOCK_LIMIT:
        raise UserMistake(f"意见建议有 {len(remarks)} 个字，最多 {BLOCK_LIMIT} 个字，请缩短后重填。")
    _write(book, event_id, "记测评意见", {"remarks": remarks})


def write_group_note(book: Book, event_id: int, text: str) -> None:
    """Write what was told of groups that made no effort (EVA-08)."""
    _write(book, event_id, "记对党小组的通报", {"group_note": line_to_keep(text, "对党小组的通报", 2000)})


def set_best_case(book: Book, event_id: int, is_best: bool) -> None:
    """Say whether the event is put forward as 最佳主题党日活动案例 (EVA-06)."""
    _write(book, event_id, "推荐最佳案例" if is_best else "不再推荐最佳案例", {"best_case": int(is_best)})


def remarks_of(page: ReviewPage) -> list[str]:
    """The remarks of a review that are no improvement item yet, a line each."""
    known = {str(entry.values["title"]) for entry in page.problems}
    lines = page.review.remarks.splitlines() if page.review else []
    return [line.strip() for line in lines if line.strip() and line.strip()[:200] not in known]


def remarks_to_problems(
    book: Book, event_id: int, remarks: Sequence[str], owner: str = "", due_on: str = ""
) -> list[int]:
    """Write remarks into the register of problems, an improvement item each (EVA-07, PRO-10); returns the keys."""
    event = open_event(book, event_id)
    register = registers.register_named("problem")
    due = read_date(due_on, "整改期限") or ""
    on = str(event.on_date)
    texts = {"on_date": on, "source": _SOURCE, "owner": owner, "due_on": due}
    return [key for it in remarks for key in registers.add(book, register, {**texts, "title": it[:200]}, ())[0]]


def problems_of(book: Book, event: Event, review: Review | None) -> tuple[Entry, ...]:
    """The improvement items that came of an event's review: found on its day, or in the words of its remarks."""
    if event.on_date is None:
        return ()
    register = registers.register_named("problem")
    said = {line.strip()[:200] for line in (review.remarks if review else "").splitlines()}
    found = registers.entries_of(book, register, event.on_date.year)
    of_reviews = [it for it in found if it.values["source"] == _SOURCE]
    return tuple(it for it in of_reviews if it.on == event.on_date or str(it.values["title"]) in said)


def _write(book: Book, event_id: int, what: str, fields: Mapping[str, str | int]) -> None:
    open_event(book, event_id)
    with book.act(what) as transaction:
        store.write_fields(transaction, event_id, book.clock.today, fields)


def _dated(book: Book, event: Event, on: date | None) -> dict[str, str | int]:
    """The day of the review where one is given; it lies neither before the event nor after today."""
    if on is None:
        return {}
    if (event.on_date and on < event.on_date) or on > book.clock.today:
        raise UserMistake(f"测评日期要在活动当天{event.on_date}到今天之间，请改一下。")
    return {"on_date": on.isoformat()}


def review_history(book: Book, event_id: int) -> list[Change]:
    """Every change of a review, newest first: counts only, since nothing else is ever written (SUP-05)."""
    return changes.changes_of_family(book, ("review", "review_ballots", "review_count"), event_id)

"""The sheets of reviews and appraisals as files, from the same reading as the screens."""

from __future__ import annotations

from pathlib import Path

from partyday_tui.errors import UserMistake
from partyday_tui.services.appraisal import read_appraisal
from partyday_tui.services.books import branch_of
from partyday_tui.services.events import existing_event
from partyday_tui.services.review import lines_of
from partyday_tui.services.review_year import review_year, terms_on
from partyday_tui.store import reviews
from partyday_tui.store.book import Book


def export_review(book: Book, event_id: int, folder: Path, *, blank: bool) -> Path:
    """Write the blank ballot of an event's review (also before its day), or the tally; returns where it is."""
    from partyday_tui.excel.finish import finish  # openpyxl costs half the start of the app: not before the first sheet
    from partyday_tui.excel.review_sheet import ReviewSheet, ballot_sheet, tally_sheet

    event, review = existing_event(book, event_id), reviews.review(book, event_id)
    day = event.on_date or book.clock.today
    terms = terms_on(book, day)
    if not blank and (review is None or not review.classes):
        raise UserMistake("这次活动还没有填测评票数，没有汇总表可以打印；请先填票数，或打印空白测评票。")
    sentence = "" if blank else review_year(book, day.year).sentence
    sheet = ReviewSheet(branch_of(book).name, event, lines_of(review, terms), terms.mode, review, sentence)
    workbook = ballot_sheet(sheet) if blank else tally_sheet(sheet)
    when = event.on_date.isoformat() if event.on_date else "未定日期"
    return finish(workbook, folder, f"{'测评票' if blank else '测评汇总表'} {when} {event.title[:30]}")


def export_appraisal(book: Book, year: int, folder: Path, *, blank: bool) -> Path:
    """Write the blank ballot of a year's appraisal, or the tally with the decisions; returns where it is."""
    from partyday_tui.excel.appraisal_sheet import appraisal_ballot, appraisal_tally
    from partyday_tui.excel.finish import finish

    page, branch = read_appraisal(book, year), branch_of(book).name
    if not page.appraisal.lines:
        raise UserMistake("名册里还没有党员，没有表格可以打印；请先在名册（F6）里加上党员。")
    if blank:
        workbook = appraisal_ballot(branch, page.appraisal, page.standard)
    else:
        workbook = appraisal_tally(branch, page.appraisal, dict(page.absent))
    return finish(workbook, folder, f"{year}年民主评议{'测评票' if blank else '结果汇总表'}")

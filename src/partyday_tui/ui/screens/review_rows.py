"""What the screen of a review shows: its three summary lines and its rows."""

from __future__ import annotations

from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, Counts
from partyday_tui.rules.review import MODE_WORDS, ClassReview, class_share, review_share, share
from partyday_tui.services.review import ReviewPage, lines_of, remarks_of
from partyday_tui.ui.widgets.columns import Row
from partyday_tui.ui.widgets.lines import Parts

_EMPTY = ("", "", "", "")


def summary_of(page: ReviewPage) -> list[tuple[Parts, Parts]]:
    """The lines over the list: theme and rate; ballots and the mode; what is to be said of the year."""
    review, terms = page.review, page.terms
    weak = review is not None and terms.is_weak(review)
    rate: Parts = (
        [("满意率", ""), (page.share.words, "late" if weak else "strong"), (" ", "")] if review else "还没有测评 "
    )
    ballots = _ballots(review.ballots) if review and review.classes else "填好票数后这里算出满意率"
    only = f"  只算满意的{review_share(review, 'satisfied').words}" if review and terms.mode != "satisfied" else ""
    below = f"满意率低于{terms.percent}%" if weak else ""
    told = page.year.sentence or below or page.lateness
    return [
        ([(page.event.title, "strong")], rate),
        (ballots + only, f"{MODE_WORDS[terms.mode]} "),
        ([(told, "late")], ""),
    ]


def rows_of(page: ReviewPage) -> list[Row]:
    """The counts of each class, the total where there are several, then what else belongs to a review."""
    mode = page.terms.mode
    lines = lines_of(page.review, page.terms)
    classes = page.review.classes if page.review else ()
    rows: list[Row] = []
    if not any(it.voter == "party" for it in classes):
        rows.append(Row(None, ("党员  还没有填票数，回车填总数，F5 逐张数",)))
        rows += [Row(f"party {n}", (line, *_EMPTY)) for n, line in enumerate(lines)]
    for it in classes:
        rows.append(Row(None, (_heading(it, mode),)))
        rows += [
            Row(f"{it.voter} {n}", _cells(line, it.counts(line), mode, page.terms.percent))
            for n, line in enumerate(lines)
        ]
    if page.review is not None and len(classes) > 1:
        rows.append(Row(None, (f"合计  满意率{page.share.words}",)))
        rows += [
            Row(f"total {n}", _cells(line, page.review.counts(line), mode, page.terms.percent))
            for n, line in enumerate(lines)
        ]
    return [*rows, Row(None, ("意见和点评",)), *_others(page)]


def _heading(it: ClassReview, mode: str) -> str:
    return f"{VOTER_WORDS[it.voter]}  {_ballots(it.ballots)}  满意率{class_share(it, mode).words}"


def _ballots(ballots: Ballots) -> str:
    return f"发出{ballots.given}  收回{ballots.returned}  废票{ballots.void}  有效{ballots.valid}"


def _cells(line: str, counts: Counts, mode: str, percent: int | None) -> tuple[str, ...]:
    return (line, *map(str, counts), share(counts, mode).words)


def _others(page: ReviewPage) -> list[Row]:
    review = page.review
    remarks = len(review.remarks.splitlines()) if review and review.remarks else 0
    waiting = len(remarks_of(page))
    commented = "、".join(it.role or it.who for it in page.record.comments)
    said = {
        "day": ("测评日期", str(review.on) if review else "还没有"),
        "remarks": ("意见建议", f"{remarks}条" if remarks else "没有"),
        "problems": ("整改事项", f"{len(page.problems)}条" + (f"，{waiting}条意见未转" if waiting else "")),
        "comments": ("点评", commented or "没有"),
        "group_note": ("通报党小组", "有" if review and review.group_note else "没有"),
        "best": ("推荐为最佳案例", "是" if review and review.is_best_case else "否"),
    }
    return [Row(key, (f"{word}：{text}",)) for key, (word, text) in said.items()]

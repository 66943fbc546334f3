"""Which forms make up a package of this book: the kinds of the package, repeated by its events, months and years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from partyday_tui.rules.events import Event
from partyday_tui.rules.form_kinds import FORMS, FormKind
from partyday_tui.rules.packages import MONTH, Need, Package, content_of, repeated_by
from partyday_tui.services.forms import Asked, When
from partyday_tui.store import events as event_store
from partyday_tui.store import reviews
from partyday_tui.store.book import Book


def contents(book: Book, package: Package) -> list[Asked]:
    """The forms of a package in their order: what is planned for the year, then event by event, then the rest as the forms are listed."""
    planned: list[Asked] = []
    of_events: list[FormKind] = []
    others: list[Asked] = []
    for kind in FORMS:
        by = repeated_by(kind, package.kind)
        if by == "event":
            of_events.append(kind)
        elif by is not None:
            (others if of_events else planned).extend(_each(book, kind, by, package))
    return [*planned, *_event_by_event(book, of_events, package), *others]


def _each(book: Book, kind: FormKind, by: str, package: Package) -> list[Asked]:
    whens: Sequence[When] = [None]
    if by == "year":
        whens = list(package.years)
    elif by == "month":
        whens = package.months(book.clock.today)
    return [Asked(kind, when, _variant(kind, package)) for when in whens]


def _event_by_event(book: Book, kinds: Sequence[FormKind], package: Package) -> list[Asked]:
    events = event_store.events_between(book, package.first.first_day, package.last.last_day)
    has = _needs(book, package)
    return [
        Asked(kind, event, _variant(kind, package))
        for event in events
        for kind in kinds
        if has[content_of(kind).need](event) and event.kinds & (content_of(kind).kinds or event.kinds)
    ]


def _needs(book: Book, package: Package) -> dict[Need, Callable[[Event], bool]]:
    today = book.clock.today
    changed = {request.event_id for request in event_store.change_requests(book) if request.duty != "none"}
    reviewed = reviews.reviews_between(book, package.first.first_day, package.last.last_day)

    def held(event: Event) -> bool:
        return event.on_date is not None and event.on_date <= today and bool(event.marked or event.is_recorded)

    return {
        "": lambda _: True,
        "rows": lambda _: True,
        "dated": lambda event: event.on_date is not None,
        "called": lambda event: event.marked > 0,
        "held": held,
        "changed": lambda event: event.id in changed,
        "reviewed": lambda event: event.id in reviewed,
    }


def _variant(kind: FormKind, package: Package) -> str:
    if kind.key == "roster":
        return package.roster
    return kind.variants[0].key if kind.variants else ""


def may_be_empty(asked: Asked, package: Package) -> bool:
    """Whether a form is left out where no row stands in it: in a month, or for an event; a year's says that there was nothing."""
    is_needed = content_of(asked.kind).need == "rows"
    return is_needed and (package.kind is MONTH or isinstance(asked.when, Event))

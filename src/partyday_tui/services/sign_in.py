"""The sign-in sheet as a file, from the same reading as the roll on the screen."""

from collections import Counter
from pathlib import Path

from partyday_tui.rules.events import Event
from partyday_tui.rules.roll import RollEntry
from partyday_tui.services.books import branch_of
from partyday_tui.services.roll import read_roll
from partyday_tui.store.book import Book
from partyday_tui.store.members import groups, members


def export_sign_in(book: Book, event: Event, folder: Path, *, blank: bool) -> Path:
    """Write the sign-in sheet of an event into a folder, blank for signatures or filled from the roll; returns where it is."""
    from partyday_tui.excel.finish import finish  # openpyxl costs half the start of the app: not before the first sheet
    from partyday_tui.excel.sign_in import SignIn, sign_in_sheet

    roll = read_roll(book, event)
    entries = in_signing_order(roll.entries, groups(book))
    asides = _asides(book, entries)
    workbook = sign_in_sheet(SignIn(branch_of(book).name, event, roll.day, entries, roll.guests, blank, asides))
    when = event.on_date.isoformat() if event.on_date else "未定日期"
    return finish(workbook, folder, f"签到表 {when} {event.title[:30]}{'（空白）' if blank else ''}")


def _asides(book: Book, entries: list[RollEntry]) -> dict[int, str]:
    """The year of birth of each who shares a name with another on the sheet, where the book knows it (domain.md 3.4)."""
    times = Counter(entry.name for entry in entries)
    shared = {entry.member_id for entry in entries if times[entry.name] > 1}
    if not shared:
        return {}
    years = {it.id: (it.born_on or it.identity[6:10])[:4] for it in members(book) if it.id in shared}
    return {key: f"{year}年生" for key, year in years.items() if year}


def in_signing_order(entries: tuple[RollEntry, ...], group_order: list[str]) -> list[RollEntry]:
    """By group, in the order in which the branch entered its groups, then by reading; without a group last.

    The paper goes round by group, and the head of a group sees at a glance who of theirs is missing; groups are not sorted by their
    text, in which 第三 would come before 第二.
    """
    place = {name: number for number, name in enumerate(group_order)}
    return sorted(
        entries,
        key=lambda entry: (
            entry.group == "",
            place.get(entry.group, len(place)),
            entry.group,
            entry.reading,
            entry.name,
            entry.member_id,
        ),
    )

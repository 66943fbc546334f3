"""Delivering (报送): begin in the book's thread, carry anywhere, write down what happened; no other part of the program opens a socket.

``begin`` and ``record`` use the open book; ``carry`` uses only what ``begin`` took.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from partyday_tui.delivery import folder
from partyday_tui.delivery.attempt import NotDelivered, Parcel, Stopped, Try, WrongPassword
from partyday_tui.errors import UserMistake
from partyday_tui.rules.delivery_place import Place, checked
from partyday_tui.rules.outbox import Attempt, Item
from partyday_tui.rules.text import clean_line
from partyday_tui.safekeeping.uncached import read_uncached
from partyday_tui.services import outbox
from partyday_tui.services.books import branch_of
from partyday_tui.store.book import Book

__all__ = ["Done", "NotDelivered", "Order", "Stopped", "Try", "WrongPassword", "begin", "carry", "deliver", "record"]


@dataclass(frozen=True, slots=True)
class Order:
    """A package that is to be delivered, with its bytes as they were checked, and where to."""

    item: Item
    place: Place
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a try: whether it was delivered, the sentence that says so, and whether the password was the trouble."""

    ok: bool
    words: str
    wrong_password: bool = False


def begin(book: Book, item_id: int) -> Order:
    """What a try needs; raises PartydayError where no place is set up, or the file is gone or was changed."""
    it, where = outbox.item(book, item_id), outbox.place(book)
    if where is None:
        raise UserMistake("还没有定报送到哪里；请先选文件夹、邮件或网盘。")
    where = checked(where)  # a restored book may hold what no form let in
    data, branch = outbox.bytes_of(book, it), branch_of(book)
    lines = (
        f"{branch.superior}：" if branch.superior else "您好：",
        f"现报送{branch.name}的《{it.named}》，见附件。",
        f"文件：{it.file_name}，{it.size} 字节",
        f"校验码（SHA-256）：{it.sha256}",
        f"{branch.name}  {branch.secretary}  {book.clock.today}",
    )
    title = f"{branch.name} {it.named}" if branch.name not in it.named else it.named
    return Order(it, where, Parcel(it.file_name, data, hashlib.sha256(data).hexdigest(), clean_line(title).text, lines))


def carry(order: Order, password: str, attempt: Try) -> str:
    """Try once to deliver, within the limits of the try; returns what can be said of it. For any thread; raises NotDelivered."""
    place, parcel = order.place, order.parcel
    if place.carrier == "folder":
        return attempt.run(lambda: folder.deliver(Path(place.target), parcel, attempt, read_uncached))
    if place.carrier == "smtp":
        from partyday_tui.delivery import mail

        return attempt.run(lambda: mail.deliver(place, password, parcel, attempt))
    from partyday_tui.delivery import webdav

    return attempt.run(lambda: webdav.deliver(place, password, parcel, attempt))


def record(book: Book, order: Order, ok: bool, words: str) -> None:
    """Write down what came of a try; what was not delivered stays as it was."""
    place = order.place
    attempt = Attempt(
        "sent" if ok else "failed",
        book.clock.today,
        place.carrier,
        clean_line(place.label, 2000).text,
        branch_of(book).secretary,
        clean_line(words, 2000).text,
    )
    outbox.note(book, order.item.id, attempt)


def deliver(book: Book, item_id: int, password: str, attempt: Try) -> Done:
    """A whole try in one thread. Raises where it could not be begun; a try that failed is written down and returned."""
    order = begin(book, item_id)
    try:
        done = Done(True, carry(order, password, attempt))
    except NotDelivered as error:
        done = Done(False, error.sentence, isinstance(error, WrongPassword))
    record(book, order, done.ok, done.words)
    return done

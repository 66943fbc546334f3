"""The outbox (待报送): what was made for the superior, how each package stands, and what is noted of it by hand.

A package is a file in the folder beside the book and a row in the book; its state follows from what became of it. A corrected package
of the same kind, period and title is a new revision; the earlier one stays in the list.
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import date
from pathlib import Path

from partyday_tui.durable import write_whole
from partyday_tui.errors import PartydayError, UserMistake, cause_of
from partyday_tui.paths import outbox_of, short
from partyday_tui.rules.delivery_place import Place, checked
from partyday_tui.rules.outbox import KIND_WORDS, RESULT_WORDS, Attempt, Item, State
from partyday_tui.rules.text import NAME_LIMIT, clean_line, line_to_keep
from partyday_tui.store import outbox as store
from partyday_tui.store.book import Book

LARGEST = 64 << 20
"""Bytes of a package; what no mail server would take."""

_PERIOD = re.compile(r"[-0-9至]{4,40}")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
_LONGEST_STEM = (
    180  # bytes of UTF-8; 255 is the limit of a name, and room is left for the revision, a number and a temporary mark
)
_LONGEST_SUFFIX = 8
_BY_HAND = {"stick", "wechat"}


def put(book: Book, file: Path, kind: str, period: str, title: str) -> Item:
    """Put a finished file into the outbox, where it waits to be delivered; returns the package.

    `kind`: month, year, inspection or other. `period`: digits, hyphens and 至 (``2026-11``, ``2026``, ``2026-01-01至2026-06-30``).
    The file is copied. The very bytes that the newest revision already has make no new one. Raises PartydayError.
    """
    if kind not in KIND_WORDS or not _PERIOD.fullmatch(period):
        raise UserMistake("报送材料的种类或期间没有看懂，期间请写成 2026-11、2026 或 2026-01-01至2026-06-30。")
    title = line_to_keep(title, "材料名称", 200) or KIND_WORDS[kind]
    data = _bytes_of(file)
    digest = hashlib.sha256(data).hexdigest()
    known = store.items(book)
    earlier = [it for it in known if (it.kind, it.period, it.title) == (kind, period, title)]
    newest = max(earlier, key=lambda it: it.revision, default=None)
    if newest is not None and newest.sha256 == digest:
        _copy_in(data, path_of(book, newest))
        if newest.state is State.WITHDRAWN:
            wait_again(book, newest.id)
        return item(book, newest.id)
    revision = newest.revision + 1 if newest else 1
    taken = {it.file_name for it in known if it.sha256 != digest}  # all of them go to one place
    name = _free_name(outbox_of(book.path) / period, file.name, revision, digest, taken)
    _copy_in(data, outbox_of(book.path) / period / name)
    with book.act("放入待报送", source=title) as transaction:
        key = store.insert_package(transaction, kind, period, title, revision, name, digest, len(data))
    return item(book, key)


def items(book: Book) -> list[Item]:
    """Every package, the newest first."""
    return store.items(book)


def item(book: Book, item_id: int) -> Item:
    """One package; raises UserMistake where there is none of this number."""
    found = store.items(book, item_id)
    if not found:
        raise UserMistake(f"没有编号 {item_id} 的报送材料，请用 partyday deliver --list 看有哪些。")
    return found[0]


def history(book: Book, item_id: int) -> list[tuple[str, Attempt]]:
    """(instant of 25 characters, what became of it) of one package, oldest first."""
    return store.attempts(book, item_id)


def waiting(book: Book) -> int:
    """How many packages wait to be delivered; revisions that a newer one has overtaken do not count."""
    return store.open_counts(book).get(State.WAITING, 0)


def returned_count(book: Book) -> int:
    """How many packages came back and have not been made anew."""
    return store.open_counts(book).get(State.RETURNED, 0)


def path_of(book: Book, it: Item) -> Path:
    """Where the file of a package lies; raises PartydayError for a row that would lead out of the outbox."""
    folder = outbox_of(book.path) / it.period
    path = folder / it.file_name
    if not _PERIOD.fullmatch(it.period) or path.parent != folder or path.name != it.file_name or "\0" in it.file_name:
        raise PartydayError("这份材料的文件名不对，没有打开它；请重新生成这一份材料。")
    return path


def bytes_of(book: Book, it: Item) -> bytes:
    """The bytes of a package as they were put in; raises PartydayError where the file is gone or was changed since."""
    path = path_of(book, it)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise PartydayError(f"文件「{it.file_name}」不在待报送文件夹里了；请重新生成这一份，再报送。") from None
    except OSError as error:
        raise PartydayError(f"文件「{it.file_name}」读不出来（{cause_of(error)}）；请关闭打开它的程序再试。") from error
    if hashlib.sha256(data).hexdigest() != it.sha256:
        raise PartydayError(f"文件「{it.file_name}」放进来以后被改过，没有报送；请重新生成这一份，再报送。")
    return data


def mark_by_hand(book: Book, item_id: int, how: str, by: str, on: date) -> Item:
    """Note that a package was handed over on a stick (``stick``) or by 微信 (``wechat``), by whom and on which day."""
    if how not in _BY_HAND:
        raise UserMistake("请选用U盘还是用微信交的。")
    return _note(book, item_id, Attempt("by_hand", _not_ahead(book, on), how, by_whom=_person(book, by)))


def returned(book: Book, item_id: int, reason: str, on: date | None = None) -> Item:
    """Note that the superior sent a package back, and why; only what was delivered can come back."""
    it = item(book, item_id)
    if it.state not in (State.SENT, State.BY_HAND, State.RETURNED):
        raise UserMistake("这一份还没有交上去，谈不上退回；请先报送，或记下怎么交的。")
    words = line_to_keep(reason, "退回原因", 200)
    if not words:
        raise UserMistake("退回的原因没有填，请写上上级怎么说的。")
    return _note(book, item_id, Attempt("returned", _not_ahead(book, on or book.clock.today), words=words))


def withdraw(book: Book, item_id: int, reason: str = "") -> Item:
    """Note that a package need not be delivered after all."""
    return _note(book, item_id, Attempt("withdrawn", book.clock.today, words=line_to_keep(reason, "原因", 200)))


def wait_again(book: Book, item_id: int) -> Item:
    """Take back what was noted last: the package waits again."""
    if item(book, item_id).state is State.WAITING:
        raise UserMistake("这一份本来就在待报送，不用改。")
    return _note(book, item_id, Attempt("waiting", book.clock.today))


def place(book: Book) -> Place | None:
    """Where packages are delivered to; None before it was chosen."""
    return store.place(book)


def choose_place(book: Book, chosen: Place) -> Place:
    """Set where packages are delivered to from now on; raises UserMistake that says what is wrong with the address."""
    chosen = checked(chosen)
    if chosen.carrier == "folder" and Path(chosen.target).is_relative_to(outbox_of(book.path)):
        raise UserMistake("这就是待报送的文件夹，送到这里等于没送；请另选U盘或共享文件夹。")
    with book.act("改报送的地方", source=clean_line(chosen.label).text[:200]) as transaction:
        store.write_place(transaction, chosen)
    return chosen


def note(book: Book, item_id: int, attempt: Attempt) -> None:
    """Write what became of a package; `services.deliver` and the functions above come here."""
    with book.act(RESULT_WORDS[attempt.result], source=f"报送材料 {item_id}") as transaction:
        store.insert_attempt(transaction, item_id, attempt)


def _note(book: Book, item_id: int, attempt: Attempt) -> Item:
    item(book, item_id)
    note(book, item_id, attempt)
    return item(book, item_id)


def _person(book: Book, name: str) -> str:
    from partyday_tui.services.books import branch_of

    return line_to_keep(name, "经手人", NAME_LIMIT) or branch_of(book).secretary


def _not_ahead(book: Book, on: date) -> date:
    if on > book.clock.today:
        raise UserMistake(f"日期 {on} 还没有到，请填已经办过的那一天。")
    return on


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise UserMistake(f"{short(file)} 读不出来（{cause_of(error)}），没有放进待报送；请重新生成一次。") from error
    if not data or len(data) > LARGEST:
        raise UserMistake(f"「{file.name}」是空的，或超过 64 MB，不能报送；请重新生成一次。")
    return data


def _free_name(folder: Path, name: str, revision: int, digest: str, taken: set[str]) -> str:
    """The file's own name, with the revision from the second on; a number where another package or file has it."""
    cleaned = _NOT_IN_NAMES.sub(" ", clean_line(name, 1000).text).strip(" .") or "报送材料"
    stem, suffix = os.path.splitext(cleaned)
    mark = f"（第{revision}版）" if revision > 1 else ""
    suffix = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    stem = stem.encode()[:_LONGEST_STEM].decode("utf-8", "ignore").strip(" .") or "报送材料"
    for number in range(1, 1000):
        again = f"（{number}）" if number > 1 else ""
        found = f"{stem}{mark}{again}{suffix}"
        if found in taken:
            continue
        if not (folder / found).exists() or _is(folder / found, digest):
            return found
    raise PartydayError(f"{short(folder)} 里同名的文件太多，没有放进去；请清理这个文件夹后再做。")


def _is(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _copy_in(data: bytes, target: Path) -> None:
    """The bytes under their name, whole or not at all, before the book says that they are there."""
    try:
        write_whole(target, data)
    except OSError as error:
        raise PartydayError(
            f"没有放进 {short(target.parent)}（{cause_of(error)}）；请检查磁盘是否已满，再做一次。"
        ) from error

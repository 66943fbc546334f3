"""Photos and videos of an event as references: name, place, hash and size; the picture itself stays outside the book (REC-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from partyday_tui.errors import PartydayError, UserMistake, cause_of
from partyday_tui.paths import not_a_file, short
from partyday_tui.rules.event_record import Picture
from partyday_tui.rules.photo_day import day_taken
from partyday_tui.rules.text import clean_line
from partyday_tui.services.events import existing_event
from partyday_tui.store import event_record as store
from partyday_tui.store.book import Book

_CHUNK = 1 << 20
_VIDEOS = (".mp4", ".mov", ".avi", ".mkv", ".wmv", ".m4v", ".3gp")
PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".bmp", ".gif", ".webp", *_VIDEOS)


def add_picture(book: Book, event_id: int, path: Path) -> Picture:
    """Write a reference to a file; raises UserMistake where the file cannot be read or is referred to already."""
    existing_event(book, event_id)
    reference = picture_of(path)
    if any(known.sha256 == reference.sha256 for known in store.event_record(book, event_id).pictures):
        raise UserMistake(f"{path.name} 已经登记在这次活动里了，请另选一个文件。")
    with book.act("登记照片") as transaction:
        key = store.write_part(transaction, "event_picture", event_id, 0, _fields(reference))
    return replace(reference, id=key)


def date_picture(book: Book, event_id: int, reference: Picture, taken_on: date | None) -> None:
    """Write the day on which a picture was taken, where the camera's clock was wrong or the file says none."""
    with book.act("照片的拍摄日期") as transaction:
        fields = _fields(replace(reference, taken_on=taken_on))
        store.write_part(transaction, "event_picture", event_id, reference.id, fields)


def off_day_words(reference: Picture, held_on: date | None) -> str:
    """What to tell where a picture is of another day than its event (REC-07); '' where it is not, or no day is known."""
    if reference.taken_on is None or held_on is None or reference.taken_on == held_on:
        return ""
    return f"{reference.file_name} 拍摄于{reference.taken_on}，不是活动当天{held_on}，请核对。"


def _fields(reference: Picture) -> dict[str, object]:
    names = ("kind", "file_name", "folder", "sha256", "size")
    taken_on = reference.taken_on.isoformat() if reference.taken_on else None
    return {name: getattr(reference, name) for name in names} | {"taken_on": taken_on}


def picture_of(path: Path) -> Picture:
    """The reference to a file, read in chunks; ``id`` 0. Raises UserMistake."""
    if what := not_a_file(path):
        raise UserMistake(f"{short(path)} 是{what}，不是照片或视频，请另选一个文件。")
    digest, size, head = sha256(), 0, b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                head = head or chunk
    except FileNotFoundError:
        raise UserMistake(f"没有找到文件 {short(path)}，请核对文件名。") from None
    except OSError as error:
        raise UserMistake(f"文件 {short(path)} 读不出来（{cause_of(error)}），请另选一个文件。") from error
    kind = "video" if path.suffix.lower() in _VIDEOS else "photo"
    folder = clean_line(short(path.absolute().parent)).text[-400:]
    return Picture(0, kind, clean_line(path.name).text[:200], folder, digest.hexdigest(), size, day_taken(head))


def look_for_picture(reference: Picture) -> str:
    """What became of a picture in the folder where it lay: still there and the same, changed, or gone."""
    try:
        found = picture_of(Path(reference.folder).expanduser() / reference.file_name)
    except PartydayError:
        return "原来的文件夹里找不到了"
    return "还在原处，没有改动" if found.sha256 == reference.sha256 else "还在原处，内容改动过"

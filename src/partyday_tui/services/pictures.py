"""Photos and videos of an event as references: name, place, hash and size; the picture itself stays outside the book (REC-01)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from partyday_tui.errors import PartydayError, UserMistake, cause_of
from partyday_tui.paths import short
from partyday_tui.rules.event_record import Picture
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
        fields = {name: getattr(reference, name) for name in ("kind", "file_name", "folder", "sha256", "size")}
        key = store.write_part(transaction, "event_picture", event_id, 0, fields)
    return Picture(key, **fields)


def picture_of(path: Path) -> Picture:
    """The reference to a file, read in chunks; ``id`` 0. Raises UserMistake."""
    digest, size = sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        raise UserMistake(f"没有找到文件 {short(path)}，请核对文件名。") from None
    except OSError as error:
        raise UserMistake(f"文件 {short(path)} 读不出来（{cause_of(error)}），请另选一个文件。") from error
    kind = "video" if path.suffix.lower() in _VIDEOS else "photo"
    folder = clean_line(short(path.absolute().parent)).text[-400:]
    return Picture(0, kind, clean_line(path.name).text[:200], folder, digest.hexdigest(), size)


def look_for_picture(reference: Picture) -> str:
    """What became of a picture in the folder where it lay: still there and the same, changed, or gone."""
    try:
        found = picture_of(Path(reference.folder).expanduser() / reference.file_name)
    except PartydayError:
        return "原来的文件夹里找不到了"
    return "还在原处，没有改动" if found.sha256 == reference.sha256 else "还在原处，内容改动过"

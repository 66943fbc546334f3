"""The branch's own titles and columns of the printed forms, in a file beside the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from partyday_tui.errors import PartydayError, UserMistake, cause_of
from partyday_tui.paths import layouts_of, not_a_file, short
from partyday_tui.rules.form_kinds import FORMS, FormKind
from partyday_tui.rules.sheet import Form
from partyday_tui.rules.sheet_layout import Layout, read_layouts, sample, with_layout
from partyday_tui.store.book import Book

_LARGEST = 200_000  # bytes


def styled(book: Book, kind: FormKind, form: Form, first: date) -> Form:
    """The form as the branch wants it; as it is where there is no file, or nothing of this form in it. ``first``: its first day."""
    layout = layouts(book).get(kind.title)
    return with_layout(form, layout, first) if layout else form


def layouts(book: Book) -> dict[str, Layout]:
    """What the file beside the book changes, by the title of the form; raises UserMistake that names the line."""
    path = layouts_of(book.path)
    if what := not_a_file(path):
        raise UserMistake(f"{short(path)} 是{what}，不是表格样式文件，请把它移到别处，再输出表格。")
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UserMistake(
            f"表格样式文件 {short(path)} 打不开（{cause_of(error)}），请关掉占用它的程序后再试。"
        ) from error
    if len(content) > _LARGEST:
        raise UserMistake(f"表格样式文件 {path.name} 太大，请检查是不是放错了文件。")
    return read_layouts(_text(content, path.name), path.name, [kind.title for kind in FORMS])


def write_sample(book: Book, forms: Iterable[tuple[str, str, Sequence[str]]]) -> Path:
    """Write the file to start from, everything in it a remark, unless there is one already; returns where it is.

    ``forms``: each form's name, printed title and columns.
    """
    path = layouts_of(book.path)
    try:
        with path.open("x", encoding="utf-8-sig") as file:
            file.write(sample(forms))
    except FileExistsError:
        pass
    except OSError as error:
        raise PartydayError(f"表格样式文件 {short(path)} 没有写成（{cause_of(error)}），请检查磁盘后再试。") from error
    return path


def _text(content: bytes, name: str) -> str:
    """The text as 记事本 saves it, old or new."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserMistake(f"{name} 的文字编码没有认出来，请用记事本另存为 UTF-8。")

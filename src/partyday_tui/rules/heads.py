"""Finds the head of a table in a sheet: the row (or two merged rows) whose cells are known column names.

A grid is a list of rows of raw cells, the first row being row 1 of the sheet; blank cells are ``""`` or None.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Row = Sequence[object]

_LOOK_FOR_HEAD_IN = 60
_BRACKETED = re.compile(r"[(\[【<].*?[)\]】>]")
_ORNAMENT = re.compile(r"[\s*:_()\[\]【】<>/、。.]|^\d+")
_TOTAL = re.compile(r"(本页|本表|本支部)?(合计|总计|小计|共计|累计|总人数|人数合计|共\d+[人名条])")
_FOOT = re.compile(
    r"(填表|填报|制表|造册|审核|审批|复核|经办|负责人|单位负责|书记签|支部书记签|党支部盖章|盖章|打印"
    r"|(说明|注|备注|日期|支部书记|联系人|联系电话)[:：]|第\d+页)"
)


@dataclass(frozen=True, slots=True)
class Heads:
    """Where a table's columns are.

    ``columns`` field to column index (0-based); ``head_rows`` the row numbers of the head as the sheet shows them;
    ``unknown`` heads that no field claims; ``titles`` the texts above the head.
    """

    columns: dict[str, int]
    head_rows: tuple[int, ...]
    unknown: tuple[str, ...]
    titles: tuple[str, ...]


def cell_text(value: object) -> str:
    """The text of a cell as a form shows it, stripped; a whole number has no ``.0``."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)


def vocabulary(synonyms: Mapping[str, str]) -> dict[str, str]:
    """Turn ``{field: "head head …"}`` into ``{head key: field}``."""
    return {head: field for field, heads in synonyms.items() for head in heads.split()}


def find_heads(
    grid: Sequence[Row],
    words: Mapping[str, str],
    key: str,
    by_hand: Mapping[str, int | None],
    head_row: int | None = None,
) -> Heads | None:
    """The first row that names ``key`` and one more field, else the first that names ``key``, with the row under or over it
    when the head is merged.

    ``by_hand`` maps fields to columns and wins over the sheet's own heads; None takes a field away. ``head_row`` says which row
    of the sheet is the head. None if there is no head and the key column was not mapped by hand.
    """
    key_by_hand = by_hand.get(key)
    if head_row is not None and head_row <= len(grid):
        return _read_heads(grid, head_row - 1, words, key, by_hand)
    alone = None
    for index, row in enumerate(grid[:_LOOK_FOR_HEAD_IN]):
        own = [field_of(cell, words) for cell in row]
        fields = {field for field in own if field}
        if key not in fields and key_by_hand is None:
            continue
        if len(fields) >= 2:
            return _read_heads(grid, index, words, key, by_hand)
        if alone is None and key in fields:
            alone = index
    if alone is not None:
        return _read_heads(grid, alone, words, key, by_hand)
    if key_by_hand is None:
        return None
    return Heads({field: column for field, column in by_hand.items() if column is not None}, (), (), ())


def data_rows(grid: Sequence[Row], heads: Heads, key: str) -> Iterator[tuple[int, Row]]:
    """Rows under the head with their numbers in the sheet, without blank, total, signature and repeated head lines."""
    start = heads.head_rows[-1] if heads.head_rows else 0
    repeated = {title for title in heads.titles if len(title) > 3}
    head_texts = {tuple(map(cell_text, grid[number - 1])) for number in heads.head_rows}
    head_firsts = {next(filter(None, texts), "") for texts in head_texts}
    for number, row in enumerate(grid[start:], start + 1):
        first = next(filter(None, map(cell_text, row)), "")
        if not first or first in repeated or (first in head_firsts and tuple(map(cell_text, row)) in head_texts):
            continue
        plain = unicodedata.normalize("NFKC", re.sub(r"\s", "", first))
        if _TOTAL.match(plain) or _FOOT.match(plain):
            continue
        column = heads.columns[key]
        here = head_key(row[column]) if column < len(row) else ""
        if here and here in {head_key(_at(grid[number - 1], column)) for number in heads.head_rows}:
            continue
        yield number, row


def head_key(value: object) -> str:
    """A head without blanks, punctuation and leading item numbers."""
    return _ORNAMENT.sub("", unicodedata.normalize("NFKC", cell_text(value)))


def field_of(value: object, words: Mapping[str, str], parent: str = "") -> str | None:
    """The field that a head names, None where ``words`` know none; ``parent`` is the head over it, tried together first."""
    text = unicodedata.normalize("NFKC", cell_text(value))
    if not text or len(text) > 40:
        return None
    keys = [head_key(text), head_key(_BRACKETED.sub("", text))]
    if parent:
        keys = [head_key(parent + text), *keys]
    return next((words[key] for key in keys if key in words), None)


def _read_heads(
    grid: Sequence[Row], index: int, words: Mapping[str, str], key: str, by_hand: Mapping[str, int | None]
) -> Heads:
    row = grid[index]
    above = grid[index - 1] if index else ()
    below = grid[index + 1] if index + 1 < len(grid) else ()
    own_key = next((at for at, cell in enumerate(row) if field_of(cell, words) == key), None)
    merged = own_key is not None and _is_second_head(row, below, own_key, words)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    parent = ""
    for at in range(max(len(row), len(below) if merged else 0)):
        top, under = _at(row, at), _at(below, at) if merged else ""
        parent = top or (parent if under else "")
        text = under or top or _head_above(above, at, words)
        field = field_of(text, words, parent if under else "")
        if field and field not in columns:
            columns[field] = at
        elif text:
            unknown[at] = text
    for name, column in by_hand.items():
        columns = {field: at for field, at in columns.items() if field != name and at != column}
        if column is not None:
            columns[name] = column
    left = tuple(text for at, text in unknown.items() if at not in columns.values())
    titles = tuple(text for line in grid[:index] for cell in line if (text := cell_text(cell)))
    return Heads(columns, (index + 1, index + 2) if merged else (index + 1,), left, titles)


def _at(row: Row, column: int) -> str:
    return cell_text(row[column]) if column < len(row) else ""


def _head_above(above: Row, column: int, words: Mapping[str, str]) -> str:
    """A head merged downwards from the row above, such as 备注 beside the group head 基本情况."""
    text = _at(above, column)
    return text if field_of(text, words) else ""


def _is_second_head(row: Row, below: Row, key_column: int, words: Mapping[str, str]) -> bool:
    """The row below belongs to the head if it is blank under the key and most of what it says are heads."""
    texts = [(at, cell_text(cell)) for at, cell in enumerate(below) if cell_text(cell)]
    if not texts or _at(below, key_column):
        return False
    parent, parents = "", []
    for at in range(len(below)):
        parent = _at(row, at) or parent
        parents.append(parent)
    known = sum(field_of(text, words, parents[at]) is not None for at, text in texts)
    return known * 2 > len(texts)

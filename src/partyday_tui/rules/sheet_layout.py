"""Titles and columns of the printed forms as a branch wants them: a TOML text in Chinese words, read and applied.

A form has a section of its own title, with 标题 (another title), 栏目 (which columns stand, in this order), 加栏 (blank columns at the
end), and a section 「….改名」 of ``column = other name``. Chinese names need no quotation marks here, though TOML itself wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from partyday_tui.errors import UserMistake
from partyday_tui.rules.sheet import Cell, Column, Facts, Form, Part, Table

TITLE, COLUMNS, ADDED, RENAMED = "标题", "栏目", "加栏", "改名"
YEAR, MONTH = "{年}", "{月}"
"""In a title they stand for the year and the month of the form."""
_LONGEST, _MOST_ADDED = 60, 5
_ADDED_WIDTH = 10.0
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_NOT_UNDERSTOOD = "这里没有看懂，请检查引号、等号、方括号是不是英文的、成不成对"
_SECTION = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_BARE = re.compile(r"(\s*)([^\s\"'=#\[\]{},]+)(\s*=)")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a branch changed of one form; ``columns`` None leaves them as they are. ``lines`` tells where a word stands in the file."""

    title: str = ""
    columns: tuple[str, ...] | None = None
    added: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def refusal(self, word: str, what: str) -> UserMistake:
        """The refusal that names the file and the line on which a word stands."""
        return _refusal(self.file_name, self.lines.get(word, self.lines.get("", 1)), what)


def read_layouts(text: str, file_name: str, titles: Iterable[str]) -> dict[str, Layout]:
    """The layouts of a file by the title of their form; raises UserMistake that names the file and the line."""
    import tomllib

    known = set(titles)
    try:
        content = tomllib.loads("\n".join(map(_quoted, text.splitlines())))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else len(text.splitlines())
        raise _refusal(file_name, line, _NOT_UNDERSTOOD) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        longest = max(enumerate(text.splitlines(), 1), key=lambda it: len(it[1]))[0]
        raise _refusal(file_name, longest, _NOT_UNDERSTOOD) from error
    found = {}
    for name, section in content.items():
        lines = _lines_of(text, name)
        if name not in known:
            raise _refusal(file_name, lines.get("", 1), f"没有「{name}」这张表格，请照 partyday forms 列出的名称写")
        if not isinstance(section, Mapping):
            raise _refusal(file_name, lines.get("", 1), f"「{name}」要写成一段，段首写 [{name}]")
        found[name] = _layout(section, Layout(file_name=file_name, lines=lines))
    return found


def with_layout(form: Form, layout: Layout, first_day: date) -> Form:
    """The form with its title, columns and labels as the branch wants them; the columns are those of its first table.

    ``first_day`` gives the year and month of the title. The widths stay in their proportions and are stretched to the paper.
    Raises UserMistake that names the line of a column that the form does not have.
    """
    first = form.tables[0] if form.tables else None
    heads = [column.title for column in first.columns] if first else []
    labels = [label for part in form.parts if isinstance(part, Facts) for row in part.rows for label, _ in row]
    others = [column.title for table in form.tables for column in table.columns]
    for name in layout.renamed:
        if name not in {*labels, *others}:
            raise layout.refusal(name, f"{form.title}里没有「{name}」，可改名的有：{_listed([*labels, *others])}")
    for name in layout.columns or ():
        if name not in heads:
            raise layout.refusal(name, f"{form.title}里没有「{name}」这一栏，可用的有：{_listed(heads)}")
    if (layout.columns is not None or layout.added) and first is None:
        raise layout.refusal(
            ADDED if layout.columns is None else COLUMNS, f"{form.title}没有可以选的栏目，请只写{TITLE}和{RENAMED}"
        )
    parts = [_renamed(_chosen(part, layout) if part is first else part, layout.renamed) for part in form.parts]
    title = layout.title.replace(YEAR, str(first_day.year)).replace(MONTH, str(first_day.month))
    return replace(form, title=title or form.title, parts=parts)


def sample(forms: Iterable[tuple[str, str, Sequence[str]]]) -> str:
    """A file to start from: every form (name, title, heads of its first table) as a remark, taken in by deleting the ``#``."""
    lines = [
        "# 表格的标题和栏目。要改哪张表，就把它那几行前面的 # 去掉再改，改完存盘（编码用 UTF-8）。",
        f"# {TITLE}：表格的大标题，{YEAR}、{MONTH} 换成表格的年月。{COLUMNS}：要哪几栏、按什么顺序。{ADDED}：在最后加空白的栏。{RENAMED}：原来的栏名 = 新的栏名。",
    ]
    for name, title, heads in forms:
        lines += ["", f"# [{name}]", f"# {TITLE} = {_as_text(title)}"]
        if heads:
            lines.append(f"# {COLUMNS} = [{', '.join(_as_text(head) for head in dict.fromkeys(heads))}]")
            lines += [f"# {ADDED} = []", f"# [{name}.{RENAMED}]", f"# {_as_text(heads[0])} = {_as_text(heads[0])}"]
    return "\n".join(lines) + "\n"


def _as_text(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _layout(section: Mapping[str, Any], layout: Layout) -> Layout:
    for name, value in section.items():
        if name == TITLE:
            layout = replace(layout, title=_text(name, value, layout))
        elif name in (COLUMNS, ADDED):
            words = _words(name, value, layout)
            layout = replace(layout, columns=words) if name == COLUMNS else replace(layout, added=words)
        elif name == RENAMED:
            if not isinstance(value, Mapping):
                raise layout.refusal(name, f"「{name}」要写成一段：原来的栏名 = 新的栏名")
            layout = replace(layout, renamed={old: _text(old, new, layout) for old, new in value.items()})
        else:
            raise layout.refusal(name, f"不认识「{name}」，请用：{TITLE}、{COLUMNS}、{ADDED}、{RENAMED}")
    if len(layout.added) > _MOST_ADDED:
        raise layout.refusal(ADDED, f"{ADDED}最多加{_MOST_ADDED}栏，请去掉一些")
    return layout


def _text(name: str, value: object, layout: Layout) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise layout.refusal(name, f"「{name}」要写成引号里的一行字，最多{_LONGEST}个字")
    return " ".join(value.split())


def _words(name: str, value: object, layout: Layout) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise layout.refusal(name, f'「{name}」要写成 ["序号", "姓名"] 这样')
    if name == COLUMNS and not value:
        raise layout.refusal(name, "栏目一栏也没有，请至少留一栏")
    if len(set(value)) < len(value):
        raise layout.refusal(name, f"「{name}」里有写了两次的，请去掉一个")
    return tuple(_text(word, word, layout) for word in value)


def _chosen(part: Part, layout: Layout) -> Part:
    """The table with the chosen columns in their order and the blank ones; heads that stand twice side by side stay so."""
    assert isinstance(part, Table)
    titles = [column.title for column in part.columns]
    block = next(n for n in range(1, len(titles) + 1) if titles == titles[:n] * (len(titles) // n))
    wanted = titles[:block] if layout.columns is None else list(layout.columns)
    places: list[int | None] = []
    for start in range(0, len(titles), block):
        places += [start + titles[:block].index(name) for name in wanted] + [None] * len(layout.added)
    blanks = iter(list(layout.added) * (len(titles) // block))
    columns = [part.columns[at] if at is not None else Column(next(blanks), _ADDED_WIDTH) for at in places]
    return replace(
        part,
        columns=columns,
        rows=[_picked(row, places) for row in part.rows],
        totals=[_picked(row, places) for row in part.totals],
    )


def _picked(row: Sequence[Cell], places: Sequence[int | None]) -> list[Cell]:
    return [None if at is None else row[at] for at in places]


def _renamed(part: Part, names: Mapping[str, str]) -> Part:
    if not names:
        return part
    if isinstance(part, Table):
        chart = part.chart and replace(part.chart, columns=tuple(names.get(it, it) for it in part.chart.columns))
        columns = [replace(column, title=names.get(column.title, column.title)) for column in part.columns]
        return replace(part, columns=columns, chart=chart)
    if isinstance(part, Facts):
        return replace(part, rows=[[(names.get(label, label), value) for label, value in row] for row in part.rows])
    return part


def _quoted(line: str) -> str:
    """A line with Chinese names put into quotation marks, as TOML wants them."""
    if section := _SECTION.fullmatch(line):
        return "[" + ".".join(f'"{name.strip(chr(34) + " ")}"' for name in section[1].split(".")) + "]"
    if (bare := _BARE.match(line)) and not bare[2].isascii():
        return f'{bare[1]}"{bare[2]}"{bare[3]}{line[bare.end() :]}'
    return line


def _lines_of(text: str, section: str) -> dict[str, int]:
    """The first line of each word in quotation marks or before an equals sign in a section; '' is the section's own line."""
    found: dict[str, int] = {}
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if named := _SECTION.fullmatch(line):
            names = [name.strip('" ') for name in named[1].split(".")]
            inside = names[0] == section
            if inside:
                found.setdefault("", number)
                for name in names[1:]:
                    found.setdefault(name, number)
            continue
        if not inside and not found and line.partition("=")[0].strip('" ') == section:
            found.setdefault("", number)
        if inside:
            before = line.partition("=")[0].strip('" \t')
            for word in [before, *re.findall(r'"([^"]*)"', line)]:
                found.setdefault(word, number)
    return found


def _listed(words: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(words))


def _refusal(file_name: str, line: int, what: str) -> UserMistake:
    return UserMistake(f"{file_name} 第{line}行：{what}。")

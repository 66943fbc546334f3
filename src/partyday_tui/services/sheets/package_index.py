"""目录 of a package: what is in it and where, what is missing, and for an inspection the rules that the forms answer (SUP-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.packages import INSPECTION, Package
from partyday_tui.rules.policy import STRENGTH_WORDS
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_book import RuleInForce
from partyday_tui.rules.sheet import Cell, Column, Form, Link, Table

_ALL, _NONE = "全部规则", "规则没有专门规定"


@dataclass(frozen=True, slots=True)
class Line:
    """One form of a package: its title, the tab or file it is in, its period in words, its rows (None without a table), its rules.

    ``rules`` are those in force that it answers; ``answers_all`` stands for every rule.
    """

    title: str
    place: str
    period: str
    rows: int | None
    rules: tuple[RuleInForce, ...] = ()
    answers_all: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """What an index is made of. ``missing`` None: nobody looked. ``left_out`` are forms that could not be made, each with why."""

    branch: str
    package: Package
    today: date
    lines: Sequence[Line]
    missing: Sequence[str] | None
    left_out: Sequence[str]
    has_links: bool


def index_form(index: Index) -> Form:
    """The index as a form."""
    is_inspection = index.package.kind is INSPECTION
    tables = [_contents(index, is_inspection)]
    if index.missing is not None:
        tables.append(_sentences("还缺什么", index.missing, "没有缺的"))
    if index.left_out:
        tables.append(_sentences("没有附上的表格", index.left_out, ""))
    if is_inspection:
        tables.append(_rules(index.lines))
    return Form(
        f"{index.package.title}目录",
        tables,
        unit=(f"党支部（盖章）：{index.branch}", f"制作日期：{index.today}"),
        landscape=is_inspection,
        name="目录",
    )


def _contents(index: Index, with_rules: bool) -> Table:
    columns = [
        Column("序号", 5),
        Column("表格", 20, "left"),
        Column("工作表" if index.has_links else "文件", 24, "left"),
        Column("期间", 30, "left"),
        Column("行数", 6),
    ]
    rows: list[list[Cell]] = []
    for number, line in enumerate(index.lines, 1):
        place = Link(line.place) if index.has_links else line.place
        row: list[Cell] = [number, line.title, place, line.period, line.rows]
        rows.append([*row, _answers(line)] if with_rules else row)
    if with_rules:
        columns.append(Column("对应的规则", 48, "left"))
    return Table(columns, rows, size=10, row_height=20, empty="这一段没有可以装进来的表格")


def _answers(line: Line) -> str:
    return _ALL if line.answers_all else "、".join(KEYS[rule.key].title for rule in line.rules) or _NONE


def _sentences(caption: str, sentences: Sequence[str], empty: str) -> Table:
    rows: list[list[Cell]] = [[number, sentence] for number, sentence in enumerate(sentences, 1)]
    columns = (Column("序号", 5), Column("内容", 78, "left"))
    return Table(columns, rows, caption, size=10, row_height=20, empty=empty, repeats=False)


def _rules(lines: Sequence[Line]) -> Table:
    """Each rule once, in its own words, with the numbers of the forms that answer it."""
    rules = {rule.key: rule for line in lines for rule in line.rules}
    numbers: dict[str, list[int]] = {key: [] for key in rules}
    for number, line in enumerate(lines, 1):
        for rule in line.rules:
            numbers[rule.key].append(number)
    rows: list[list[Cell]] = [
        [KEYS[key].title, rules[key].source, _strength(rules[key]), _listed(numbers[key])]
        for key in KEYS
        if key in rules
    ]
    columns = (
        Column("规则", 20, "left"),
        Column("原文", 66, "left"),
        Column("程度", 7),
        Column("表格序号", 30, "left"),
    )
    return Table(columns, rows, "规则和表格", size=10, row_height=20, empty="没有要表格来说明的规则", repeats=False)


def _strength(rule: RuleInForce) -> str:
    return STRENGTH_WORDS[rule.rule.strength] if rule.rule else "自定"


def _listed(numbers: Sequence[int]) -> str:
    """Numbers as runs: 3、5-9、12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)

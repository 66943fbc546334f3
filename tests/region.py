"""Packages of branches for the tests of collecting: figures of a small branch, written as the sheet 上报数据 of a workbook."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from partyday_tui.excel.finish import finish
from partyday_tui.excel.page import print_form
from partyday_tui.rules.figures import Figures
from partyday_tui.rules.month import Month
from partyday_tui.rules.sheet import Column, Form, Table
from partyday_tui.services.sheets.figures import form_of_figures

OCTOBER = Month(2026, 10)
FIGURES = Figures(
    book_key="a" * 32,
    branch="柳湾村党支部",
    superior="青山镇党委",
    preset="农村（社区）党支部",
    first=OCTOBER,
    last=OCTOBER,
    made_on=date(2026, 11, 2),
    revision=243,
    planned=1,
    held=1,
    called=1,
    expected=42,
    came=30,
    deducted=11,
    due_fen=113_673,
    collected_fen=113_573,
    remitted_fen=100_000,
    open_cases=2,
    reviews=1,
    overdue=12,
)


def branch(number, **changed):
    """The figures of another branch."""
    return replace(FIGURES, **({"book_key": f"{number:032x}", "branch": f"第{number}村党支部"} | changed))


def package(path: Path, figures=FIGURES):
    """A package of these figures at a path."""
    made = finish(print_form(form_of_figures(figures)), path.parent, path.stem)
    return made if made == path else made.rename(path)


def strange_package(path: Path, **values):
    """A package in which the values of some keys are others, such as text for a number."""
    form = form_of_figures(FIGURES)
    rows = [(title, values.get(key, value), key) for title, value, key in form.tables[0].rows]
    columns = (Column("项目", 30), Column("数值", 44), Column("代号", 18))
    return finish(print_form(Form("上报数据", (Table(columns, rows),), name="上报数据")), path.parent, path.stem)

"""Importing a roster of 1,000 members, against reading the same file.

`python -m bench.import_roster`: medians of 7, every figure a ratio within this run; SQLModel, SQLAlchemy and pypinyin are imported
before. Goal: preview and commit, reading included, <= 3 x the time to read the file. The file can be read two ways: by the program's
own reader (calamine behind the gate), and by openpyxl; the ratio to both is printed, and the bare calamine beside them. Preview and import
run our reader apart, in a child; its start is counted but in the last line, since the app starts it while the user chooses the file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from bench.books import TODAY
from partyday_tui.clock import Clock
from partyday_tui.excel.read import read_grids
from partyday_tui.excel.worker import prepare, read_apart
from partyday_tui.services.books import make_book
from partyday_tui.services.readings import reading_of
from partyday_tui.services.roster_import import commit, preview
from partyday_tui.store.book import Book

_MEMBERS = 1000
_RUNS = 7
_CHOOSING = 0.5  # seconds; nobody points out a file more quickly
_HEADS = """
序号 姓名 性别 民族 出生日期 学历 公民身份号码 人员类别 入党日期 转正日期 所在党小组 党内职务 身份 手机号码 是否流动党员 外出流向 备注
"""
_SURNAMES, _GIVEN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗",
    """
伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂英秀珍华玉红梅建国春生文志海永德福成林荣光金才发长学良有新国强晓东小燕云凤香莲翠萍
""",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def main() -> None:
    """Make the file, measure in turn, print."""
    reading_of("预热")
    with tempfile.TemporaryDirectory() as folder:
        file = roster_file(Path(folder) / "花名册.xlsx")
        ways: dict[str, Callable[[Book], object]] = {
            "calamine alone": lambda _: _by_calamine(file),
            "our reader": lambda _: read_grids(file),
            "our reader, apart": lambda _: read_apart(file),
            "openpyxl, read-only": lambda _: _by_openpyxl(file, read_only=True),
            "openpyxl": lambda _: _by_openpyxl(file, read_only=False),
            "preview": lambda book: preview(book, file),
            "import": lambda book: commit(book, preview(book, file)),
            "import, reader started": lambda book: commit(book, preview(book, file)),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for run in range(_RUNS + 1):
            book = _new_book(Path(folder) / f"{run}.db")
            for name, way in ways.items():
                if name == "import, reader started":
                    book.close()
                    book = _new_book(Path(folder) / f"{run}-again.db")
                    prepare()
                    sleep(_CHOOSING)
                found = _seconds(way, book)
                if run:  # the first round warms up
                    times[name].append(found)
            book.close()
    middle = {name: median(found) for name, found in times.items()}
    print(f"{_MEMBERS} members{'':12}{'median ms':>10}{'x our reader':>14}{'x openpyxl r/o':>16}{'x openpyxl':>12}")
    for name, time in middle.items():
        ratios = (time / middle[base] for base in ("our reader", "openpyxl, read-only", "openpyxl"))
        print(
            f"{name:24}{time * 1000:10.0f}"
            + "".join(f"{it:{w}.2f}" for it, w in zip(ratios, (14, 16, 12), strict=True))
        )


def roster_file(path: Path) -> Path:
    """A roster of so many members in the shape of the sample: a title, a head row, 17 columns, dates as text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["柳湾村党支部党员花名册"])
    sheet.append(_HEADS.split())
    given = _GIVEN.strip()
    for number in range(_MEMBERS):
        name = _SURNAMES[number % 20] + given[number * 7 % len(given)] + given[number // len(given)]
        born, joined = date(1940, 1, 1) + timedelta(number * 21), date(1975, 1, 1) + timedelta(number * 17)
        sheet.append([
            number + 1, name, "男" if number % 2 else "女", "汉族", f"{born:%Y.%m.%d}", "初中", _identity(born, number),
            "正式党员", f"{joined:%Y-%m}", f"{joined.year + 1}年{joined.month}月", f"第{'一二三'[number % 3]}党小组", "党员",
            "农民", f"1963{number:07d}", "是" if number % 9 == 0 else "否", "湖北省武汉市" if number % 9 == 0 else None,
            "年老体弱" if number % 7 == 0 else None,
        ])  # fmt: skip
    book.save(path)
    return path


def _identity(born: date, number: int) -> str:
    digits = f"999999{born:%Y%m%d}{number % 500 * 2 + (number % 2):03d}"
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11]


def _by_calamine(file: Path) -> list[object]:
    return [cell for row in CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python() for cell in row]


def _by_openpyxl(file: Path, *, read_only: bool) -> list[object]:
    book = load_workbook(file, read_only=read_only, data_only=True)
    return [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]


def _seconds(way: Callable[[Book], object], book: Book) -> float:
    started = perf_counter()
    way(book)
    return perf_counter() - started


def _new_book(path: Path) -> Book:
    return make_book(path, Clock(TODAY), name="柳湾村党支部", preset="rural_community")


if __name__ == "__main__":
    main()

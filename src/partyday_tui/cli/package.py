"""``partyday package``: the packages of a month, a year and an inspection without a screen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import Parser
from partyday_tui.cli.parser import year as whole_year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.rules.form_kinds import form_named
from partyday_tui.rules.month import Month
from partyday_tui.rules.packages import (
    INSPECTION,
    MONTH,
    YEAR,
    Package,
    inspection_package,
    month_package,
    year_package,
)

if TYPE_CHECKING:
    from partyday_tui.rules.outbox import Item
    from partyday_tui.services.package import Made


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    package = commands.add_parser("package", help="把一个月、一年或一段时间的表格装成一个文件，带目录")
    kinds = package.add_subparsers(dest="kind", metavar="哪一种", parser_class=Parser, required=True)
    month = _add(kinds, MONTH.key, MONTH.help, _month)
    month.add_argument("month", metavar="月份", help="如 2026-11")
    year = _add(kinds, YEAR.key, YEAR.help, _year)
    year.add_argument("year", type=whole_year, metavar="年份", help="如 2026")
    inspection = _add(kinds, INSPECTION.key, INSPECTION.help, _inspection)
    inspection.add_argument("first", metavar="从", help="第一个月，如 2026-01")
    inspection.add_argument("last", metavar="到", help="最后一个月，如 2026-06")
    for parser in (year, inspection):
        roster = [
            (it.key, f"花名册用{it.word}的" + ("（不写就用这种）" if it.key == "masked" else ""))
            for it in form_named("roster").variants
        ]
        group = parser.add_mutually_exclusive_group()
        for key, words in roster:
            group.add_argument(f"--{key}", dest="roster", action="store_const", const=key, help=words)
        parser.set_defaults(roster="masked")


def _add(kinds: Any, key: str, words: str, package_of: Any) -> Parser:
    parser: Parser = kinds.add_parser(key, help=words)
    parser.add_argument("--out", type=Path, required=True, metavar="文件夹", help="写到哪个文件夹")
    parser.add_argument("--files", action="store_true", help="不装成一个文件，一张表格一个文件，放在一个文件夹里")
    add_json(parser)
    parser.set_defaults(run=_run, package_of=package_of)
    return parser


def _month(options: argparse.Namespace) -> Package:
    return month_package(Month.parse(options.month))


def _year(options: argparse.Namespace) -> Package:
    return year_package(options.year, options.roster)


def _inspection(options: argparse.Namespace) -> Package:
    return inspection_package(Month.parse(options.first), Month.parse(options.last), options.roster)


def _run(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.package import lay_ready, write_package

    package = options.package_of(options)
    with context.book(writing=True) as book:
        made = write_package(book, package, options.out, as_files=options.files)
        item = lay_ready(book, package, made)
    if options.json:
        answer(_figures(package, made, item))
        return 0
    print(made.path)
    waits = f"已放进待报送（编号{item.id}），用 partyday deliver 送出。" if item else ""
    print(f"{package.title}：{made.forms}张表格和目录，已读回核对。{waits}")
    for sentence in (*made.left_out, *made.missing):
        print(sentence)
    return 0


def _figures(package: Package, made: Made, item: Item | None) -> dict[str, Any]:
    return {
        "path": str(made.path),
        "kind": package.kind.key,
        "first": str(package.first),
        "last": str(package.last),
        "forms": made.forms,
        "as_files": made.as_files,
        "left_out": list(made.left_out),
        "missing": list(made.missing),
        "outbox": item.id if item else None,
    }

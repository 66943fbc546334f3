"""``partyday collect``: one workbook of a region out of the packages and backups of its branches."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import year
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.cli.secret_file import lines_of
from partyday_tui.errors import UserMistake
from partyday_tui.paths import short
from partyday_tui.rules.month import Month

if TYPE_CHECKING:
    from partyday_tui.rules.figures import Figures
    from partyday_tui.services.collect import Region, Span

_MOST_PASSPHRASES = 1000
_ENDING = ".xlsx"


def add_commands(commands: Any) -> None:
    """Add the command of this file."""
    collect = commands.add_parser("collect", help="上级用：把各支部交来的资料包和备份汇总成一张表，不用账本")
    collect.add_argument("folder", type=Path, metavar="文件夹", help="放各支部文件的文件夹，里面的文件夹也会看")
    collect.add_argument("--out", type=Path, required=True, metavar="文件", help="汇总表写到哪里，如 2026-11.xlsx")
    span = collect.add_mutually_exclusive_group()
    span.add_argument("--month", metavar="月份", help="汇总哪个月，如 2026-11；不写就按多数资料包的那一期")
    span.add_argument("--year", type=year, metavar="年份", help="汇总哪一年，如 2026")
    collect.add_argument(
        "--passphrase-file", type=Path, metavar="文件", help="加密备份的口令所在的文件，一行写一个口令"
    )
    add_json(collect)
    collect.set_defaults(run=_collect)


def _collect(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services.collect import collect
    from partyday_tui.services.region import write_region

    out = _target(options.out)
    region = collect(
        options.folder,
        context.clock,
        _span(options),
        passphrases=_passphrases(options.passphrase_file),
        leave_out=out,
    )
    written = write_region(region, out, context.clock.today)
    if options.json:
        answer(region_figures(region) | {"file": str(written)})
        return 0
    print(f"{region.span_words}：计入支部 {len(region.branches)} 个，已写到 {short(written)}。")
    for it in region.remarks:
        print(f"{it.what}\t{it.file}\t{it.why}")
    return 0


def region_figures(region: Region) -> dict[str, Any]:
    """The region for scripts: every branch, the sums, and what was said of the files; money in fen, rates 0 to 1 or null."""
    from partyday_tui.rules.figures import together

    sums = together((it.figures for it in region.branches), region.first, region.last)
    return {
        "first": str(region.first),
        "last": str(region.last),
        "branches": [_branch(it.figures) | {"file": it.file} for it in region.branches],
        "totals": _sums(sums),
        "remarks": [{"file": it.file, "branch": it.branch, "what": it.what, "why": it.why} for it in region.remarks],
    }


def _branch(it: Figures) -> dict[str, Any]:
    return {
        "book_key": it.book_key,
        "branch": it.branch,
        "superior": it.superior,
        "preset": it.preset,
        "made_on": it.made_on.isoformat(),
        "revision": it.revision,
        **_sums(it),
    }


def _sums(it: Figures) -> dict[str, Any]:
    from partyday_tui.rules.figures import COUNTS, MONEY

    sums = {key: getattr(it, key) for key in (*COUNTS, *MONEY)}
    return sums | {"rate": it.rate, "rate_after_deductions": it.rate_after_deductions}


def _target(out: Path) -> Path:
    """The workbook to write; its ending may be left out."""
    if out.is_dir():
        raise UserMistake(f"{short(out)} 是文件夹，请在 --out 后面写上文件名，如 汇总{_ENDING}。")
    if out.suffix.lower() == _ENDING:
        return out
    if out.suffix:
        raise UserMistake(f"汇总表是 {_ENDING} 文件，请把 --out 后面的文件名改成 {out.stem}{_ENDING}。")
    return out.with_name(out.name + _ENDING)


def _span(options: argparse.Namespace) -> Span | None:
    if options.month is not None:
        month = Month.parse(options.month)
        return month, month
    return (Month(options.year, 1), Month(options.year, 12)) if options.year is not None else None


def _passphrases(path: Path | None) -> tuple[str, ...]:
    """The passphrases of a file, one a line."""
    if path is None:
        return ()
    lines = lines_of(path, "口令", "--passphrase-file")
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not found or len(found) > _MOST_PASSPHRASES:
        raise UserMistake(f"口令文件里要有 1 到 {_MOST_PASSPHRASES} 个口令，一行一个；请改好后再汇总。")
    return found

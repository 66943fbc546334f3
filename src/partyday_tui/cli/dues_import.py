"""``partyday dues import``: the base figures of a sheet, previewed and, without --dry-run, written."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.dues_answers import tell
from partyday_tui.cli.run import Context
from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.rules.text import clean_line

if TYPE_CHECKING:
    from partyday_tui.services.dues_assess import Written
    from partyday_tui.services.dues_import import ImportPreview

_CHOICE = re.compile(r"([0-9]{1,9})=([0-9]{1,9})")


def import_figures(options: argparse.Namespace, context: Context) -> int:
    """Preview a sheet of base figures and, without --dry-run, write what is clear."""
    from partyday_tui.services import dues_import

    year = options.year or context.clock.today.year
    choices = dict(_choice(text) for text in options.choose)
    reason = clean_line(options.reason).text
    with context.book(writing=not options.dry_run) as book:
        preview = dues_import.preview_base_figures(
            book, Path(options.file), year, choices, approved_on=options.approved_on, valid_from=options.valid_from
        )
        found: list[Written] = []
        if preview.count("new") + preview.count("changed"):
            write = dues_import.draft_base_figures if options.dry_run else dues_import.import_base_figures
            approved_by = clean_line(options.approved_by).text
            found = write(book, preview, approved_on=options.approved_on, approved_by=approved_by, reason=reason)
    written = 0 if options.dry_run else len(found)
    warnings = list(dict.fromkeys(warning for each in found for warning in each.warnings))
    figures = _figures(preview) | {"written": written, "warnings": warnings}
    lines = [f"第 {row['row']} 行 {row['name']}：{row['message']}" for row in figures["problems"]]
    lines.append(f"新核定 {figures['new']}，更正 {figures['changed']}，不变 {figures['unchanged']}，写入 {written}。")
    if preview.count("changed"):
        kept = dues_import.reason_of(preview, reason)
        other = "" if options.valid_from else "；要从别的月起，请用 --from 写明"
        lines.append(f"更正的从 {preview.corrected_from} 起，原因是「{kept}」{other}。")
    tell(options, figures, "\n".join((*lines, *warnings)))
    return 0


def _figures(preview: ImportPreview) -> dict[str, Any]:
    """A preview: how many rows stand how, and each that needs a word, with its candidates."""
    words = {"ambiguous": "重名，请用 --choose 指明是哪一位", "unknown": "", "refused": ""}
    problems = []
    for row in preview.rows:
        told = [row.source.problem or words.get(row.state, ""), *row.doubts]
        message = "；".join(part.rstrip("。") for part in told if part)
        if message:
            candidates = [{"id": payer.id, "name": payer.name, "group": payer.group} for payer in row.candidates]
            problems.append(
                {
                    "row": row.source.row,
                    "name": row.source.name,
                    "state": row.state,
                    "message": message,
                    "candidates": candidates if row.state == "ambiguous" else [],
                }
            )
    states = ("new", "changed", "unchanged", "ambiguous", "unknown", "refused")
    return {
        "year": preview.year,
        "corrected_from": str(preview.corrected_from) if preview.count("changed") else None,
        **{state: preview.count(state) for state in states},
        "rows": [
            {
                "row": row.source.row,
                "name": row.source.name,
                "state": row.state,
                "member_id": row.member_id,
                "category": CATEGORY_WORDS.get(row.source.category),
                "base_fen": row.source.base_fen,
                "monthly_fen": row.assessed.monthly_fen if row.assessed else None,
            }
            for row in preview.rows
        ],
        "problems": problems,
    }


def _choice(text: str) -> tuple[int, int | None]:
    found = _CHOICE.fullmatch(text)
    if found is None:
        raise UserMistake(f"「{text}」没有看懂，请写成 行=编号，如 18=7。")
    return int(found[1]), int(found[2]) or None

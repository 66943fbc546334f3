"""What the assessment screens read out: a decision with everything it rests on, and the tables with their notices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.practice import PRACTICES
from partyday_tui.rules.dues.rates import CATEGORY_WORDS, EFFECT_WORDS, Notice
from partyday_tui.services.dues_rates import rates

if TYPE_CHECKING:
    from partyday_tui.rules.dues.assessment import Part
    from partyday_tui.store.dues_assessments import Assessment


def assessment_words(found: Assessment, parts: list[Part]) -> str:
    """One decision with everything it rests on."""
    lines = [
        f"{found.valid_from} 起  {CATEGORY_WORDS.get(found.category, found.category)}  每月 {yuan(found.monthly_fen)} 元",
        f"按标准 {yuan(found.by_table_fen)} 元，依据 {found.notice}"
        if found.monthly_fen != found.by_table_fen
        else f"依据 {found.notice}",
        f"基数 {yuan(found.base_fen)} 元" if found.base_fen is not None else "",
        *(f"    {EFFECT_WORDS[part.effect]} {part.name} {yuan(part.amount_fen)}" for part in parts),
        f"同意少交免交：{found.relief_document} {found.relief_by} {found.relief_on}" if found.relief else "",
        f"核定：{found.approved_on or '未写日期'} {found.approved_by or '未写核定人'}",
        f"原因：{found.reason}" if found.reason else "",
    ]
    return "\n".join(line for line in lines if line)


def rate_lines(year: int) -> list[str]:
    """The tables that hold at the beginning of a year, in the notices' words, and how far these were checked."""
    day = date(year, 1, 1)
    found: list[str] = []
    notices: dict[str, Notice] = {}
    for category, word in CATEGORY_WORDS.items():
        table, base, relief = rates().table(category, day), rates().base(category, day), rates().relief(category, day)
        if table.categories[0] == category:
            found.append(f"{'、'.join(CATEGORY_WORDS[code] for code in table.categories)}：{table.grounds}。")
        if base is not None:
            found.append(f"{word}的基数：{base.grounds}。")
        if relief.categories[0] == category:
            whose = "" if len(relief.categories) == len(CATEGORY_WORDS) else f"{word}的"
            found.append(f"{whose}少交免交：{relief.grounds}。")
        held = (table.grounds.notice, relief.grounds.notice, *([base.grounds.notice] if base else []))
        notices.update({notice.id: notice for notice in held})
    found += [f"基数里{each}。" for each in _parts_words(day)]
    found += [f"{notice}：{notice.since}。" for notice in notices.values()]
    return [*found, "", "交纳和收缴的规矩", *map(str, PRACTICES)]


def _parts_words(day: date) -> list[str]:
    """What counts in a base, what is taken off it and what is left out of it (D3, D4)."""
    held = [rule for rule in rates().parts if rule.holds_from <= day]
    return [f"{EFFECT_WORDS[rule.effect]}的：{'、'.join(rule.words)}（{rule.notice.number}）" for rule in held]

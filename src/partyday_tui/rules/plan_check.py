"""The check of a year's plan: 「年度有计划、月月有安排、次次有主题」 (CAL-01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from partyday_tui.rules.events import Event
from partyday_tui.rules.month import months_of_year


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """Months, 1 to 12 in order, that lack something; all three empty is a plan without a gap."""

    undated: tuple[int, ...]
    without_theme: tuple[int, ...]
    doubled: tuple[int, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """One short Chinese sentence for each kind of gap that there is."""
        gaps = (("没有日期", self.undated), ("没有主题", self.without_theme), ("排了两次", self.doubled))
        return tuple(f"{words}：{_listed(found)}" for words, found in gaps if found)


def check_plan(year: int, events: Iterable[Event]) -> PlanCheck:
    """Look at the party days of one year; a month without any has no date, and its theme is not asked for."""
    party_days: dict[str, list[Event]] = {str(month): [] for month in months_of_year(year)}
    for event in events:
        if "party_day" in event.kinds and event.month in party_days:
            party_days[event.month].append(event)
    months = list(enumerate(party_days.values(), 1))
    return PlanCheck(
        tuple(number for number, found in months if not any(event.on_date for event in found)),
        tuple(number for number, found in months if any(not (event.theme or event.content) for event in found)),
        tuple(number for number, found in months if len(found) > 1),
    )


def _listed(months: tuple[int, ...]) -> str:
    """``(1, 2, 3, 7)`` as 1至3月、7月."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(f"{run[0]}月" if len(run) == 1 else f"{run[0]}至{run[-1]}月" for run in runs)

"""What the branch decides for itself about dues: rounding, the farmers' rate, first and last month, hand-over (D8, D12, D19, D20, D22)."""

from __future__ import annotations

from dataclasses import dataclass

from partyday_tui.rules.month import Month

ROUNDING_WORDS = {
    f"{unit}_{mode}": f"{unit_word}{mode_word}"
    for unit, unit_word in (("fen", "到分，"), ("jiao", "到角，"), ("yuan", "到元，"))
    for mode, mode_word in (("half_up", "四舍五入"), ("up", "有零头就进"), ("down", "舍去零头"))
}
FIRST_MONTH_WORDS = {"same_month": "接收或转入的当月", "next_month": "接收或转入的下一个月"}
HAND_OVER_WORDS = {"monthly": "每月", "quarterly": "每季度", "half_yearly": "每半年", "yearly": "每年"}
LAST_MONTH_WORDS = {"same_month": "离开的当月", "previous_month": "离开的上一个月"}

# No national rule on these was found (domain.md D12, D19, D20, D22): what a branch that has decided nothing goes by.
DEFAULTS: dict[str, str | int] = {
    "dues.rounding": "fen_half_up",
    "dues.farmer_monthly_fen": 50,
    "dues.first_month": "same_month",
    "dues.last_month": "same_month",
    "dues.last_month_at_death": "previous_month",
    "dues.hand_over": "quarterly",
}

_UNIT_FEN = {"fen": 1, "jiao": 10, "yuan": 100}


_HAND_OVER_EVERY = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def hand_over_is_due(rhythm: str, month: Month) -> bool:
    """Whether what is in hand at the end of a month goes to the superior by the branch's rhythm (a key of `HAND_OVER_WORDS`)."""
    return month.month % _HAND_OVER_EVERY[rhythm] == 0


@dataclass(frozen=True, slots=True)
class Rounding:
    """To which unit, and which way: the written form is such as ``fen_half_up``."""

    written: str = "fen_half_up"

    def of(self, base_fen: int, rate: int) -> int:
        """``rate`` ten-thousandths of ``base_fen``, rounded to whole units, in fen; integers throughout."""
        unit, _, mode = self.written.partition("_")
        step = _UNIT_FEN[unit]
        parts, whole = base_fen * rate, 10_000 * step
        if mode == "up":
            units = -(-parts // whole)
        elif mode == "down":
            units = parts // whole
        else:
            units = (2 * parts + whole) // (2 * whole)
        return units * step

"""What a form or a plan table says of an event, cleaned and within the lengths that the book keeps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from partyday_tui.errors import UserMistake
from partyday_tui.rules.text import line_to_keep

LIMITS = {"theme": 200, "form": 200, "content": 2000, "place": 200, "in_charge": 40, "note": 2000}
FIELD_WORDS = {
    "theme": "主题",
    "form": "活动方式",
    "content": "活动内容",
    "place": "地点",
    "in_charge": "责任人",
    "note": "备注",
    "starts_at": "开始时间",
    "ends_at": "结束时间",
}
FORMS = (
    "专题学习研讨",
    "先锋模范行动",
    "红色教育行动",
    "党员志愿活动",
    "专项系列活动",
    "红色基地教育",
    "党员志愿行动",
)
"""活动方式 as the only complete plan table among the guides words it (CAL-19)."""

_CLOCK = re.compile(r"(\d{1,2})[:点时](?:(\d{1,2})分?)?|(\d{2})(\d{2})")


def clean_fields(values: Mapping[str, str]) -> dict[str, str | None]:
    """The texts of an event by field, cleaned; times as HH:MM, or None where there is none.

    Raises UserMistake for a text that is too long, a time that does not exist, and an end before the beginning.
    """
    fields: dict[str, str | None] = {}
    for name, limit in LIMITS.items():
        if name in values:
            fields[name] = line_to_keep(values[name], FIELD_WORDS[name], limit)
    for name in ("starts_at", "ends_at"):
        if name in values:
            fields[name] = read_clock(values[name])
    starts, ends = fields.get("starts_at"), fields.get("ends_at")
    if starts and ends and ends <= starts:
        raise UserMistake("结束时间不晚于开始时间，请核对这两个时间。")
    return fields


def read_clock(text: str) -> str | None:
    """A time of day as HH:MM from 9:30, 0930, 9点半 or full-width digits; None for a blank; raises UserMistake."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("点半", "点30")
    if not plain:
        return None
    found = _CLOCK.fullmatch(plain)
    hour, minute = (int(found[1] or found[3]), int(found[2] or found[4] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise UserMistake("时间没有看懂，请写成 09:30 这样。")
    return f"{hour:02d}:{minute:02d}"

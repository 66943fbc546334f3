"""Values of a register's fields: from the text of a form to the book, and from the book to the text of a form or a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import fen_from_yuan, yuan
from partyday_tui.rules.partial_date import parse_partial_date
from partyday_tui.rules.registers import ON, Entry, Register, RegisterField, Value
from partyday_tui.rules.text import clean_block

MOST_MINUTES = 60_000
_HOURS = r"([0-9]{1,4}(?:\.[0-9]{1,2})?)"
_DURATION = re.compile(rf"(?:{_HOURS}(?:小时|时|h))?(?:([0-9]{{1,5}})(?:分钟|分|m))?")


def read_values(register: Register, texts: Mapping[str, str]) -> dict[str, Value]:
    """Every field of an entry as the book holds it; a field that is not named is empty.

    ``texts``: by column, dates in any full form. Raises UserMistake for an unknown field, one that is missing or cannot be read,
    and for an entry that ends before it begins.
    """
    unknown = next((name for name in texts if name not in register.columns), None)
    if unknown is not None:
        raise UserMistake(f"「{register.title}」没有「{unknown}」这一项，可用：{'、'.join(register.columns)}。")
    day = RegisterField(ON, register.day, "date", required=True)
    values = {it.name: read_value(it, texts.get(it.name, "")) for it in (day, *register.fields)}
    begun = str(values[ON])
    for end in register.ends:
        for name in filter(None, (end.field, end.due)):
            if values[name] and str(values[name]) < begun and name != "due_on":
                raise UserMistake(
                    f"「{register.field(name).label}」{values[name]} 早于{register.day} {begun}，请核对这两个日期。"
                )
    return values


def read_value(field: RegisterField, text: str) -> Value:
    """One field as the book holds it; raises UserMistake that names the field."""
    cleaned = clean_block(text).text.replace("\n", " ")
    if not cleaned:
        if field.required:
            raise UserMistake(f"「{field.label}」还没有填，请填上。")
        return {"date": None, "money": 0, "minutes": 0}.get(field.kind, "")
    try:
        if field.kind == "date":
            return _day(cleaned)
        if field.kind == "money":
            return _fen(cleaned)
        if field.kind == "minutes":
            return minutes_from(cleaned)
    except UserMistake as mistake:
        raise UserMistake(f"「{field.label}」：{mistake.sentence}") from None
    limit = min(field.limit, 40) if field.kind == "choice" else field.limit
    if len(cleaned) > limit:
        raise UserMistake(f"「{field.label}」有 {len(cleaned)} 个字，最多 {limit} 个字，请缩短后重填。")
    return cleaned


def form_text(field: RegisterField, value: Value) -> str:
    """A value as a form is filled with; what `read_value` reads back is the same value."""
    if value is None or (field.kind in ("money", "minutes") and not value):
        return ""
    if field.kind == "money":
        return yuan(int(value))
    return duration(int(value)) if field.kind == "minutes" else str(value)


def list_text(field: RegisterField, value: Value) -> str:
    """A value as a list shows it."""
    text = form_text(field, value)
    return f"{text}元" if field.kind == "money" and text else text


def texts_of(register: Register, entry: Entry) -> dict[str, str]:
    """Every column of an entry as a form is filled with."""
    return {ON: str(entry.values[ON])} | {it.name: form_text(it, entry.values[it.name]) for it in register.fields}


def minutes_from(text: str) -> int:
    """Whole minutes from 「2小时」, 「1小时30分」, 「90分钟」, or a number of hours; raises UserMistake for anything else."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    plain = plain.replace("个", "").replace("小时半", "小时30分").replace("半小时", "30分")
    found = _DURATION.fullmatch(f"{plain}小时" if re.fullmatch(_HOURS, plain) else plain)
    if not plain or not found:
        raise UserMistake("时长没有看懂，请写成 2小时、1小时30分 或 90分钟 这样。")
    minutes = Decimal(found[1] or 0) * 60 + Decimal(found[2] or 0)
    if minutes != minutes.to_integral_value():
        raise UserMistake("时长要是整分钟，请写成 1小时20分 这样。")
    if not 1 <= minutes <= MOST_MINUTES:
        raise UserMistake(f"时长要在 1 分钟到 {MOST_MINUTES // 60} 小时之间，请核对后重填。")
    return int(minutes)


def duration(minutes: int) -> str:
    """「1小时30分」, 「2小时」, 「45分钟」."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}分钟"
    return f"{hours}小时{rest}分" if rest else f"{hours}小时"


def _day(text: str) -> str:
    partial = parse_partial_date(text)
    if partial is None or partial.day is None:
        raise UserMistake("日期要写到哪一天，请写成 2026-07-01 这样。")
    return partial.iso


def _fen(text: str) -> int:
    fen = fen_from_yuan(text)
    if fen < 0:
        raise UserMistake("金额不能是负数，请核对后重填。")
    return fen

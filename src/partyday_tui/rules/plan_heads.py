"""Finds the plan of a year in a sheet: 活动时间, 活动方式, 活动内容, and 地点, 责任人, 备注 where given (CAL-01)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from partyday_tui.errors import UserMistake
from partyday_tui.rules.heads import Heads, Row, cell_text, data_rows, find_heads, vocabulary
from partyday_tui.rules.partial_date import PartialDate, parse_partial_date
from partyday_tui.rules.text import clean_line

_HEADS = vocabulary(
    {
        "number": "序号 编号 序 号",
        "time": "活动时间 时间 日期 活动日期 开展时间 计划时间 拟开展时间 主题党日时间 具体时间 拟定时间 活动日 时间安排",
        "month": "月份 活动月份 月 计划月份 开展月份",
        "form": "活动方式 活动形式 方式 形式 活动类型 类型 组织形式",
        "content": "活动内容 内容 主题 活动主题 学习内容 主要内容 主题党日内容 活动主题及内容 活动安排 活动名称",
        "place": "地点 活动地点 会议地点 场所",
        "responsible": "责任人 负责人 牵头人 组织者 主持人 责任领导 承办人 责任单位",
        "note": "备注 说明 其他",
    }
)
_DAY = re.compile(r"(\d{1,2})[日号]?")
_WEEKDAY = re.compile(r"[(（]?(?:星期|周)[一二三四五六日天][)）]?$")
# 「1月至3月」 and 「1月、2月」 name more than one month; 「1月上旬」 and 「1月第一个星期五」 are still January.
_MONTHS = re.compile(r"(?:\d{4}年)?\d{1,2}(?:月份?)?[-~–—至到和、,]\d{1,2}月.*|.*月.*月.*")
_CHINESE_MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
_MONTH = re.compile(r"(?:(\d{4})年)?(?:度)?(\d{1,2})月(?:份)?(?:(\d{1,2})[日号])?(.*)")
_YEAR = re.compile(r"(20\d{2}|19\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan; ``row`` as the sheet numbers it, ``on`` a date or a month, ``time`` the cell as written."""

    row: int
    on: PartialDate
    time: str
    form: str
    content: str
    place: str
    responsible: str
    note: str


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """A line of the plan that was not taken, and why."""

    row: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The plan as found; ``head_row`` as the sheet numbers it, None if the columns were mapped by hand."""

    columns: dict[str, int]
    head_row: int | None
    unknown: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    problems: tuple[PlanProblem, ...]


def find_plan(
    grid: Sequence[Row], year: int | None = None, by_hand: Mapping[str, int | None] | None = None
) -> PlanTable:
    """Read the plan of a year out of a sheet; ``year`` is for lines and titles that name none.

    Refuses with UserMistake when no row names 活动时间 (or 月份) beside 活动内容 and it was not mapped by hand.
    """
    heads = _heads_of(grid, by_hand or {})
    if heads is None:
        raise UserMistake(
            "没有找到写着「活动时间」和「活动内容」的表头，请检查是否选对了文件和工作表，或手工指定各列。"
        )
    titled = next((int(found.group(1)) for title in heads.titles if (found := _YEAR.search(title))), year)
    rows: list[PlanRow] = []
    problems: list[PlanProblem] = []
    last: object = ""
    for number, row in data_rows(grid, heads, "time" if "time" in heads.columns else "month"):
        raw = {field: row[at] for field, at in heads.columns.items() if at < len(row)}
        text = {field: clean_line(cell_text(value)).text for field, value in raw.items()}
        if not text.get("content") and not text.get("form"):
            continue
        # A month that spans several lines is merged in the sheet: only its first line says the time.
        last = _when(raw, text) or last
        try:
            on = _time_of(last, titled)
        except UserMistake as refusal:
            problems.append(PlanProblem(number, "time", refusal.sentence))
            continue
        shown = on.iso if isinstance(last, date | datetime) else clean_line(cell_text(last)).text
        rest = (text.get(field, "") for field in ("form", "content", "place", "responsible", "note"))
        rows.append(PlanRow(number, on, shown, *rest))
    head_row = heads.head_rows[-1] if heads.head_rows else None
    return PlanTable(heads.columns, head_row, heads.unknown, tuple(rows), tuple(problems))


def _heads_of(grid: Sequence[Row], by_hand: Mapping[str, int | None]) -> Heads | None:
    """The heads of the first table that has 活动内容 and a time: 活动时间, else 月份."""
    for key in ("time", "month"):
        heads = find_heads(grid, _HEADS, key, by_hand)
        if heads is not None and {key, "content"} <= heads.columns.keys():
            return heads
    return None


def _when(raw: Mapping[str, object], text: Mapping[str, str]) -> object:
    """The cell that says when: the time, else the month; 「8日」 beside 「1月」 is one day. None where neither says anything."""
    time, month = text.get("time", ""), text.get("month", "")
    if time and month and (day := _DAY.fullmatch("".join(time.split()))):
        return f"{_month_words(month)}{day[1]}日"
    return raw["time"] if time else raw["month"] if month else None


def _month_words(written: str) -> str:
    """A month as ``1月``, whether it was written 1, 1月, 一月 or 元月; anything else as it is."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", written)).replace("元月", "一月")
    if text.removesuffix("份") in _CHINESE_MONTHS:
        return f"{_CHINESE_MONTHS.index(text.removesuffix('份')) + 1}月"
    return f"{text}月" if re.fullmatch(r"[1-9]|1[0-2]", text) else text


def _time_of(value: object, year: int | None) -> PartialDate:
    text = _WEEKDAY.sub("", _month_words(cell_text(value)))
    if _MONTHS.fullmatch(text):
        raise UserMistake(f"活动时间「{text}」写了不止一个月，请每月一行。")
    if not (found := _MONTH.fullmatch(text)):
        return _date_of(text if isinstance(value, str) else value, text)
    own_year = int(found.group(1)) if found.group(1) else year
    if own_year is None:
        raise UserMistake(f"活动时间「{text}」没有写年份，请写成 2026年1月，或在标题里写明年度。")
    return parse_partial_date(f"{own_year}年{found.group(2)}月" + (f"{found.group(3)}日" if found.group(3) else ""))


def _date_of(value: object, shown: str) -> PartialDate:
    refusal = f"活动时间「{shown}」看不出月份，请写成 2026年1月 或 2026-01-09。"
    if not re.search(r"[0-9]|[一二三四五六七八九十]月", shown):
        raise UserMistake(refusal)
    on = parse_partial_date(value)
    if on.month is None:
        raise UserMistake(refusal)
    return on

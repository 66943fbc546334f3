"""Finds the plan of a year in a sheet: 活动时间, 活动方式, 活动内容, and 地点, 责任人, 备注 where given (CAL-01)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from partyday_tui.errors import UserMistake
from partyday_tui.rules.heads import Row, cell_text, data_rows, find_heads, vocabulary
from partyday_tui.rules.partial_date import PartialDate, parse_partial_date
from partyday_tui.rules.text import clean_line

_HEADS = vocabulary(
    {
        "number": "序号 编号 序 号",
        "time": "活动时间 时间 月份 日期 活动日期 开展时间 活动月份 计划时间 拟开展时间 主题党日时间",
        "form": "活动方式 活动形式 方式 形式 活动类型 类型 组织形式",
        "content": "活动内容 内容 主题 活动主题 学习内容 主要内容 主题党日内容 活动主题及内容 活动安排 活动名称",
        "place": "地点 活动地点 会议地点 场所",
        "responsible": "责任人 负责人 牵头人 组织者 主持人 责任领导 承办人 责任单位",
        "note": "备注 说明 其他",
    }
)
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
    heads = find_heads(grid, _HEADS, "time", by_hand or {})
    if heads is None or not {"time", "content"} <= heads.columns.keys():
        raise UserMistake(
            "没有找到写着「活动时间」和「活动内容」的表头，请检查是否选对了文件和工作表，或手工指定各列。"
        )
    titled = next((int(found.group(1)) for title in heads.titles if (found := _YEAR.search(title))), year)
    rows: list[PlanRow] = []
    problems: list[PlanProblem] = []
    last: object = ""
    for number, row in data_rows(grid, heads, "time"):
        raw = {field: row[at] for field, at in heads.columns.items() if at < len(row)}
        text = {field: clean_line(cell_text(value)).text for field, value in raw.items()}
        if not text.get("content") and not text.get("form"):
            continue
        # A month that spans several lines is merged in the sheet: only its first line says the time.
        last = raw.get("time") if text.get("time") else last
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


def _time_of(value: object, year: int | None) -> PartialDate:
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", cell_text(value)))
    if text in _CHINESE_MONTHS:
        text = f"{_CHINESE_MONTHS.index(text) + 1}月"
    elif re.fullmatch(r"[1-9]|1[0-2]", text):
        text += "月"
    if not (found := _MONTH.fullmatch(text)):
        on = parse_partial_date(value) if text else None
        if on is None or on.month is None:
            raise UserMistake(f"活动时间「{text}」看不出月份，请写成 2026年1月 或 2026-01-09。")
        return on
    own_year = int(found.group(1)) if found.group(1) else year
    if own_year is None:
        raise UserMistake(f"活动时间「{text}」没有写年份，请写成 2026年1月，或在标题里写明年度。")
    # 「1月至3月」 and 「1月、2月」 name more than one month; 「1月上旬」 and 「1月第一个星期五」 are still January.
    if "月" in found.group(4):
        raise UserMistake(f"活动时间「{text}」写了不止一个月，请每月一行。")
    return parse_partial_date(f"{own_year}年{found.group(2)}月" + (f"{found.group(3)}日" if found.group(3) else ""))

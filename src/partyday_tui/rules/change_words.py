"""A change of the book in the words of its user (SUP-05)."""

from __future__ import annotations

from collections.abc import Mapping

from partyday_tui.rules.changes import Change
from partyday_tui.rules.events import DUTY_WORDS, KIND_WORDS, REQUEST_STATES
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD

_FIELDS = {
    "month": "月份",
    "on_date": "日期",
    "rule": "规则",
    "moved_from": "原定日期",
    "moved_reason": "改期原因",
    "theme": "主题",
    "form": "活动方式",
    "content": "活动内容",
    "place": "地点",
    "in_charge": "责任人",
    "starts_at": "开始时间",
    "ends_at": "结束时间",
    "note": "备注",
    "status": "记录",
    "reason": "事由",
    "marked_at": "时间",
    "group_name": "党小组",
    "name": "姓名",
    "reading": "读音",
    "kind": "类别",
    "sex": "性别",
    "ethnicity": "民族",
    "identity": "公民身份号码",
    "born_on": "出生日期",
    "education": "学历",
    "joined_on": "入党日期",
    "confirmed_on": "转正日期",
    "post": "党内职务",
    "job": "工作岗位",
    "dues_category": "党费类别",
    "phone": "手机",
    "landline": "固定电话",
    "address": "家庭住址",
    "floating": "流动",
    "destination": "外出流向",
    "lost_contact": "失联",
    "lost_since": "失联日期",
    "infirm": "年老体弱",
    "hardship": "困难",
    "leading_cadre": "党员领导干部",
}
_VALUES = {
    **{status.value: word for status, word in STATUS_WORDS.items()},
    **KIND_WORDS,
    **REQUEST_STATES,
    **DUTY_WORDS,
    "full": "正式党员",
    "probationary": "预备党员",
}
_YES_NO = {"floating", "lost_contact", "infirm", "hardship", "leading_cadre"}
_KEYS = {"id", "event_id", "member_id", "group_id", "reading_by_hand"}


def change_lines(change: Change, row: Mapping[str, str]) -> list[str]:
    """What was changed: a line per field, old and new; ``row`` holds the fields of a row that was written or taken out."""
    if change.op == "update":
        if change.field in _KEYS or change.field not in _FIELDS:
            return []
        return [f"{_FIELDS[change.field]}：{_value(change.field, change.old)} 改为 {_value(change.field, change.new)}"]
    said = [f"{_FIELDS[field]} {_value(field, value)}" for field, value in row.items() if field in _FIELDS]
    word = "写入" if change.op == "insert" else "去掉"
    return [f"{word}：{'，'.join(said)}" if said else word]


def _value(field: str, value: str | None) -> str:
    if field == "status" and not value:
        return UNMARKED_WORD
    if field in _YES_NO:
        return "是" if value in ("1", "True") else "否"
    if not value:
        return "（空）"
    if field == "identity":
        return f"{value[:6]}********{value[-4:]}"
    if field == "marked_at":
        return value[11:16]
    return _VALUES.get(value, value) if field in ("status", "kind", "state", "duty") else value

"""One change of one field, as shown to the user (SUP-05: who, when, old, new)."""

from dataclasses import dataclass

from partyday_tui.rules.appraisal import GRADE_WORDS
from partyday_tui.rules.attendance import STEP_WORDS
from partyday_tui.rules.ballots import VOTER_WORDS
from partyday_tui.rules.delivery_place import SECURITY_WORDS
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.events import DUTY_WORDS, REQUEST_STATES
from partyday_tui.rules.events import KIND_WORDS as EVENT_KIND_WORDS
from partyday_tui.rules.identity import mask_identity, mask_phone
from partyday_tui.rules.leave import FORM_WORDS
from partyday_tui.rules.outbox import CARRIER_WORDS
from partyday_tui.rules.people import DUES_CATEGORY_WORDS, MOVEMENT_WORDS
from partyday_tui.rules.people import KIND_WORDS as MEMBER_KIND_WORDS
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.register_values import duration
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was changed, or a whole row written or taken out (then ``field`` is '').

    ``at`` is an instant of 25 characters, ``day`` the working day (ISO), ``op`` insert, update or delete; ``old`` and ``new`` are
    what the book held, None where there was nothing.
    """

    at: str
    day: str
    actor: str
    what: str
    source: str
    kept_in: str
    op: str
    field: str
    old: str | None
    new: str | None


_FIELD_WORDS = {
    "name": "姓名", "reading": "拼音", "reading_by_hand": "拼音手改", "kind": "类别", "sex": "性别", "ethnicity": "民族",
    "identity": "身份证号", "born_on": "出生日期", "education": "学历", "joined_on": "入党日期", "confirmed_on": "转正日期",
    "group_id": "党小组", "group_name": "党小组", "post": "党内职务", "job": "工作岗位", "dues_category": "党费类别", "phone": "手机",
    "landline": "固定电话", "address": "住址", "floating": "流动", "destination": "外出流向", "lost_contact": "失联",
    "lost_since": "失联年月", "infirm": "年老体弱", "hardship": "困难", "leading_cadre": "领导干部", "note": "备注",
    "status": "点名", "reason": "事由", "marked_at": "点名时间", "month": "月份", "on_date": "日期", "rule": "日期规则",
    "moved_from": "原定日期", "moved_reason": "变更原因", "theme": "主题", "form": "方式", "content": "内容", "place": "地点",
    "in_charge": "负责人", "starts_at": "开始", "ends_at": "结束", "class": "身份", "unit": "单位", "superior": "上级党组织",
    "secretary": "书记", "day": "日期", "is_off": "放假", "statutory": "法定", "source": "来源", "from_date": "原定日期",
    "to_date": "改到", "duty": "手续", "state": "状态", "requested_on": "送出日期", "document_no": "文号", "approver": "批准人",
    "replied_on": "答复日期", "made_on": "建账日期", "number": "序号", "branch": "所在支部", "group": "党小组", "membership_state": "党籍状态", "row": "这一行", "sheet": "工作表",
    "member_id": "党员", "topic": "话题", "what": "情形", "household": "家庭或群众", "occasion": "时机", "goods": "慰问品",
    "amount_fen": "慰问金", "by_whom": "由谁", "reported_on": "通报日期", "trouble": "类型", "level": "程度", "measures": "帮扶措施",
    "ended_on": "结束日期", "title": "问题", "owner": "责任人", "due_on": "整改期限", "result": "整改结果", "settled_on": "完成日期",
    "deed": "事迹", "project": "项目", "served_minutes": "时长", "way": "方式", "method": "方式", "findings": "检查情况", "mend_by": "限期整改",
    "mending": "整改情况", "mended_on": "整改完成", "station": "岗位", "task": "职责", "to_whom": "报给", "contacts": "培养联系人",
    "training_days": "培训天数", "training_hours": "培训学时", "extended_months": "延长月数", "special": "延长审批", "ended_why": "终止原因",
    "required_theme": "必选主题", "chosen_theme": "自选主题", "opinions_on": "征求意见日期", "opinions_from": "向谁征求意见",
    "approved_on": "上级审定日期", "approved_by": "审定的上级", "notice_on": "公示日期", "notice_how": "公示方式",
    "notice_bring": "请党员携带", "host": "主持人", "host_post": "主持人职务", "host_reason": "委托原因", "recorder": "记录人",
    "minutes": "会议记录", "discussion": "讨论情况", "consensus": "共识和决定", "record_form_on": "上报纪实表日期",
    "minutes_filed_on": "会议记录备案日期", "filed_on": "报上级备案日期", "workbook_on": "记入工作手册日期",
    "preset": "支部类型", "valid_from": "生效日期", "key": "规则", "value": "规定", "year": "年份", "entered_on": "录入日期",
    "body": "通知原文", "step": "步骤", "who": "谁", "person": "负责人", "matter": "表决事项", "full_members": "正式党员人数",
    "present": "到会人数", "votes_for": "赞成", "votes_against": "反对", "votes_abstain": "弃权", "heads": "扣除人数", "word": "事项",
    "detail": "说明", "lecturer": "讲课人", "role": "身份", "strengths": "优点", "weaknesses": "不足", "direction": "努力方向",
    "closed_at": "结束点名", "first_day": "从", "last_day": "到", "reason_class": "事由类别", "applied_on": "申请日期",
    "granted_by": "批准人", "granted_on": "批准日期", "paper": "书面材料", "reached": "联系上了", "led_by": "主讲人",
    "archive_no": "归档号", "archived_on": "归档日期", "signed": "本人签字",
    "file_name": "文件名", "folder": "文件夹", "sha256": "校验码", "taken_on": "拍摄日期", "size": "字节数",
    "voter": "投票人", "given": "发出", "returned": "收回", "void": "废票", "dimension": "测评内容",
    "satisfied": "满意", "fairly": "基本满意", "dissatisfied": "不满意", "abstained": "弃权", "remarks": "意见建议",
    "group_note": "对党小组的通报", "best_case": "最佳案例", "excellent": "优秀", "qualified": "合格", "basic": "基本合格",
    "unqualified": "不合格", "grade": "评定等次", "absence": "未参加原因",
    "carrier": "报送方式", "target": "报送位置", "port": "端口", "security": "加密方式", "user_name": "用户名", "sender": "发件邮箱",
    "recipient": "收件邮箱",
}  # fmt: skip
_VALUE_WORDS: dict[str, dict[str, str]] = {
    "status": {status.value: word for status, word in STATUS_WORDS.items()},
    "kind": MEMBER_KIND_WORDS | MOVEMENT_WORDS | EVENT_KIND_WORDS,
    "dues_category": DUES_CATEGORY_WORDS,
    "duty": DUTY_WORDS,
    "state": REQUEST_STATES,
    "form": FORM_WORDS,
    "step": STEP_WORDS,
    "source": {"notice": "通知", "file": "文件", "manual": "手工"},
    "key": {key: rule.title for key, rule in KEYS.items()},
    "voter": VOTER_WORDS,
    "grade": GRADE_WORDS,
    "carrier": CARRIER_WORDS,
    "security": SECURITY_WORDS,
}
_YES_OR_NO = {
    "floating",
    "lost_contact",
    "infirm",
    "hardship",
    "leading_cadre",
    "is_off",
    "statutory",
    "reading_by_hand",
    "special",
    "reached",
    "signed",
    "best_case",
}
_MASKED = {"identity": mask_identity, "phone": mask_phone, "landline": mask_phone}
# Keys of other rows and the program's own numbers say nothing to a person.
_UNSAID = {
    "id",
    "event_id",
    "member_id",
    "guest_id",
    "host_id",
    "talk_id",
    "candidate_id",
    "decision_id",
    "segment_id",
    "meeting_id",
    "make_up_id",
    "book_key",
}


def said_before_and_after(change: Change) -> list[tuple[str, str, str]]:
    """(field, before, after) in Chinese for the screen; a row written or taken out gives a line for each field that says something."""
    if change.field:
        unsaid = change.field in _UNSAID and change.field != "member_id"  # the store gives a changed member's name
        return [] if unsaid else [_said(change.field, change.old, change.new)]
    before, after = _fields(change.old), _fields(change.new)
    said = (before | after).keys() - _UNSAID - {"group_id"}  # a packed row knows only the group's number
    return [_said(field, before.get(field), after.get(field)) for field in (before | after) if field in said]


def field_word(field: str) -> str:
    """The Chinese word for a field of the book; a word that is Chinese already stays."""
    return _FIELD_WORDS.get(field, "其他" if field.isascii() else field)


def _fields(packed: str | None) -> dict[str, str]:
    """A whole row as the book packed it: ``name US value RS`` for each field."""
    pairs = (part.partition("\x1f") for part in (packed or "").split("\x1e") if part)
    return {name: value for name, _, value in pairs}


def _said(field: str, old: str | None, new: str | None) -> tuple[str, str, str]:
    return field_word(field), _value(field, old), _value(field, new)


def _value(field: str, value: str | None) -> str:
    if field in _YES_OR_NO:
        return "是" if value == "1" else "否"
    if not value:
        return UNMARKED_WORD if field == "status" else "空"
    if field in _MASKED:
        return _MASKED[field](value)
    if field == "amount_fen":
        return f"{yuan(int(value))}元"
    if field == "served_minutes":
        return duration(int(value))
    return _VALUE_WORDS.get(field, {}).get(value, value)

"""The rules that give no duty by their nature: why, and where in the program they are heeded (SUP-01)."""

from __future__ import annotations

from typing import NamedTuple


class Elsewhere(NamedTuple):
    """Why a rule gives no duty, in at most 13 characters, and the place that heeds it: a screen and what it shows, or nothing."""

    why: str
    where: str = ""
    target: str = ""


_ALLOWS = Elsewhere("是允许的做法，可办可不办")
_FORBIDS = Elsewhere("要避免的做法，没有凭据")
_SUPERIOR = Elsewhere("由上级去办")
_MANNER = Elsewhere("说怎样开展，没有期限")
_ROLL = Elsewhere("点名的应到名单按它取", "roll")
_FORM = Elsewhere("布置会场时照着做")
_ABSENCE = Elsewhere("由缺席跟进逐人列出", "cases")
_DUES = Elsewhere("由党费账逐人逐月列出", "dues")
_REVIEW = Elsewhere("说测评结果怎样用", "reviews")
_ATTENDED = Elsewhere("点名记录就是依据", "roll")
_RECKONING = Elsewhere("说明党费怎样计算", "dues")

NO_DUTY: dict[str, Elsewhere] = {
    "party_day.superior_theme": Elsewhere("写在活动记录的必选主题", "year"),
    "party_day.not_disturbing": _FORBIDS,
    "party_day.other_months": Elsewhere("在活动的种类里勾几种", "year"),
    "event.no_substitute": _FORBIDS,
    "event.unit": _MANNER,
    "event.joint": _ALLOWS,
    "event.joint_then_parts": _MANNER,
    "event.venue": _FORM,
    "plan.columns": Elsewhere("计划表按这几栏输出", "year"),
    "theme.compound": _ALLOWS,
    "theme.focus": Elsewhere("写在活动记录的主题里", "year"),
    "attendance.expected": _ROLL,
    "attendance.feeds": _ATTENDED,
    "attendance.leading_cadres": _ATTENDED,
    "leave.written": _ABSENCE,
    "leave.explained": _ABSENCE,
    "absence.steps": _ABSENCE,
    "absence.make_up_online": _ALLOWS,
    "absence.make_up_archived": _ABSENCE,
    "absence.unexcused": _ABSENCE,
    "absence.talk_after": _ABSENCE,
    "absence.superior_after_months": _ABSENCE,
    "absence.long_term": _ABSENCE,
    "infirm.when_majority": _ALLOWS,
    "guest.classes": Elsewhere("来了在点名里记作列席", "roll"),
    "guest.leaders": Elsewhere("来了在点名里记作列席", "roll"),
    "discipline.reported": Elsewhere("报了记在上报记录里", "registers", "superior_report"),
    "dues.at_event": _DUES,
    "dues.day": Elsewhere("前一周在今日里提醒", "dues"),
    "dues.in_full": _DUES,
    "dues.online": _ALLOWS,
    "dues.rounding": _RECKONING,
    "dues.farmer_monthly_fen": _RECKONING,
    "dues.first_month": _RECKONING,
    "dues.last_month": _RECKONING,
    "dues.last_month_at_death": _RECKONING,
    "dues.hand_over": Elsewhere("到时候在月结里提醒上缴", "dues"),
    "dues.assessment": _DUES,
    "dues.register": _DUES,
    "study.discipline": _MANNER,
    "study.tested": _MANNER,
    "lesson.emphasised": _MANNER,
    "praise.timely": Elsewhere("记在台账的表扬里", "registers", "praise"),
    "duty_post.assigned": Elsewhere("记在台账的设岗定责里", "registers", "duty_post"),
    "duty_post.reported": _MANNER,
    "volunteer.projects": Elsewhere("记在台账的志愿服务里", "registers", "volunteering"),
    "volunteer.community": Elsewhere("记在台账的志愿服务里", "registers", "volunteering"),
    "family.honours": Elsewhere("评上的记在表扬里", "registers", "praise"),
    "review.voters": _ALLOWS,
    "review.mode": Elsewhere("说明满意率怎样算", "reviews"),
    "review.weak_percent": _REVIEW,
    "review.weak_times": _REVIEW,
    "review.used_for_honours": _SUPERIOR,
    "review.best_case": _ALLOWS,
    "record.no_excess": _FORBIDS,
    "inspection.methods": Elsewhere("来检查了记在上级检查里", "registers", "inspection"),
    "inspection.monthly": Elsewhere("来检查了记在上级检查里", "registers", "inspection"),
    "inspection.groups_named": _SUPERIOR,
    "inspection.honest": _FORBIDS,
    "inspection.published": _SUPERIOR,
    "assessment.secretary": _SUPERIOR,
    "funding.given": _SUPERIOR,
}

PART_OF: dict[str, str] = {
    "party_day.schedule": "随每月次数一起看",
    "party_day.per_month": "随每月的主题党日一起看",
    "party_day.holiday_policy": "随每月的主题党日一起看",
    "party_day.day_off_reading": "随每月的主题党日一起看",
    "party_day.founding_day": "由上级统一安排",
    "party_day.founding_day_counts_as_july": "随七月的主题党日一起看",
    "appraisal.per_year": "随第四季度民主评议一起看",
    "appraisal.standard": "写在民主评议党员的凭据里",
    "meeting.members_agenda": "写在党员大会的说明里",
    "visit.members": "随走访慰问一起看",
    "review.dimensions": "写在当即测评的凭据里",
}
"""What a rule is part of that gives no duty of its own in a year that has the other one's."""

"""The rules that give no duty by their nature: why, and where in the program they are heeded (SUP-01)."""

from __future__ import annotations

from typing import NamedTuple


class Elsewhere(NamedTuple):
    """Why a rule gives no duty, and the place that heeds it: a screen and what it shows, '' where there is none."""

    why: str
    where: str = ""
    target: str = ""


_ALLOWS = Elsewhere("是允许的做法，不是要办的事")
_FORBIDS = Elsewhere("是要避免的做法，没有要留的凭据")
_SUPERIOR = Elsewhere("由上级去办")
_MANNER = Elsewhere("说的是怎样开展，没有期限也没有次数")
_ROLL = Elsewhere("点名的应到名单按它取", "roll")
_FORM = Elsewhere("布置会场时照着做，没有要留的凭据")
_ABSENCE = Elsewhere("由缺席补课逐人逐次列出")
_DUES = Elsewhere("由党费账逐人逐月列出", "dues")
_REVIEW = Elsewhere("说的是测评结果怎样用，测评的日期记在活动记录里")
_ATTENDED = Elsewhere("点名记录就是依据", "roll")
_RECKONING = Elsewhere("说明党费怎样计算，收缴在党费里办", "dues")

NO_DUTY: dict[str, Elsewhere] = {
    "party_day.superior_theme": Elsewhere("上级定了主题，就写在活动记录的必选主题里", "year"),
    "party_day.not_disturbing": _FORBIDS,
    "party_day.other_months": Elsewhere("一次活动可以同时算几种会议，在活动的种类里勾", "year"),
    "event.no_substitute": _FORBIDS,
    "event.unit": _MANNER,
    "event.joint": _ALLOWS,
    "event.joint_then_parts": _MANNER,
    "event.venue": _FORM,
    "plan.columns": Elsewhere("年度计划表按这几栏输出", "year"),
    "theme.compound": _ALLOWS,
    "theme.focus": Elsewhere("定主题时的重点，写在活动记录的主题里", "year"),
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
    "guest.classes": Elsewhere("请来的人在点名里记作列席，不算到会率", "roll"),
    "guest.leaders": Elsewhere("由联系领导去办，参加时记在列席里", "roll"),
    "discipline.reported": Elsewhere("有这种情况才办，报了记在上报记录里", "registers", "superior_report"),
    "dues.at_event": _DUES,
    "dues.day": _DUES,
    "dues.in_full": _DUES,
    "dues.online": _ALLOWS,
    "dues.rounding": _RECKONING,
    "dues.farmer_monthly_fen": _RECKONING,
    "dues.first_month": _RECKONING,
    "dues.last_month": _RECKONING,
    "dues.last_month_at_death": _RECKONING,
    "dues.assessment": _DUES,
    "dues.register": _DUES,
    "study.discipline": _MANNER,
    "study.tested": _MANNER,
    "lesson.emphasised": _MANNER,
    "praise.timely": Elsewhere("有好人好事才办，记在表扬里", "registers", "praise"),
    "duty_post.assigned": Elsewhere("没有期限，岗位和责任记在设岗定责里", "registers", "duty_post"),
    "duty_post.reported": _MANNER,
    "volunteer.projects": Elsewhere("没有期限，项目和时长记在志愿服务里", "registers", "volunteering"),
    "volunteer.community": Elsewhere("没有期限，服务记在志愿服务里", "registers", "volunteering"),
    "family.honours": Elsewhere("没有期限，评上的记在表扬里", "registers", "praise"),
    "review.voters": _ALLOWS,
    "review.weak_percent": _REVIEW,
    "review.weak_times": _REVIEW,
    "review.used_for_honours": _SUPERIOR,
    "review.best_case": _ALLOWS,
    "record.no_excess": _FORBIDS,
    "inspection.methods": Elsewhere("由上级去办，来检查了记在上级检查里", "registers", "inspection"),
    "inspection.monthly": Elsewhere("由上级去办，来检查了记在上级检查里", "registers", "inspection"),
    "inspection.groups_named": _SUPERIOR,
    "inspection.honest": _FORBIDS,
    "inspection.published": _SUPERIOR,
    "assessment.secretary": _SUPERIOR,
    "funding.given": _SUPERIOR,
}

PART_OF: dict[str, str] = {
    "party_day.schedule": "没有固定的日子，随每月次数一起看",
    "party_day.per_month": "随每月的主题党日一起看",
    "party_day.holiday_policy": "排日期时用，随每月的主题党日一起看",
    "party_day.day_off_reading": "排日期时用，随每月的主题党日一起看",
    "party_day.founding_day": "由上级统一安排",
    "party_day.founding_day_counts_as_july": "随七月的主题党日一起看",
    "appraisal.per_year": "随第四季度民主评议党员一起看",
    "appraisal.standard": "写在民主评议党员的凭据里",
    "meeting.members_agenda": "写在党员大会的说明里",
    "visit.members": "随走访慰问一起看",
    "review.dimensions": "写在当即测评的凭据里",
}
"""What a rule is part of that gives no duty of its own in a year that has the other one's."""

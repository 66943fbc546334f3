"""The rules that give no duty by their nature, each with the reason that the self-check shows (SUP-01)."""

_ALLOWS = "是允许的做法，不是要办的事"
_FORBIDS = "是要避免的做法，没有要留的凭据"
_SUPERIOR = "由上级去办"
_MANNER = "说的是怎样开展，没有期限也没有次数"
_ROLL = "在点名和名册里用"
_FORM = "在打印的表格里用"
_ABSENCE = "由缺席补课逐人逐次列出"
_DUES = "由党费账逐人逐月列出"
_REVIEW = "由测评的年度统计列出"
_WHEN_IT_HAPPENS = "有这种情况才办，没有固定期限"

_RECKONING = "说明党费怎样计算，收缴在党费里办"

NO_DUTY: dict[str, str] = {
    "party_day.change_restrained": "年历上统计改期次数，没有要办的事",
    "party_day.superior_theme": _ALLOWS,
    "party_day.not_disturbing": _FORBIDS,
    "party_day.other_months": _MANNER,
    "event.no_substitute": _FORBIDS,
    "event.unit": _MANNER,
    "event.joint": _ALLOWS,
    "event.joint_then_parts": _MANNER,
    "event.venue": _FORM,
    "plan.columns": _FORM,
    "theme.compound": _ALLOWS,
    "theme.focus": _MANNER,
    "attendance.expected": _ROLL,
    "attendance.feeds": "由年度出席表列出",
    "attendance.leading_cadres": "由年度出席表列出",
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
    "guest.classes": _ALLOWS,
    "guest.leaders": "由联系领导去办，参加时记在列席里",
    "discipline.reported": _WHEN_IT_HAPPENS,
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
    "appraisal.standard": _FORM,
    "meeting.members_agenda": "是议题的提示，会议次数另有规定",
    "affairs.decided": _WHEN_IT_HAPPENS,
    "praise.timely": _WHEN_IT_HAPPENS,
    "duty_post.assigned": _MANNER,
    "duty_post.reported": _MANNER,
    "volunteer.projects": _MANNER,
    "volunteer.community": _MANNER,
    "family.honours": _MANNER,
    "review.voters": _ALLOWS,
    "review.weak_percent": _REVIEW,
    "review.weak_times": _REVIEW,
    "review.used_for_honours": _SUPERIOR,
    "review.best_case": _ALLOWS,
    "record.no_excess": _FORBIDS,
    "inspection.methods": _SUPERIOR,
    "inspection.monthly": _SUPERIOR,
    "inspection.groups_named": _SUPERIOR,
    "inspection.honest": _FORBIDS,
    "inspection.published": _SUPERIOR,
    "assessment.secretary": _SUPERIOR,
    "funding.given": _SUPERIOR,
}

"""The closed list of rules a guide can state: key, Chinese title and kind of value (domain.md §1.1 to §1.9)."""

from __future__ import annotations

from dataclasses import dataclass

from partyday_tui.rules.calendar import READING_WORDS
from partyday_tui.rules.dues.settings import FIRST_MONTH_WORDS, HAND_OVER_WORDS, LAST_MONTH_WORDS, ROUNDING_WORDS
from partyday_tui.rules.moving import POLICY_WORDS
from partyday_tui.rules.review import MODE_WORDS
from partyday_tui.rules.rule_values import Choice, Day, Flag, Number, ValueKind, Words

_YES = Flag()
_TIMES_A_YEAR = Number(1, 12, "次（每年）")
_TIMES_A_QUARTER = Number(1, 12, "次（每季度）")
_TIMES_A_MONTH = Number(1, 12, "次（每月）")
_LIST = Words()


@dataclass(frozen=True, slots=True)
class RuleKey:
    """One thing a guide may rule on."""

    title: str
    kind: ValueKind


KEYS: dict[str, RuleKey] = {
    # 时间
    "party_day.schedule": RuleKey("活动日", Day()),
    "party_day.per_month": RuleKey("每月次数", _TIMES_A_MONTH),
    "party_day.holiday_policy": RuleKey("遇节假日", Choice({it.value: words for it, words in POLICY_WORDS.items()})),
    "party_day.day_off_reading": RuleKey(
        "节假日怎么算", Choice({it.value: words for it, words in READING_WORDS.items()})
    ),
    "party_day.change": RuleKey(
        "变更活动时间",
        Choice({"consent": "请示，上级同意后变更", "report": "报备并说明原因", "adjust": "可适当调整"}),
    ),
    "party_day.change_written": RuleKey("变更要书面报告", _YES),
    "party_day.change_same_month": RuleKey("变更后须在当月完成", _YES),
    "party_day.change_restrained": RuleKey("不得随意变更", _YES),
    "party_day.superior_theme": RuleKey("可按上级确定的主题统一开展", _YES),
    "party_day.not_disturbing": RuleKey("不得影响的事", _LIST),
    "party_day.founding_day": RuleKey(
        "「七一」",
        Choice({"unified": "统一开展一次活动", "by_superior": "可由上级统一开展", "own": "支部自行开展庆祝活动"}),
    ),
    "party_day.founding_day_counts_as_july": RuleKey("「七一」活动算作七月的主题党日", _YES),
    "party_day.other_months": RuleKey("其他月份怎样开展", _LIST),
    "event.minimum_minutes": RuleKey("活动时间不少于", Number(1, 1440, "分钟")),
    "event.content": RuleKey("规定内容", _LIST),
    "event.no_substitute": RuleKey("不得用来代替主题党日的事", _LIST),
    "event.unit": RuleKey("以什么为单位开展", Words({"branch": "党支部", "group": "党小组"})),
    "event.joint": RuleKey("可与其他支部联合开展", _YES),
    "event.joint_then_parts": RuleKey("可先统后分，不能只统不分", _YES),
    "event.venue": RuleKey("会场要求", _LIST),
    "notice.days_before": RuleKey("提前公示", Number(0, 31, "天")),
    "notice.leading_cadres": RuleKey("提前通知党员领导干部", _YES),
    # 计划、主题、主持
    "plan.yearly": RuleKey("制定年度计划", _YES),
    "plan.filed": RuleKey("年度计划报上级备案", _YES),
    "plan.columns": RuleKey("计划表的栏目", _LIST),
    "plan.study": RuleKey("学习计划", _LIST),
    "theme.steps": RuleKey(
        "主题怎样确定",
        Words(
            {
                "superior_theme": "上级确定主题",
                "opinions": "征求党员群众意见",
                "committee": "支委会研究",
                "approval": "报上级审定",
            }
        ),
    ),
    "committee.before_event": RuleKey("活动前召开支委会", _YES),
    "theme.required_and_chosen": RuleKey("主题分必选和自选", _YES),
    "theme.compound": RuleKey("主题可以单一也可以复合", _YES),
    "theme.focus": RuleKey("重点主题", _LIST),
    "procedure.steps": RuleKey("活动程序", _LIST),
    "host.delegates": RuleKey("书记不能主持时可委托", _LIST),
    # 出席
    "attendance.expected": RuleKey("应到范围", Choice({"all_members": "支部全体党员"})),
    "attendance.recorded": RuleKey("记录党员参加活动情况", _YES),
    "attendance.threshold_percent": RuleKey("到会人数不低于党员总数的", Number(1, 100, "%")),
    "attendance.feeds": RuleKey("参加情况用于", _LIST),
    "attendance.leading_cadres": RuleKey("党员领导干部以普通党员身份参加", _YES),
    "leave.written": RuleKey("书面请假并保存资料", _YES),
    "leave.explained": RuleKey("不能参加的予以说明", _LIST),
    "absence.steps": RuleKey(
        "对没有参加的党员",
        Words({"contact": "逐一联系", "reason": "掌握原因", "brief": "通报活动情况", "make_up": "补课"}),
    ),
    "absence.make_up_online": RuleKey("可在网上补课", _YES),
    "absence.make_up_archived": RuleKey("补课情况记录归档", _YES),
    "absence.unexcused": RuleKey(
        "对无故不参加的党员",
        Choice({"talk": "谈话提醒", "educate": "严肃教育处理", "criticise": "严肃批评教育"}),
    ),
    "absence.talk_after": RuleKey("连续无故缺席几次提示谈话", Number(1, 12, "次")),
    "absence.superior_after_months": RuleKey("长期无故缺席几个月提示报告上级", Number(1, 24, "个月")),
    "absence.long_term": RuleKey("长期无故缺席的视情组织处置", _YES),
    "floating.outreach": RuleKey("对流动党员的联系方式", _LIST),
    "infirm.other_way": RuleKey("以适当方式组织参加的党员", _LIST),
    "infirm.when_majority": RuleKey("多数党员年老体弱时可采取适当方式", _YES),
    "guest.classes": RuleKey("可请列席的人员", _LIST),
    "guest.leaders": RuleKey("领导干部参加并指导联系支部的活动", _YES),
    "discipline.reported": RuleKey("发现违纪违法及时报告上级", _YES),
    # 党费
    "dues.at_event": RuleKey("参加活动时交纳党费", _YES),
    "dues.day": RuleKey("党费缴纳日", Day()),
    "dues.in_full": RuleKey("自觉、按时、足额交纳", _YES),
    "dues.online": RuleKey("外出流动党员可网络交纳", _YES),
    "dues.assessment": RuleKey("拟定党费核定表", _YES),
    "dues.register": RuleKey("填写党费登记表", _YES),
    "dues.publication": RuleKey("党费公开", Choice({"yearly": "每年向党员公开一次", "affairs": "随党务公开报告"})),
    "dues.rounding": RuleKey("党费取整", Choice(ROUNDING_WORDS)),
    "dues.farmer_monthly_fen": RuleKey("农民党员每月党费", Number(20, 100, "分")),
    "dues.first_month": RuleKey("党费从哪个月起交", Choice(FIRST_MONTH_WORDS)),
    "dues.last_month": RuleKey("转出等交到哪个月", Choice(LAST_MONTH_WORDS)),
    "dues.last_month_at_death": RuleKey("去世的党费算到哪个月", Choice(LAST_MONTH_WORDS)),
    "dues.hand_over": RuleKey("党费多久上缴一次", Choice(HAND_OVER_WORDS)),
    # 组织生活
    "oath.joining_month": RuleKey("在入党的月份重温入党誓词", _YES),
    "oath.founding_day": RuleKey("「七一」集中重温入党誓词", _YES),
    "oath.together": RuleKey("集体重温入党誓词", _YES),
    "constitution.readings_per_year": RuleKey("诵读党章全文", _TIMES_A_YEAR),
    "study.speeches_per_month": RuleKey("系列讲话专题学习", _TIMES_A_MONTH),
    "study.discipline": RuleKey("学习制度", _LIST),
    "study.tested": RuleKey("组织理论测试", _YES),
    "lesson.per_quarter": RuleKey("党课", _TIMES_A_QUARTER),
    "lesson.by_secretary_per_year": RuleKey("书记讲党课", _TIMES_A_YEAR),
    "lesson.by_leaders_per_year": RuleKey("领导班子成员讲党课", _TIMES_A_YEAR),
    "lesson.other_lecturers": RuleKey("还应讲党课的人", _LIST),
    "lesson.months": RuleKey("党课安排", _LIST),
    "lesson.emphasised": RuleKey("切实抓好党课", _YES),
    "life_meeting.half_yearly": RuleKey("组织生活会", Number(1, 6, "次（每半年）")),
    "life_meeting.fourth_quarter": RuleKey("第四季度召开组织生活会", _YES),
    "life_meeting.regular": RuleKey("定期召开组织生活会", _YES),
    "appraisal.per_year": RuleKey("民主评议党员", _TIMES_A_YEAR),
    "appraisal.fourth_quarter": RuleKey("第四季度民主评议党员", _YES),
    "appraisal.steps": RuleKey("民主评议的程序", _LIST),
    "appraisal.standard": RuleKey("民主评议的标准", _LIST),
    "meeting.members_per_quarter": RuleKey("党员大会", _TIMES_A_QUARTER),
    "meeting.members_agenda": RuleKey("党员大会议题", _LIST),
    "meeting.committee_per_month": RuleKey("支委会", _TIMES_A_MONTH),
    "meeting.group_per_month": RuleKey("党小组会", _TIMES_A_MONTH),
    "meeting.kept_up": RuleKey("落实的组织生活制度", _LIST),
    "talk.triggers": RuleKey("及时谈心的情形", _LIST),
    "talk.per_year_each_pair": RuleKey("谈心谈话", _TIMES_A_YEAR),
    "talk.register_quarterly": RuleKey("每季度上报谈话记录表", _YES),
    "talk.reminders_quarterly": RuleKey("每季度汇总谈话提醒记录表", _YES),
    # 党务公开、关怀、作用
    "affairs.report": RuleKey("向党员报告", _LIST),
    "affairs.village": RuleKey("向党员通报村（居）事务", _LIST),
    "affairs.mending_reported": RuleKey("通报整改落实情况", _YES),
    "affairs.decided": RuleKey("民主讨论决策的事项", _LIST),
    "visit.occasions": RuleKey("走访慰问的时候", _LIST),
    "visit.members": RuleKey("重点帮扶的党员", _LIST),
    "visit.reported": RuleKey("帮扶情况在活动时通报", _YES),
    "hardship.register": RuleKey("困难党员动态台账", _YES),
    "praise.timely": RuleKey("及时表扬好人好事", _YES),
    "duty_post.assigned": RuleKey("无职党员设岗定责", _YES),
    "duty_post.reported": RuleKey("党员汇报履职尽责情况", _YES),
    "volunteer.projects": RuleKey("志愿服务重点项目", _YES),
    "volunteer.community": RuleKey("在职党员到社区报到", _YES),
    "family.honours": RuleKey("好家庭好家教好家风创评", _YES),
    "development.steps": RuleKey("发展党员程序", Number(1, 99, "道")),
    "integrity.items": RuleKey("党风廉政教育", _LIST),
    # 测评、记录、检查
    "review.after_event": RuleKey("活动后当即测评", _YES),
    "review.dimensions": RuleKey("测评内容", _LIST),
    "review.mode": RuleKey("满意率怎样算", Choice(MODE_WORDS)),
    "review.voters": RuleKey("还可邀请参加测评的人", _LIST),
    "review.commented": RuleKey("领导干部点评并参加测评", _YES),
    "review.comment_by": RuleKey("点评人", _LIST),
    "review.weak_percent": RuleKey("满意率低于多少算差", Number(1, 100, "%")),
    "review.weak_times": RuleKey("满意率低几次不得评先选优", Number(1, 12, "次")),
    "review.used_for_honours": RuleKey("测评结果作为评先选优依据", _YES),
    "review.best_case": RuleKey("评选最佳主题党日案例", _YES),
    "record.recorder": RuleKey("指定专人负责记录", _YES),
    "record.kept": RuleKey("活动要留的记录", _LIST),
    "record.quality": RuleKey("记录要求", _LIST),
    "record.minutes_filed": RuleKey("会议记录备案", _YES),
    "record.days_after": RuleKey("活动后上报纪实表", Number(0, 31, "天内")),
    "record.filed": RuleKey("开展情况及时报上级备案", _YES),
    "record.workbook": RuleKey("记入基层党组织工作手册", _YES),
    "record.no_excess": RuleKey("防止过度留痕", _YES),
    "inspection.methods": RuleKey("检查方式", _LIST),
    "inspection.monthly": RuleKey("上级每月督办检查", _YES),
    "inspection.mended_in_time": RuleKey("组织不力的限期整改", _YES),
    "inspection.groups_named": RuleKey("组织不力的党小组予以通报", _YES),
    "inspection.honest": RuleKey("弄虚作假的严肃问责", _YES),
    "inspection.published": RuleKey("以党内通报公开检查情况", _YES),
    "assessment.secretary": RuleKey("作为书记述职评议考核内容", _YES),
    "funding.given": RuleKey("落实经费保障", _YES),
}

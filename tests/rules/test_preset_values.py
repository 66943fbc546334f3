"""What the ten guides say where no state in the expected years depends on it, read from the guides by hand (domain.md §1.9).

The values of all other rules are held by those years, ``duties/expected.py``; ``duties/test_mutations.py`` shows that none is missing.
"""

from pathlib import Path

import pytest

from partyday_tui.rules.duties.silent import NO_DUTY
from partyday_tui.rules.policy import read_preset
from partyday_tui.rules.rule_values import plain

FILES = sorted((Path(__file__).parents[2] / "assets" / "policies").glob("*.toml"))
PRESETS = {file.stem: read_preset(file.read_text("utf-8"), file.name) for file in FILES}
LETTERS = {
    "R": "rural_community",
    "D": "district_general",
    "T": "township_agency",
    "N": "nonpublic_social",
    "E": "soe",
    "C": "enterprise",
    "S": "student",
    "O": "organ_strict",
    "K": "county_organ",
    "B": "bureau",
}
YES = "是"
# key | the presets that say so | what they say
SAID = """
party_day.superior_theme     C       是
party_day.not_disturbing     O       业务工作 基层企业办事
party_day.not_disturbing     S       学生的时间冲突 学工矛盾
party_day.other_months       B       三会一课
event.no_substitute          O       工作会议
event.unit                   RDTNES  branch
event.unit                   C       branch group
event.joint                  RDTNECS 是
event.joint_then_parts       RDTNEC  是
event.venue                  RDTE    悬挂党旗 佩戴党员徽章 备好学习资料
event.venue                  CS      悬挂党旗 佩戴党徽
event.venue                  O       悬挂党旗 佩戴党员徽章
plan.columns                 S       序号 活动时间 活动方式 活动内容
theme.compound               O       是
theme.focus                  R       脱贫攻坚
theme.steps                  RDTNE   superior_theme opinions committee
attendance.expected          RDTNECSO all_members
attendance.feeds             RDNE    党员手册 民主评议
attendance.feeds             TC      民主评议
attendance.leading_cadres    TCSOKB  是
leave.written                O       是
leave.explained              S       教学安排 实习
absence.steps                RDTNCS  contact reason brief make_up
absence.steps                E       contact reason make_up
absence.steps                O       make_up
absence.make_up_online       N       是
absence.make_up_archived     TCS     是
absence.unexcused            RDTNE   educate
absence.unexcused            C       talk
absence.unexcused            O       criticise
absence.talk_after           RDTNECO 2
absence.long_term            CO      是
floating.outreach            RDE     网络互动 寄送资料 通报情况
infirm.when_majority         O       是
guest.classes                R       党支部第一书记 驻点干部 党建指导员 入党积极分子 群众代表
guest.classes                D       党支部第一书记 驻点干部 党建指导员 入党积极分子 群众代表 非中共党员业主
guest.classes                T       入党积极分子 群众代表 服务对象
guest.classes                N       党建指导员 入党积极分子 职工代表 非中共党员业主
guest.classes                E       党建指导员 入党积极分子 有关领导 群众代表
guest.classes                CS      发展对象 入党积极分子 群众代表
guest.classes                O       入党积极分子 发展对象 团员青年 群众代表
guest.leaders                O       是
discipline.reported          RDTNECS 是
dues.at_event                RDTNECS 是
dues.day                     B       每月第四个周五
dues.in_full                 CSB     是
dues.online                  RDNE    是
dues.assessment              B       是
dues.register                B       是
study.discipline             K       学习计划 考勤 情况通报
study.tested                 K       是
lesson.emphasised            K       是
appraisal.standard           RDTNE   政治合格 执行纪律合格 品德合格 发挥作用合格
meeting.members_agenda       B       审议年度党建工作计划 支委换届选举 讨论和表决接收预备党员 听取和审查支委会工作报告
affairs.decided              RDTNE   推先表优 发展党员 党代表推荐 支部建设 党员群众关心的重大事项
affairs.decided              CS      重点工作 重大事项 重要决议
praise.timely                RDTNECS 是
duty_post.assigned           RD      是
duty_post.reported           RDTNE   是
volunteer.projects           RDTNECS 是
volunteer.community          CB      是
family.honours               RDTNE   是
review.dimensions            O       主题特色鲜明 内容充实健康 方式灵活生动 效果突出显著
review.voters                O       服务对象 党外人士 外支部同志
review.weak_percent          O       60
review.weak_times            O       3
review.used_for_honours      O       是
review.best_case             O       是
record.no_excess             B       是
inspection.methods           RDN     随机抽查 定点监测 现场观摩 情况通报
inspection.methods           O       定期巡查 随机抽查
inspection.monthly           D       是
inspection.groups_named      O       是
inspection.honest            O       是
inspection.published         S       是
assessment.secretary         RDTECSO 是
funding.given                RDCS    是
talk.per_year_each_pair      B       1
development.steps            B       25
visit.members                B       生活困难党员 老党员
visit.members                K       困难党员 老党员
visit.members                TNE     老党员 生活困难党员
integrity.items              B       党风廉政建设专题会议 纪律教育学习月 廉政党课
integrity.items              C       廉政宣教活动
affairs.report               B       党务公开
affairs.report               RDTNE   上级党组织安排部署 党支部重点工作进展 党费收缴
affairs.report               C       安排部署 重点工作进展 党费收缴管理
affairs.village              R       村（居）务 财务 重要事务
plan.study                   K       党员每月学习计划安排
party_day.founding_day       SK      own
party_day.schedule           C       每月固定一天（由支部自定）
constitution.readings_per_year RDTNECS 1
lesson.by_leaders_per_year   DTE     1
lesson.other_lecturers       NE      党建指导员
appraisal.steps              RDTNE   个人自评 党员互评 民主测评 组织评定
infirm.other_way             DE      离退休党员 年老体弱党员
procedure.steps              O       召开支委会确定活动主题和计划 报机关党委审定 通过适当形式公开公示 召集会议 党员签到 通报到会情况和活动内容 组织开展活动 进行主题测评 总结提升
record.days_after            O       2
record.quality               T       如实记录
"""


def said() -> dict[tuple[str, str], str]:
    """(preset, key) -> what it says."""
    rows = [line.split(maxsplit=2) for line in SAID.splitlines() if line.strip()]
    return {(LETTERS[letter], key): words for key, letters, words in rows for letter in letters}


def written(preset: str, key: str) -> str:
    """What a preset file says of a key, in the words of the table."""
    rule = next(rule for rule in PRESETS[preset].rules if rule.key == key)
    value = plain(rule.value)
    if isinstance(value, dict):
        return rule.value_words
    return " ".join(value) if isinstance(value, list) else YES if value is True else str(value)


@pytest.mark.parametrize(("preset", "key"), said())
def test_a_rule_says_what_its_guide_says(preset: str, key: str) -> None:
    assert written(preset, key) == said()[preset, key]


def test_every_rule_without_a_duty_is_in_the_table_and_every_silence_out_of_it() -> None:
    silent = {(name, rule.key) for name, preset in PRESETS.items() for rule in preset.rules if rule.key in NO_DUTY}
    assert silent == {(preset, key) for preset, key in said() if key in NO_DUTY}

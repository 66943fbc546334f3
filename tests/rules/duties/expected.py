"""The duties of the village's year under each preset, as somebody who reads the guide expects them.

A row is ``code rule-key states``, one character for each duty of the rule in order of time: 办 done, 迟 done late, 逾
overdue, 待 open, 未 not yet due, 无 does not apply. The twelve characters of an event rule are the twelve party days of
``village``, in order of day (七一 comes before that of 3 July).
"""

# What all five parts of S4 say.
S4 = """
CAL-09 party_day.founding_day              办            每年“七一”…统一开展一次活动
CAL-18 committee.before_event              办办无办办办办办办办逾办  在每次支部主题党日前召开支委会
PRO-03 theme.steps                         办办无办办办逾办办办办办  在征求党员群众意见的基础上
PRO-02 host.delegates                      办逾无办办办办办办办办待  因特殊情况不能主持的，可委托
CON-01 oath.joining_month                  无无逾无无无办无无无待无  必须组织党员在其入党的月份重温入党誓词
CON-02 oath.founding_day                   办            每年“七一”…组织党员集中重温入党誓词
CON-03 constitution.readings_per_year      待            每年至少诵读党章全文一遍
CON-04 study.speeches_per_month            办办逾办办办办逾办逾待未  每月选取…重点篇章
CON-05 lesson.per_quarter                  办办逾待        党支部每季度至少安排1次党课
CON-06 lesson.by_secretary_per_year        办            党支部书记每年至少讲1次党课
CON-08 life_meeting.half_yearly            逾办           每半年召开一次
CON-10 appraisal.steps                     待            按照个人自评、党员互评、民主测评、组织评定等程序
ATT-16 attendance.recorded                 办办无逾办办办办办办办待  做好党员参加活动记录
PRO-09 affairs.report                      办办逾办办办办逾办办待未  报告…党费收缴等重要情况
PRO-08 affairs.decided                     办逾           按照民主集中制原则进行决策
DUE-07 dues.publication                    办            以党支部主题党日活动落实党务公开
PRO-10 affairs.mending_reported            办            及时向党员群众通报整改落实情况
CON-18 visit.reported                      迟逾办          并在党支部主题党日活动时进行通报
PRO-11 review.comment_by                   办办无办办办办办逾办办待  党支部书记或党小组长进行点评
SUP-02 inspection.mended_in_time           迟            督促限期整改
"""
FIRST_FRIDAY = """
CAL-03 party_day.schedule                  办办逾办迟办办逾办办待未  每月第一周的周五，遇法定节假日顺延至下个周五
CAL-11 party_day.change                    办逾           必须书面报上级党组织同意
CAL-11 party_day.change_written            办逾           必须书面报上级党组织同意
CAL-13 party_day.change_restrained         待            一般情况下不得擅自更改活动时间
"""
FLEXIBLE = """
CAL-06 party_day.per_month                 办办逾办办办办逾办办待未  每月必须开展一次
"""
FOURTH_QUARTER = """
CON-09 life_meeting.fourth_quarter         办            每年第四季度，必须…召开一次组织生活会
CON-10 appraisal.fourth_quarter            办            对党员进行一次年度民主评议
"""
CARE = """
CON-17 talk.triggers                       逾待           支委会成员及时与党员进行交心谈心
CON-18 visit.occasions                     办逾           结合“七一”、春节走访慰问
"""
FLOATING = """
ATT-10 floating.outreach                   办办逾办逾逾办逾逾办办未  对流动党员，要采取网络互动、寄送资料、通报情况等方式
"""
WITH_RETIRED = """
ATT-11 infirm.other_way                    办办逾办办逾办逾办办待未  对离退休党员及年老体弱党员…以适当方式
"""
WORKBOOK = """
REC-06 record.workbook                     办办无办办办办办办办逾待  应记入基层党组织工作手册
"""
VISITED = """
CON-18 visit.members                       办            加强经常性帮扶慰问
"""
PLAN = """
CAL-01 plan.yearly                         逾            制定党支部主题党日活动计划；月月有安排
"""
# S0 and S1a are one text in these.
S0_S1A = (
    PLAN
    + VISITED
    + """
DUE-07 dues.publication                    待            每年向党员公开一次
CON-02 oath.together                       办            组织党员集体重温入党誓词
CON-03 constitution.readings_per_year      待            每年至少诵读党章全文一遍
CON-08 life_meeting.regular                办            各支部要定期召开组织生活会
CON-10 appraisal.per_year                  办            每年开展1次民主评议党员
ATT-16 attendance.recorded                 办办无逾办办办办办办办待  做好党员参加活动记录
CON-18 visit.reported                      迟逾办          并在主题党日活动时进行通报
REC-01 record.kept                         办办无逾办办办逾办办办待  签到表、活动图片等记录
"""
)

EXPECTED = {
    "rural_community": S4
    + FIRST_FRIDAY
    + FOURTH_QUARTER
    + CARE
    + FLOATING
    + WORKBOOK
    + PLAN
    + """
CON-07 lesson.other_lecturers              无办           第一书记、党建指导员也要…讲党课
ATT-11 infirm.other_way                    办办逾办办办办逾办办待未  对年老体弱党员…以适当方式组织他们参加活动
PRO-09 affairs.village                     办办逾办逾办办逾办办待未  向党员通报村（居）务、财务和重要事务情况
""",
    "district_general": S4
    + FIRST_FRIDAY
    + FOURTH_QUARTER
    + CARE
    + FLOATING
    + WITH_RETIRED
    + WORKBOOK
    + """
CAL-17 theme.required_and_chosen           办办无办办办办办办逾办办  确定好自选动作内容
CON-07 lesson.by_leaders_per_year          待            领导班子成员每年至少到所在党支部讲1次党课
CON-07 lesson.other_lecturers              无办           第一书记、党建指导员也要…讲党课
""",
    "township_agency": S4
    + FIRST_FRIDAY
    + VISITED
    + """
CON-07 lesson.by_leaders_per_year          待            领导班子成员每年至少到所在党支部讲1次党课
CON-10 appraisal.per_year                  办            每年至少开展1次民主评议党员
REC-03 record.quality                      办办无办办办办办办办办待  应如实记录
""",
    "nonpublic_social": S4
    + FLEXIBLE
    + FOURTH_QUARTER
    + VISITED
    + WORKBOOK
    + """
CON-07 lesson.other_lecturers              无            党建指导员也要…讲党课
REC-01 record.kept                         办逾无逾逾逾逾逾逾逾逾待  留存有关文字、照片和视频档案资料
REC-03 record.quality                      办办无办办办办逾逾办办待  书面记录档案、影像资料档案与活动计划相互印证
""",
    "soe": S4
    + FLEXIBLE
    + FOURTH_QUARTER
    + FLOATING
    + WITH_RETIRED
    + VISITED
    + WORKBOOK
    + PLAN
    + """
CON-07 lesson.by_leaders_per_year          待            领导班子成员每年至少到所在党支部讲1次党课
CON-07 lesson.other_lecturers              无            党建指导员也要…讲党课
REC-08 record.filed                        办办无办办办办办办办逾待  及时报上级党组织备案
""",
    "enterprise": S0_S1A
    + """
CAL-02 party_day.schedule                  办办逾办办办办逾办办待未  将每月X日确定为主题党日
PRO-08 affairs.decided                     办逾           按照民主集中制原则进行决策
PRO-03 theme.steps                         办办无办办办办办办办逾办  确定主题，召开支委会
PRO-09 affairs.report                      逾逾逾逾逾逾逾逾逾逾待未  报告…党费收缴管理等重要情况
CON-29 integrity.items                     待            组织开展廉政宣教活动
""",
    "student": S0_S1A
    + """
PRO-08 affairs.decided                     办逾           对重点工作、重大事项和重要决议进行讨论和表决
CAL-05 party_day.schedule                  办办逾办迟办办逾办办待未  每月月初
CAL-09 party_day.founding_day              办            “七一”期间,要开展…主题党日活动
PRO-03 theme.steps                         办办无办办办逾办办办逾办  在征求党员群众意见的基础上；召开支委会
PRO-02 host.delegates                      办逾无办办办办办办办办待  可委托支部委员主持
REC-05 record.minutes_filed                办办无办办办办办办办逾待  会议记录备案
""",
    "organ_strict": PLAN
    + """
CAL-07 party_day.per_month                 办办逾办办办办逾办办待未  必须坚持每月开展一次
CAL-08 event.minimum_minutes               办办无办逾办办办办办办待  时间不少于半天
CAL-12 party_day.change                    办逾           需报党委报备并说明原因
CAL-12 party_day.change_same_month         办逾           但必须在当月完成
CAL-13 party_day.change_restrained         待            原则上不得随意变更
CAL-14 notice.days_before                  办迟无办办办办办办办办办  原则上提前5天
CAL-15 plan.filed                          迟            及时上报机关党委备案
CAL-17 theme.required_and_chosen           办办无办办办办办办逾办办  必选+自选
PRO-01 procedure.steps                     办办无逾办办办办逾办逾待  必须按照以下基本程序开展
PRO-02 host.delegates                      办逾无办办办办办办办办待  特殊情况也可委托党支部副书记、支部委员主持
PRO-03 theme.steps                         办办无办办办办办逾办逾办  召开支委会…报机关党委审定
PRO-05 event.content                       办办无办办办办办办办办待  以政治学习和党性锻炼为规定内容
PRO-11 review.commented                    办办无办办办办办逾办办待  进行点评并主动参加测评
PRO-12 record.recorder                     办逾无办办办办办办办办待  指定专人负责记录
ATT-02 attendance.threshold_percent        办办无逾办逾办办办办办待  党员总数的80%以上
EVA-01 review.after_event                  办办无迟办办办办办办办待  必须当即开展测评
REC-01 record.kept                         办办无逾办办办逾办办办待  签到册、活动图片等记录
REC-02 record.days_after                   办办无办办办办办办迟逾待  2日内上报活动纪实表
REC-03 record.quality                      办办无办办逾办办办办办待  有讨论、有共识、有主题
CON-12 meeting.kept_up                     办            落实“三会一课”
CON-08 meeting.kept_up                     办            组织生活会等制度
""",
    "county_organ": VISITED
    + """
CAL-07 meeting.kept_up                     办            主题党日等制度
CAL-09 party_day.founding_day              办            纪念建党99周年系列活动
CAL-20 plan.study                          逾            党员2020年度每月学习计划安排
CON-08 meeting.kept_up                     办            组织生活会
CON-10 meeting.kept_up                     办            民主评议党员
CON-12 meeting.kept_up                     办            三会一课
CON-15 meeting.kept_up                     办            谈心谈话
CON-19 hardship.register                   办            建立困难党员动态台帐
""",
    "bureau": VISITED
    + """
CAL-04 party_day.schedule                  办办逾办办办办逾办办待未  每月相对固定第4周的周五
CAL-20 plan.study                          逾            党支部理论学习计划和党员个人理论学习计划
CAL-25 notice.leading_cadres               办办无办办办办办办办办办  应提前通知党员领导干部
PRO-05 event.content                       办办无办办办办办办办办待  集中学习、过组织生活、进行民主议事和志愿服务等
PRO-09 affairs.report                      逾逾逾逾逾逾逾逾逾逾待未  落实好党务公开
CON-05 lesson.months                       逾逾逾逾待未      3、5、7、9、11、12月份
CON-06 lesson.by_secretary_per_year        办            支部书记每年至少讲1次党课
CON-07 lesson.other_lecturers              待            党员领导干部应当定期为党员讲党课
CON-09 life_meeting.fourth_quarter         办            第4季度：召开组织生活会
CON-10 appraisal.fourth_quarter            办            第4季度：开展民主评议党员活动
CON-12 meeting.members_per_quarter         逾办逾待        一般每季度召开1次
CON-13 meeting.committee_per_month         办办逾办办办逾办逾逾办未  一般每月召开1次
CON-14 meeting.group_per_month             逾逾逾逾逾逾逾逾逾逾办未  党小组会一般每月召开1次
CON-15 talk.per_year_each_pair             待待待          委员之间、委员和党员之间、党员和党员之间
CON-16 talk.register_quarterly             办逾逾待        每季度上报一次谈话记录表
CON-20 development.steps                   逾            严格党员发展的5个步骤25道程序
CON-27 talk.reminders_quarterly            逾逾逾待        每季度将谈话提醒记录表交办公室汇总
CON-29 integrity.items                     待            党风廉政建设专题会议、纪律教育学习月、廉政党课
""",
}

"""The printed forms as data: the title of each, what period it takes, what it comes from, and who makes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from partyday_tui.errors import UserMistake
from partyday_tui.rules.registers import REGISTERS, Register

PERIOD_WORDS = {"year": "一年", "month": "一个月", "event": "一次活动", "leave": "一张请假条", "member": "一名党员"}


@dataclass(frozen=True, slots=True)
class OfMember:
    """The period ``member``: a year of one member."""

    member_id: int
    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to print a form; ``is_named``: the file's name says it."""

    key: str
    word: str
    help: str
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class FormKind:
    """One form. ``periods`` are keys of `PERIOD_WORDS`, none for a form of today; ``rooms`` are the screens that show the same.

    ``maker`` is ``module:function`` in `services.sheets`, called with the book, ``arguments`` and the period. ``wants_record``: an event
    that only the rules gave has nothing to print. ``variant_is_asked``: nobody chooses for the user. ``reading``: the title in pinyin.
    """

    key: str
    title: str
    periods: tuple[str, ...]
    rooms: tuple[str, ...]
    maker: str
    help: str
    reading: str
    variants: tuple[Variant, ...] = ()
    arguments: tuple[str, ...] = ()
    wants_record: bool = True
    variant_is_asked: bool = False

    @property
    def takes_span(self) -> bool:
        """Whether a year and a month are both possible."""
        return {"year", "month"} <= set(self.periods)

    @property
    def period_words(self) -> str:
        """What it is asked for, in Chinese."""
        return "或".join(PERIOD_WORDS[period] for period in self.periods) or "现在"


_OTHER_TITLES = {"hardship": "困难党员台账", "problem": "问题整改台账", "superior_report": "上报记录表"}

_YEAR, _MONTH, _EVENT, _NOW = ("year",), ("month",), ("event",), ()
_SPAN = ("year", "month")
_AT_EVENT = ("event", "roll", "year")
_REVIEWED = ("review", "reviews")


def register_title(register: Register) -> str:
    """What the printed register is called."""
    return _OTHER_TITLES.get(register.key, f"{register.title}登记表")


def _of_register(register: Register) -> FormKind:
    rooms = ("registers", f"register {register.key}")
    return FormKind(
        register.key.replace("_", "-"), register_title(register), _YEAR + _MONTH, rooms,
        "registers:register_form", re.split("[。：]", register.purpose)[0].removeprefix("这里是").removeprefix("这里记"),
        register.reading, arguments=(register.key,),
    )  # fmt: skip


FORMS: tuple[FormKind, ...] = (
    FormKind(
        "year-plan", "年度主题党日活动计划表", _YEAR, ("year",), "plans:year_plan_form", "全年每次活动的时间、方式、内容",
        "nian du zhu ti dang ri huo dong ji hua biao",
    ),
    FormKind(
        "study-plan", "学习计划", _YEAR, ("reading",), "plans:study_form", "每月学习、党章诵读、各项计划日期",
        "xue xi ji hua",
    ),
    FormKind(
        "notice", "活动通知", _EVENT, _AT_EVENT, "events:notice", "张贴或盖章的通知，时间、地点、议程", "huo dong tong zhi"
    ),
    FormKind(
        "sign-in", "签到表", _EVENT, _AT_EVENT, "sign_in:sign_in", "空白的打印出来签到，填好的存档", "qian dao biao",
        (Variant("filled", "填好的", "按现在的点名填好", False), Variant("blank", "空白", "打印出来亲笔签到")),
        wants_record=False,
    ),
    FormKind(
        "record", "活动纪实表", _EVENT, _AT_EVENT, "events:record", "按议程写的纪实，活动后报上级", "huo dong ji shi biao"
    ),
    FormKind(
        "minutes", "会议记录", _EVENT, _AT_EVENT, "events:minutes", "到会、议题、记录、决议和表决", "hui yi ji lu"
    ),
    FormKind(
        "change-request", "变更活动时间请示报备", _EVENT, _AT_EVENT, "events:change_request", "改期的请示或报备，留上级意见栏",
        "bian geng huo dong shi jian qing shi bao bei",
    ),
    FormKind(
        "leave", "请假条", ("leave",), ("leave",), "absence:leave_form", "一张请假条，留本人签字和支部意见", "qing jia tiao"
    ),
    FormKind(
        "leave-summary", "请假汇总表", _SPAN, ("leave",), "absence:leave_summary_form", "每张请假条，和记了请假没有条的",
        "qing jia hui zong biao",
    ),
    FormKind(
        "cases", "缺席跟进与补课记录", _SPAN, ("cases",), "absence:cases_form", "每人次的原因、联系、通报、补课",
        "que xi gen jin yu bu ke ji lu",
    ),
    FormKind(
        "make-up", "补课归档册", _YEAR, ("make_up",), "absence:make_up_form", "全年每人次的补课、签字和归档号", "bu ke gui dang ce"
    ),
    FormKind(
        "attendance", "年度出勤统计表", _YEAR, ("cases",), "attendance:year_form", "每人每月的出席，两种到会率", "nian du chu qin tong ji biao"
    ),
    FormKind(
        "attendance-rates", "到会率和扣除名单", _YEAR, ("cases",), "attendance:rates_form", "各月带图、每次活动，扣除了谁",
        "dao hui lv he kou chu ming dan",
    ),
    FormKind(
        "member-year", "党员全年情况", ("member",), ("member_year",), "attendance:member_form", "一名党员全年每次活动，贴进党员手册",
        "dang yuan quan nian qing kuang",
    ),
    FormKind(
        "review-ballot", "主题测评票", _EVENT, _REVIEWED, "reviews:ballot_form", "打印出来发给大家，不记名，一人一张",
        "zhu ti ce ping piao",
    ),
    FormKind(
        "review", "主题测评汇总表", _EVENT, _REVIEWED, "reviews:tally_form", "各类人的票数、满意率和意见建议",
        "zhu ti ce ping hui zong biao",
    ),
    FormKind(
        "appraisal-ballot", "民主评议测评表", _YEAR, ("appraisal",), "appraisals:ballot_form", "不记名，一人一张，每名党员一行",
        "min zhu ping yi ce ping biao",
    ),
    FormKind(
        "appraisal", "民主评议汇总表", _YEAR, ("appraisal",), "appraisals:tally_form", "四步日期、票数、评定等次和理由",
        "min zhu ping yi hui zong biao",
    ),
    FormKind(
        "dues-assessment", "党费核定表", _YEAR, ("dues",), "dues:assessment_form", "逐人的基数、比例、月应交，签字栏",
        "dang fei he ding biao",
    ),
    FormKind(
        "dues-register", "党费缴纳登记表", _YEAR, ("dues",), "dues:register_form", "逐月金额和日期，分月、分人合计",
        "dang fei jiao na deng ji biao",
    ),
    FormKind(
        "dues-month", "党费收缴月报", _MONTH, ("dues",), "dues_month:month_form", "一个月的应交、实交、上缴和逐人情况",
        "dang fei shou jiao yue bao",
    ),
    FormKind(
        "remittance", "党费上缴单", _MONTH, ("dues",), "dues_month:remittance_form", "交给上级的党费，大写，双方签字",
        "dang fei shang jiao dan",
    ),
    FormKind(
        "dues-publication", "党费收缴情况公示", _YEAR, ("dues",), "dues:publication_form", "按类别、按月带图、逐人",
        "dang fei shou jiao qing kuang gong shi",
    ),
    FormKind(
        "meetings", "三会一课台账", _YEAR, ("year",), "meetings:register_form", "大会、支委会、小组会、党课逐次登记",
        "san hui yi ke tai zhang",
    ),
    FormKind(
        "meeting-statistics", "组织生活开展情况统计表", _YEAR, ("year",), "meetings:statistics_form",
        "各类会议逐月次数，各月到会率带图", "zu zhi sheng huo kai zhan qing kuang tong ji biao",
    ),
    *map(_of_register, REGISTERS),
    FormKind(
        "development", "发展党员进度", _NOW, ("development", "registers"), "people:development_form", "每人到哪一步，25道程序的日期",
        "fa zhan dang yuan jin du",
    ),
    FormKind(
        "roster", "党员花名册", _NOW, ("roster",), "people:roster_form", "遮住号码的公开用，完整的报上级用", "dang yuan hua ming ce",
        (
            Variant("masked", "遮住号码", "身份证号和电话只留头尾，没有住址，可以张贴"),
            Variant("full", "完整", "号码和住址都写全，请妥善保管"),
        ),
        variant_is_asked=True,
    ),
    FormKind(
        "self-check", "应办事项自查表", _SPAN, ("duties",), "duties:self_check_form", "每条规则要办的事、办了没有、凭据",
        "ying ban shi xiang zi cha biao",
    ),
)  # fmt: skip
"""Every form, in the order of the list."""

_BY_WORD = {word: kind for kind in FORMS for word in (kind.key, kind.title)}


def form_named(word: str) -> FormKind:
    """The form of this key or Chinese title; raises UserMistake that says how to list them."""
    found = _BY_WORD.get(word)
    if found is None:
        raise UserMistake(f"没有「{word}」这张表格，请用 partyday forms 看全部表格的名称。")
    return found

"""How dues are to be paid, taken and told, sentence by sentence with where each stands (domain.md D10, D12 to D18, D20, D21).

The amounts are in the tables of rates; these are the rules around them, in the notices' words, for the warnings and for reading.
"""

from __future__ import annotations

from dataclasses import dataclass

from partyday_tui.rules.dues.rates import Checked
from partyday_tui.rules.policy import STRENGTH_WORDS, Strength

_OF_2008 = "中组发〔2008〕3号"
_OF_2017 = "组电明字〔2017〕5号第一部分（1）"


@dataclass(frozen=True, slots=True)
class Practice:
    """One sentence: what it is about, where it stands, how strong it is, and how far its words were checked (as in `rates`)."""

    about: str
    sentence: str
    source: str
    strength: Strength
    checked: Checked = "text"

    @property
    def cited(self) -> str:
        """The sentence with where it stands, for the midst of a warning."""
        return f"「{self.sentence}」（{self.source}）"

    def __str__(self) -> str:
        doubt = "，未见原文" if self.checked == "quoted" else ""
        return f"{self.about}（{STRENGTH_WORDS[self.strength]}）：「{self.sentence}」{self.source}{doubt}。"


# The articles word for word at https://m.78911.com.cn/DangAnGuanLiZhiDu/555958-2.html (12 to 14) and https://xx22z.com/newsinfo/7.html
# (7 to 12); the notice of 2017 at https://yunko.cn/doc/vu37texbc1; the magazine at http://dinglida.net/n1/2021/1021/c422419-32260353.html.
MONTHLY = Practice(
    "按月交纳",
    "党员应当增强党员意识，主动按月交纳党费。遇到特殊情况，经党支部同意，可以每季度交纳一次党费，"
    "也可以委托其亲属或者其他党员代为交纳或者补交党费",
    f"{_OF_2008}第十二条",
    "must",
)
BACK = Practice("补交", "补交党费的时间一般不得超过6个月", f"{_OF_2008}第十二条", "should")
WHERE = Practice("向哪里交", "党员一般应当向其正式组织关系所在的党支部交纳党费", f"{_OF_2008}第九条", "should")
AWAY = Practice(
    "流动党员",
    "持《中国共产党流动党员活动证》的党员，外出期间可以持证向流入地党组织交纳党费",
    f"{_OF_2008}第九条",
    "default",
    "quoted",
)
AWAY_BY_QUARTER = Practice(
    "流动党员按季交",
    "流动党员原则上应当按月交纳党费，因外出地点变动频繁等原因按月交纳确有困难的，可以按季交纳",
    "流动党员管理问答（yinshua.1s.cn，2023-02-23）",
    "default",
    "quoted",
)
MIGRANT_FARMER = Practice(
    "外出务工的农民党员",
    "有固定工资收入的按在职的比例，没有固定收入的按农民的定额",
    "各地答复的意思，没有全国的规定",
    "default",
    "quoted",
)
FIRST = Practice(
    "从哪天起", "预备党员从支部大会通过其为预备党员之日起交纳党费", f"{_OF_2008}第八条", "must"
)  # fmt: skip
TRANSFERRED = Practice(
    "转入的", "按组织关系转入当月开始交纳党费", "高校党委组织部答复（hhvc.edu.cn），各地不一", "default", "quoted"
)
YEARLY = Practice("每年核定", "基层党组织年初核定党员月交纳党费数额，年内一般不变动", _OF_2017, "should")
LIMIT = Practice(
    "多交",
    "每名党员月交纳党费数额一般不超过1000元，根据自愿可以多交，自愿一次多交1000元以上的，比照交纳大额党费有关规定办理",
    _OF_2017,
    "should",
)
NOT_PAYING = Practice(
    "不按规定交的",
    "对不按照规定交纳党费的党员，其所在党组织应及时对其进行批评教育，限期改正",
    f"{_OF_2008}第十三条",
    "must",
)
SIX_MONTHS = Practice(
    "六个月不交的", "对无正当理由，连续6个月不交纳党费的党员，按自行脱党处理", f"{_OF_2008}第十三条", "should"
)
ARTICLE_NINE = Practice(
    "除名",
    "党员如果没有正当理由，连续六个月不参加党的组织生活，或不交纳党费，或不做党所分配的工作，就被认为是自行脱党。"
    "支部大会应当决定把这样的党员除名，并报上级党组织批准。",
    "党章第九条",
    "should",
)
NO_ADVANCE = Practice(
    "不得垫交",
    "党组织应当按照规定收缴党员党费，不得垫交或扣缴党员党费",
    f"{_OF_2008}第十四条",
    "must",
)
BY_THE_BRANCH = Practice(
    "收缴和公布",
    "党支部每月相对固定一天收缴党费，并按照规定上缴党费。每年应当向党员公布1次党费收缴、使用情况",
    "《旗帜》2021年10月",
    "should",
)

PRACTICES = (
    MONTHLY, BACK, WHERE, AWAY, AWAY_BY_QUARTER, MIGRANT_FARMER, FIRST, TRANSFERRED, YEARLY, LIMIT, NOT_PAYING, SIX_MONTHS,
    ARTICLE_NINE, NO_ADVANCE, BY_THE_BRANCH,
)  # fmt: skip


def long_back_words(months: str) -> str:
    """What is told of a back payment for these months that reaches further than six months (D13)."""
    return f"补交 {months} 已超过六个月；规定是{BACK.cited}，请说明原因并向上级报告。"

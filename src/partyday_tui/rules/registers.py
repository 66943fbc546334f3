"""The registers of the guides as data: what each asks for, how an entry reads, and when it is settled.

A register's key is the name of its table, a field's name that of its column; so one store, one service and one screen serve all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

FieldKind = Literal["date", "text", "choice", "money", "minutes"]
People = Literal["none", "one", "perhaps", "several"]
"""Whom an entry is about: nobody, one member, one member or another household, two members or more."""

ON = "on_date"
"""The column that every register has: the day of the entry."""

Value = str | int | None


@dataclass(frozen=True, slots=True)
class RegisterField:
    """One thing that an entry says.

    ``kind`` money is whole fen in the book, minutes whole minutes, a date ISO text or None, the others text of at most ``limit``
    characters. ``rule`` names the rule whose words are choices too. ``width`` in cells puts it in the list (0: a share of the
    rest, None: not in the list); ``wide`` only where the list has more than 100 cells. ``private`` never leaves the form.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    rule: str = ""
    limit: int = 200
    width: int | None = None
    wide: bool = False
    hint: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """A day that settles an entry: ``field`` holds it, ``verb`` is what is done, ``waiting`` the state until then.

    ``due`` is the field of the deadline; ``only_if`` the field without which nothing waits.
    """

    field: str
    verb: str
    waiting: str
    due: str = ""
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One register. ``purpose`` says what it is for, ``day`` what its date is called, ``done`` the state when all ends are there.

    ``gap`` names what the list of those who are missing is called, '' where there is none. ``reading``: the title in pinyin. ``source`` are ids of domain.md.
    """

    key: str
    title: str
    purpose: str
    source: str
    people: People
    fields: tuple[RegisterField, ...]
    ends: tuple[End, ...] = ()
    day: str = "日期"
    done: str = ""
    gap: str = ""
    reading: str = ""

    def field(self, name: str) -> RegisterField:
        """A field by name; KeyError for an unknown one."""
        return next(it for it in self.fields if it.name == name)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table besides its key and its member."""
        return (ON, *(it.name for it in self.fields))


@dataclass(frozen=True, slots=True)
class Person:
    """A member as an entry shows them."""

    id: int
    name: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register as the book holds it."""

    id: int
    values: Mapping[str, Value]
    people: tuple[Person, ...] = field(default=())

    @property
    def on(self) -> date:
        """The day of the entry."""
        return date.fromisoformat(str(self.values[ON]))

    @property
    def names(self) -> str:
        """Who it is about; a household where no member is named."""
        return "、".join(person.name for person in self.people) or str(self.values.get("household") or "")


def _text(name: str, label: str, limit: int = 200, **more: bool | int | str) -> RegisterField:
    return RegisterField(name, label, limit=limit, **more)  # type: ignore[arg-type]


def _note(hint: str = "") -> RegisterField:
    return RegisterField("note", "备注", limit=2000, hint=hint)


TRIGGERS = ("受到批评或处分", "遇到困难或挫折", "群众有不良反映")
UNEXCUSED_ABSENCE, LONG_ABSENCE = "无故缺席", "长期无故缺席"
TALK_PAPER, REMINDER_PAPER = "谈话记录表", "谈话提醒记录表"

REGISTERS: tuple[Register, ...] = (
    Register(
        "talk", "谈心谈话", "这里记谈心谈话：谁和谁、哪一天、谈什么。按 Ins 记一次。", "CON-15", "several",
        (
            RegisterField(
                "topic", "话题", "choice", True, ("思想", "学习", "工作", "生活困难", "廉洁", "组织生活会前", "其他"), width=8
            ),
            RegisterField("reason", "起因", "choice", choices=("日常", *TRIGGERS, UNEXCUSED_ABSENCE), rule="talk.triggers", width=14, wide=True),
            _text("note", "要点", 2000, width=0, hint="谈了什么、有什么打算，一两句就行"),
        ),
        gap="今年还没有谈过的", reading="tan xin tan hua",
    ),
    Register(
        "talk_trigger", "谈心提醒", "这里记要及时谈心的情况：受了批评、遇到困难、群众有反映。按 Ins 记一条。", "CON-17", "one",
        (
            RegisterField("what", "情形", "choice", True, TRIGGERS, "talk.triggers", width=14),
            _text("note", "说明", 2000, width=0),
        ),
        reading="tan xin ti xing",
    ),
    Register(
        "visit", "走访慰问", "这里记七一、春节和平时的走访慰问。按 Ins 记一次，可以一次选多人。", "CON-18", "perhaps",
        (
            RegisterField("occasion", "时机", "choice", True, ("七一", "春节", "日常", "元旦", "国庆", "其他"), "visit.occasions", width=6),
            _text("household", "家庭或群众", 80, hint="看望的不是党员本人时写，如：张大爷家属"),
            _text("goods", "慰问品", width=0, hint="如：大米一袋、食用油一桶"),
            RegisterField("amount_fen", "慰问金", "money", width=10, hint="单位元，没有就空着，如 200"),
            _text("by_whom", "走访人", width=16, wide=True, hint="如：罗有秀、马会计"),
            RegisterField("reported_on", "通报日期", "date", hint="在哪一天的活动上向党员通报的"),
            _note(),
        ),
        (End("reported_on", "通报", "未通报"),), done="已通报", gap="今年还没有走访的", reading="zou fang wei wen",
    ),
    Register(
        "hardship", "困难党员", "这里是困难党员动态台账：一人一行，情况变了另记一行，原来的留着。按 Ins 登记。", "CON-19", "one",
        (
            RegisterField("trouble", "类型", "choice", True, ("因病", "因残", "因灾", "缺劳力", "年老", "失业", "家庭变故", "其他"), width=8),
            RegisterField("level", "程度", "choice", choices=("一般", "较重", "特别困难"), width=8),
            _text("measures", "帮扶措施", 2000, width=0),
            RegisterField("ended_on", "结束日期", "date", hint="脱困或情况变化的日子，还在帮扶就空着"),
            _note(),
        ),
        (End("ended_on", "脱困", "在册"),), day="起始日期", done="已结束", gap="标了困难没有登记的",
        reading="kun nan dang yuan",
    ),
    Register(
        "problem", "问题整改", "这里记查出的问题：谁来改、什么时候改完、什么时候通报。按 Ins 记一条。", "PRO-10 EVA-07", "none",
        (
            _text("title", "问题", required=True, width=0),
            RegisterField(
                "source", "来源", "choice", choices=("党员提出", "群众提出", "组织生活会", "民主评议", "主题测评", "上级检查", "其他"), width=10
            ),
            _text("owner", "责任人", 80, width=8),
            RegisterField("due_on", "整改期限", "date", width=10),
            _text("result", "整改结果", 2000),
            RegisterField("settled_on", "完成日期", "date"),
            RegisterField("reported_on", "通报日期", "date", hint="哪一天向党员群众通报的"),
        ),
        (End("settled_on", "整改完成", "未整改", due="due_on"), End("reported_on", "通报", "待通报")),
        day="发现日期", done="已通报", reading="wen ti zheng gai",
    ),
    Register(
        "praise", "表扬", "这里记党员的好人好事好作风，年底评议用得上。按 Ins 记一条。", "CON-24 CON-25", "one",
        (
            RegisterField(
                "kind", "类别", "choice", True, ("好人好事", "好作风", "好家庭", "好家教", "好家风", "先进称号", "其他"), width=8
            ),
            _text("deed", "事迹", 2000, required=True, width=0),
            _text("by_whom", "表扬方式", hint="如：主题党日上表扬、公开栏公布"),
        ),
        reading="biao yang",
    ),
    Register(
        "volunteering", "志愿服务", "这里记志愿服务：项目、谁、多长时间。按 Ins 记一次，可以一次选多人。", "CON-22", "one",
        (
            _text("project", "项目", required=True, width=0),
            RegisterField("served_minutes", "时长", "minutes", True, width=12, hint="如 2小时、1小时30分、90分钟；只写数字算小时"),
            _note(),
        ),
        reading="zhi yuan fu wu",
    ),
    Register(
        "outreach", "流动党员联系", "这里记每月和流动党员的联系。按 Ins 记一次，可以一次选多人。", "ATT-10", "one",
        (
            RegisterField(
                "way", "方式", "choice", True, ("网络互动", "寄送资料", "通报情况", "电话联系", "当面"), "floating.outreach", width=10
            ),
            _text("note", "内容", 2000, width=0),
        ),
        gap="本月还没有联系的", reading="liu dong dang yuan lian xi",
    ),
    Register(
        "inspection", "上级检查", "这里记上级的检查和要求整改的事。按 Ins 记一次。", "SUP-02", "none",
        (
            _text("by_whom", "检查单位", 80, required=True, width=16),
            RegisterField(
                "method", "方式", "choice", choices=("随机抽查", "定点监测", "现场观摩", "情况通报", "定期巡查", "其他"),
                rule="inspection.methods", width=8,
            ),
            _text("findings", "检查情况", 2000, width=0),
            RegisterField("mend_by", "限期整改", "date", width=10, hint="要求改好的日期，没有要求就空着"),
            _text("mending", "整改情况", 2000),
            RegisterField("mended_on", "整改完成", "date"),
        ),
        (End("mended_on", "整改完成", "待整改", due="mend_by", only_if="mend_by"),),
        done="已整改", reading="shang ji jian cha",
    ),
    Register(
        "duty_post", "设岗定责", "这里记无职党员的岗位和责任。按 Ins 记一条。", "CON-21", "one",
        (
            _text("station", "岗位", 80, required=True, width=16, hint="如：政策宣传岗、环境卫生岗"),
            _text("task", "职责", 2000, width=0),
            RegisterField("ended_on", "到期日期", "date"),
        ),
        (End("ended_on", "离岗", "在岗"),), day="上岗日期", done="已离岗", reading="she gang ding ze",
    ),
    Register(
        "superior_report", "上报记录", "这里记交给上级的表和报告的事。按 Ins 记一条。", "CON-16 CON-27 ATT-20", "none",
        (
            RegisterField("kind", "事项", "choice", True, (TALK_PAPER, REMINDER_PAPER, LONG_ABSENCE, "违纪违法情况", "其他"), width=16),
            _text("to_whom", "报给", 80, width=0, hint="如：青山镇党委"),
            _text("note", "说明", hint="违纪违法情况只写文号，不写姓名和情节；这一项不进列表", private=True),
        ),
        reading="shang bao ji lu",
    ),
)  # fmt: skip
"""Every register but the development of members, in the order of the list."""

_BY_WORD = {word: it for it in REGISTERS for word in (it.key, it.title)}


def register_of(word: str) -> Register | None:
    """The register of this key or Chinese title; None where there is none."""
    return _BY_WORD.get(word)


def state_of(register: Register, entry: Entry, today: date) -> tuple[str, bool]:
    """(state in a word, whether its deadline has passed); ('', False) where nothing is to be settled."""
    for end in register.ends:
        if (end.only_if and not entry.values[end.only_if]) or _reached(entry, end, today):
            continue
        due = entry.values[end.due] if end.due else None
        late = bool(due) and str(due) < today.isoformat()
        return (f"{end.waiting}逾期" if late else end.waiting), late
    waited = any(not end.only_if or entry.values[end.only_if] for end in register.ends)
    return (register.done if waited else ""), False


def next_end(register: Register, entry: Entry, today: date) -> End | None:
    """What settles the entry next; None where everything is settled."""
    return next((it for it in register.ends if not _reached(entry, it, today)), None)


def _reached(entry: Entry, end: End, today: date) -> bool:
    on = entry.values[end.field]
    return bool(on) and str(on) <= today.isoformat()

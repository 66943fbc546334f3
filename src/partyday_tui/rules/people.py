"""Members and guests as values: what the book knows of a person, and the words for it (domain.md 2.c, the 16 items)."""

from dataclasses import dataclass

KIND_WORDS = {"full": "正式党员", "probationary": "预备党员"}

ENTRY_MOVEMENTS = {"accepted": "接收预备党员", "transfer_in": "转入", "restored": "恢复党籍"}
EXIT_MOVEMENTS = {"transfer_out": "转出", "died": "去世", "suspended": "停止党籍", "expelled": "出党"}
MOVEMENT_WORDS = ENTRY_MOVEMENTS | EXIT_MOVEMENTS

TAG_WORDS = {
    "floating": "流动",
    "infirm": "年老体弱",
    "hardship": "困难",
    "leading_cadre": "领导干部",
    "lost_contact": "失联",
}

DUES_CATEGORY_WORDS = {
    "wage": "在职",
    "annual_salary": "年薪",
    "self_employed": "个体",
    "retired": "离退休",
    "farmer": "农民",
    "student": "学生",
    "unemployed": "下岗失业",
    "relief": "低保抚恤",
}

# How many characters the book takes, held equal to the tables by a test.
MEMBER_LIMITS = {
    "name": 40,
    "reading": 200,
    "ethnicity": 40,
    "education": 40,
    "group": 40,
    "post": 40,
    "job": 80,
    "dues_category": 40,
    "phone": 40,
    "landline": 40,
    "address": 200,
    "destination": 200,
    "note": 2000,
}
GUEST_LIMITS = {"name": 40, "reading": 200, "unit": 80, "phone": 40, "note": 200}

GUEST_CLASSES = (
    "入党积极分子",
    "发展对象",
    "群众代表",
    "第一书记",
    "驻点干部",
    "党建指导员",
    "服务对象",
    "上级领导",
    "其他",
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member as the book holds them; partial dates are ISO text of their own precision, '' where unknown.

    ``reading`` is space-separated pinyin without tones. ``identity`` and ``phone`` are full: mask them before they are shown in a list.
    """

    id: int
    name: str
    reading: str = ""
    reading_by_hand: bool = False
    kind: str = "full"
    sex: str = ""
    ethnicity: str = ""
    identity: str = ""
    born_on: str = ""
    education: str = ""
    joined_on: str = ""
    confirmed_on: str = ""
    group: str = ""
    post: str = ""
    job: str = ""
    dues_category: str = ""
    phone: str = ""
    landline: str = ""
    address: str = ""
    floating: bool = False
    destination: str = ""
    lost_contact: bool = False
    lost_since: str = ""
    infirm: bool = False
    hardship: bool = False
    leading_cadre: bool = False
    note: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """The Chinese words of the tags that this member carries."""
        return tuple(word for field, word in TAG_WORDS.items() if getattr(self, field))


@dataclass(frozen=True, slots=True)
class Movement:
    """An entry into or an exit from the branch on a day (ISO)."""

    id: int
    member_id: int
    kind: str
    on_date: str
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """A person who may sit in (列席) and is never counted in a rate (ATT-17)."""

    id: int
    name: str
    reading: str = ""
    guest_class: str = ""
    unit: str = ""
    phone: str = ""
    note: str = ""

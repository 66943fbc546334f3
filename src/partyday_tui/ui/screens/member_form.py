"""The form of one member: the sixteen items of the national form, and what the branch needs beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.identity import check_identity, mask_identity
from partyday_tui.rules.people import DUES_CATEGORY_WORDS, KIND_WORDS, MEMBER_LIMITS, MOVEMENT_WORDS, Member
from partyday_tui.rules.text import clean_line, clean_name
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.widgets.fields import NO, YES, Field

_FLAGS = (
    ("floating", "流动党员"),
    ("infirm", "年老体弱"),
    ("hardship", "生活困难"),
    ("leading_cadre", "党员领导干部"),
    ("lost_contact", "失联"),
)


@dataclass(frozen=True, slots=True)
class Came:
    """How a new member came: by which movement, asked on `today` for its day."""

    movement: str
    today: date

    @property
    def field(self) -> Field:
        """The question for the day."""
        return Field("came_on", f"{MOVEMENT_WORDS[self.movement]}日期", self.today.isoformat(), "date", required=True)


def member_form(
    member: Member | None, groups: Sequence[str], numbers: Mapping[str, str], came: Came | None = None
) -> FormDialog:
    """Ask for every item of a member; a new one starts empty, with the day of ``came`` where that has one.

    ``numbers`` are the identity numbers in the book with the names they belong to. The member's own is shown masked; what is left
    so stays as it was, see `typed_values`.
    """
    it = member or Member(0, "", kind="probationary" if came and came.movement == "accepted" else "full")
    masked = mask_identity(it.identity)
    known = "、".join(groups)

    def check_number(text: str) -> str | None:
        return None if text == masked else check_identity(text).problem

    def check_all(values: Values) -> tuple[str, str] | None:
        number = check_identity(values["identity"]).number if values["identity"] != masked else None
        if number and number != it.identity and number in numbers:
            return "identity", f"这个身份证号已经是{numbers[number]}的，请核对"
        return None

    return FormDialog(
        f"修改党员  {it.name}" if member else "添加党员",
        [
            *([came.field] if came else []),
            Field("name", "姓名", it.name, required=True, check=lambda text: clean_name(text).problem),
            _line("reading", "拼音", it, "不填就自动生成；读音不对在这里改，如 shan guo qiang"),
            Field("kind", "人员类别", it.kind, "choice", tuple(KIND_WORDS.items())),
            _line("group", "党小组", it, f"已有：{known}" if known else "如 第一党小组"),
            _line("post", "党内职务", it, "没有职务就空着"),
            Field("sex", "性别", it.sex, "choice", (("", "未填"), ("男", "男"), ("女", "女"))),
            _line("ethnicity", "民族", it),
            Field("born_on", "出生日期", it.born_on, "partial_date"),
            Field("identity", "身份证号", masked, hint="只显示头尾；要改就整个重填，清空就是去掉", check=check_number),
            _line("education", "学历", it),
            Field(
                "joined_on", "入党日期", it.joined_on, "partial_date", hint="支部大会接收的那天；只知道年月就填 1972-07"
            ),
            Field("confirmed_on", "转正日期", it.confirmed_on, "partial_date"),
            _line("job", "工作岗位", it),
            Field(
                "dues_category", "党费类别", it.dues_category, "choice", (("", "未定"), *DUES_CATEGORY_WORDS.items())
            ),
            _line("phone", "手机", it),
            _line("landline", "固定电话", it),
            _line("address", "家庭住址", it),
            *(Field(name, label, YES if getattr(it, name) else NO, "yes_no") for name, label in _FLAGS),
            Field("lost_since", "失联年月", it.lost_since, "partial_date"),
            _line("destination", "外出流向", it, "省、市、县"),
            _line("note", "备注", it),
        ],
        check=check_all,
    )


def typed_values(member: Member | None, values: Values) -> Values:
    """What the form answered, with the identity number as it was where nobody touched it."""
    if member is None or values["identity"] != mask_identity(member.identity):
        return values
    return values | {"identity": member.identity}


def _line(name: str, label: str, member: Member, hint: str = "") -> Field:
    return Field(name, label, getattr(member, name), hint=hint, check=_fits(MEMBER_LIMITS[name]))


def _fits(limit: int) -> Callable[[str], str | None]:
    return lambda text: clean_line(text, limit).problem

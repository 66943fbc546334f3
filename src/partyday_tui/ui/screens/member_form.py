"""The form of one member: the sixteen items of the national form, and what the branch needs beside them."""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.rules.identity import check_identity
from partyday_tui.rules.people import DUES_CATEGORY_WORDS, KIND_WORDS, Member
from partyday_tui.rules.text import clean_name
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.widgets.fields import NO, YES, Field


def member_form(it: Member, groups: Sequence[str], entered: Field | None = None) -> FormDialog:
    """Ask for every item of a member, new when its ``id`` is 0. ``entered`` is asked first: the day on which a new one came."""
    flags = (
        ("floating", "流动党员"),
        ("infirm", "年老体弱"),
        ("hardship", "生活困难"),
        ("leading_cadre", "党员领导干部"),
        ("lost_contact", "失联"),
    )
    known = "、".join(groups)
    return FormDialog(
        f"修改党员  {it.name}" if it.id else "添加党员",
        [
            *([entered] if entered else []),
            Field("name", "姓名", it.name, required=True, check=lambda text: clean_name(text).problem),
            Field("reading", "拼音", it.reading, hint="不填就自动生成；读音不对在这里改，如 shan guo qiang"),
            Field("kind", "人员类别", it.kind, "choice", tuple(KIND_WORDS.items())),
            Field("group", "党小组", it.group, hint=f"已有：{known}" if known else "如 第一党小组"),
            Field("post", "党内职务", it.post, hint="没有职务就空着"),
            Field("sex", "性别", it.sex, "choice", (("", "未填"), ("男", "男"), ("女", "女"))),
            Field("ethnicity", "民族", it.ethnicity),
            Field("born_on", "出生日期", it.born_on, "partial_date"),
            Field("identity", "身份证号", it.identity, check=lambda text: check_identity(text).problem),
            Field("education", "学历", it.education),
            Field(
                "joined_on",
                "入党日期",
                it.joined_on,
                "partial_date",
                hint="支部大会接收为预备党员的日期；只知道年月就填 1972-07",
            ),
            Field("confirmed_on", "转正日期", it.confirmed_on, "partial_date"),
            Field("job", "工作岗位", it.job),
            Field(
                "dues_category", "党费类别", it.dues_category, "choice", (("", "未定"), *DUES_CATEGORY_WORDS.items())
            ),
            Field("phone", "手机", it.phone),
            Field("landline", "固定电话", it.landline),
            Field("address", "家庭住址", it.address),
            *(Field(name, label, YES if getattr(it, name) else NO, "yes_no") for name, label in flags),
            Field("lost_since", "失联年月", it.lost_since, "partial_date"),
            Field("destination", "外出流向", it.destination),
            Field("note", "备注", it.note),
        ],
    )

"""The questions of an assessment: category, income with its parts, relief with the superior's approval, approval, first month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.assessment import Part, base_of, part_from_text
from partyday_tui.rules.dues.money import fen_from_yuan, yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.rules.dues.terms import owes_in
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.rules.text import clean_line
from partyday_tui.services import dues_assess as service
from partyday_tui.services.dues_assess import Decision, Relief
from partyday_tui.services.dues_assess_many import month_to_begin
from partyday_tui.services.dues_rates import rates
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.dues_forms import mistake_in, money_field, month_field, read_month
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.rules.dues.assessment import Assessed
    from partyday_tui.services.dues_assess import SheetRow, Written
    from partyday_tui.ui.book_screen import BookScreen

# The parts that pay slips in the field have; any other is written in the line below them.
_PARTS = (
    ("counts", ("岗位工资", "薪级工资", "基础性绩效工资", "津贴补贴", "固定工资")),
    ("taken_off", ("个人所得税", "养老保险", "医疗保险", "失业保险", "住房公积金", "职业年金")),
)
_USUAL = frozenset(name for _, names in _PARTS for name in names)
_WORDS = {"table": "照标准", "reduced": "少交", "exempt": "免交", "more": "高于标准"}
_WHO = {
    "wage": "按月领工资的，也包括外出务工有固定工资的",
    "annual_salary": "按当月实际领取的薪酬",
    "self_employed": "按上季度月平均纯收入",
    "retired": "按基本养老金或基本离退休费，不含津补贴",
    "farmer": "没有固定工资的，按本地定额",
    "student": "定额",
    "unemployed": "定额",
    "relief": "靠抚恤、救济生活或领低保的，定额",
}
_AGREED = {"superior": "（要有上级批准）", "branch": "（支部同意）"}


@dataclass(frozen=True, slots=True)
class _Given:
    """What was typed, read."""

    base_fen: int | None
    parts: tuple[Part, ...]
    valid_from: Month
    reason: str
    approved_on: date | None
    approved_by: str


async def ask_for_decision(screen: BookScreen, row: SheetRow, year: int) -> Decision | None:
    """Category, income, first month and approval, then what the tables make of it; None when the user went back."""
    category = await _ask_for_category(screen, row)
    if category is None:
        return None
    parts = await _known_parts(screen, row)
    begins = await screen.partyday.call(month_to_begin, year)
    fields = _fields(screen, row, category, parts, begins)
    values = await screen.ask(
        FormDialog(f"{row.payer.name}  {CATEGORY_WORDS[category]}  {year}年", fields, check=_mistake)
    )
    if values is None:
        return None
    given = _read(values)
    assessed = await screen.partyday.call(
        service.by_table, category, given.base_fen, given.valid_from, given.approved_on
    )  # fmt: skip
    decision = Decision(
        row.payer.id, category, given.base_fen, given.parts, valid_from=given.valid_from, reason=given.reason,
        approved_on=given.approved_on, approved_by=given.approved_by,
    )  # fmt: skip
    if values["as"] != "table":
        departed = await _depart(screen, row, decision, values["as"], assessed)
        if departed is None:
            return None
        decision = departed
    drafted = await screen.partyday.call(service.work_out, year, decision)
    agreed = await screen.ask(Confirm("核定", _outcome(drafted), yes="写入", no="不写"))
    return decision if agreed else None


async def ask_for_term(screen: BookScreen, row: SheetRow) -> tuple[Month | None, Month | None, str] | None:
    """(first month, last month, reason); both empty goes back to the settings."""
    first = row.terms[0].first if row.terms else None
    last = row.terms[-1].last if row.terms else None
    shown = first if first is not None and first.year > 1900 else None
    values = await screen.ask(
        FormDialog(
            f"{row.payer.name} 交党费的起止月份",
            [
                month_field("first", "从哪个月起", shown, hint="如 2026-07；空着按设置算"),
                month_field("last", "到哪个月止", last, hint="如 2026-12；空着按设置算"),
                Field("reason", "原因", required=True, hint="如：介绍信写明党费交至 2026-06"),
            ],
        )
    )
    if values is None:
        return None
    read = [read_month(values[name]) if values[name] else None for name in ("first", "last")]
    return read[0], read[1], clean_line(values["reason"]).text


def approval_fields(today: date) -> list[Field]:
    """When and by whom the assessment was approved."""
    return [
        Field("approved_on", "核定日期", today.isoformat(), "date"),
        Field("approved_by", "核定人", "支委会", hint="一般是支委会，研究后填"),
    ]


def read_approval(values: dict[str, str]) -> tuple[date | None, str]:
    """(day, by whom) of `approval_fields`."""
    on = values["approved_on"]
    return (date.fromisoformat(on) if on else None), clean_line(values["approved_by"]).text


async def _ask_for_category(screen: BookScreen, row: SheetRow) -> str | None:
    current = row.current.category if row.current else row.payer.category or "farmer"
    entries = [(code, word, _WHO[code]) for code, word in CATEGORY_WORDS.items()]
    return await screen.ask(Choose(f"{row.payer.name} 的类别", entries, current=current))


async def _known_parts(screen: BookScreen, row: SheetRow) -> dict[str, Part]:
    """The parts of the decision that holds now, by name."""
    if row.current is None:
        return {}
    history = await screen.partyday.call(service.assessment_history, row.payer.id)
    parts = next((parts for each, parts in history if row.current and each.id == row.current.id), [])
    return {part.name: part for part in parts}


def _fields(screen: BookScreen, row: SheetRow, category: str, parts: dict[str, Part], begins: Month) -> list[Field]:
    today, year = screen.partyday.clock.today, begins.year
    corrected = row.current is not None
    first = next((month for month in months_of_year(year) if owes_in(row.terms, month)), Month(year, 1))
    proposed = Month.of(today) if corrected and today.year == year else max(first, begins)
    income: list[Field] = []
    if rates().table(category, proposed.first_day).needs_base:
        known = row.current.base_fen if row.current and not parts else None
        income = [
            money_field("base", "基数（元）", known, required=False, hint="每月的合计；要列明组成就空着，填下面各项")
        ]
        if category == "wage":
            income += _part_fields(parts)
    return [
        *income,
        Field("as", "月交数额", "table", "choice", _choices(category, proposed)),
        month_field("valid_from", "从哪个月起", proposed, required=True),
        Field("reason", "原因", required=corrected, hint="更正、少交免交和高于标准的要写"),
        *approval_fields(today),
    ]


def _choices(category: str, month: Month) -> tuple[tuple[str, str], ...]:
    agreed = _AGREED[rates().relief(category, month.first_day).by]
    return tuple((how, word + (agreed if how in ("reduced", "exempt") else "")) for how, word in _WORDS.items())


def _part_fields(parts: dict[str, Part]) -> list[Field]:
    fields = []
    for effect, names in _PARTS:
        for name in names:
            part = parts.get(name)
            word = "计入" if effect == "counts" else "扣除"
            hint = f"{word}基数的一项，没有就空着"
            fields.append(
                money_field(name, f"{word} {name}", part.amount_fen if part else None, required=False, hint=hint)
            )
    others = [
        f"{'-' if part.effect == 'taken_off' else '+'}{part.name}={yuan(part.amount_fen)}"
        for part in parts.values()
        if part.name not in _USUAL
    ]
    hint = "如 奖金=200；-企业年金=50，各项用分号分开"
    return [*fields, Field("others", "其他各项", "；".join(others), hint=hint, check=mistake_in(_others))]


def _others(text: str) -> list[Part]:
    today = date.max
    return [part_from_text(rates(), one.strip(), today) for one in text.replace(";", "；").split("；") if one.strip()]


def _mistake(values: dict[str, str]) -> tuple[str, str] | None:
    if "base" not in values:
        return None
    try:
        parts = _parts(values)
        if parts:
            base_of(parts)
    except UserMistake as mistake:
        return "base", mistake.sentence
    if bool(parts) == bool(values["base"]):
        return "base", "基数的合计和各项组成只填一样，请改一下" if parts else "请填基数，或填下面各项"
    return None


def _parts(values: dict[str, str]) -> tuple[Part, ...]:
    found = [
        Part(name, "counts" if effect == "counts" else "taken_off", fen_from_yuan(values[name]))
        for effect, names in _PARTS
        for name in names
        if values.get(name)
    ]
    negative = next((part for part in found if part.amount_fen < 0), None)
    if negative:
        raise UserMistake(f"「{negative.name}」是负数，请写正数，扣除的程序会减去。")
    return (*found, *_others(values.get("others", "")))


def _read(values: dict[str, str]) -> _Given:
    parts = _parts(values) if "base" in values else ()
    base = base_of(parts) if parts else fen_from_yuan(values["base"]) if values.get("base") else None
    return _Given(
        base, parts, read_month(values["valid_from"]), clean_line(values["reason"]).text, *read_approval(values)
    )


async def _depart(
    screen: BookScreen, row: SheetRow, decision: Decision, how: str, assessed: Assessed
) -> Decision | None:
    """Less than the tables with the approval on file (D7, D11), or more with a reason."""
    reason = Field("reason", "原因", decision.reason, required=True, hint="如：因病致困，本人申请")
    amount = money_field("amount", "每月交（元）", hint=f"按标准是 {yuan(assessed.monthly_fen)} 元")
    first = decision.valid_from
    assert first is not None  # the form requires it
    by_branch = rates().relief(assessed.category, first.first_day).by == "branch"
    if how == "more":
        fields = [amount, reason]
    else:
        fields = [*([amount] if how == "reduced" else []), reason, *_approval(screen, by_branch)]
    values = await screen.ask(FormDialog(f"{row.payer.name} {_WORDS[how]}", fields))
    if values is None:
        return None
    relief = None
    if how != "more":
        document, by = (clean_line(values[name]).text for name in ("document", "by"))
        relief = Relief(document, by, date.fromisoformat(values["on"]))
    fen = fen_from_yuan(values["amount"]) if "amount" in values else 0
    return replace(decision, monthly_fen=fen, relief=relief, reason=clean_line(values["reason"]).text)


def _approval(screen: BookScreen, by_branch: bool) -> list[Field]:
    branch = screen.partyday.branch
    if by_branch:
        return [
            Field("document", "记录", "党支部研究同意", hint="生活确有困难的离退休党员由支部同意；可写哪一次会议"),
            Field("by", "同意的支部", branch.name if branch else "", required=True),
            Field("on", "同意日期", kind="date", required=True),
        ]
    return [
        Field("document", "批准文号", required=True, hint="上级党委批准的文件或批复"),
        Field("by", "批准机关", required=True),
        Field("on", "批准日期", kind="date", required=True),
    ]


def _outcome(drafted: Written) -> str:
    """What is about to be written: the bracket and its jump, the sentences and doubts."""
    assessed, monthly = drafted.by_table, drafted.assessment.monthly_fen
    base = f"基数 {yuan(assessed.base_fen)} 元" if assessed.base_fen is not None else "不用基数"
    lines = [
        f"{drafted.assessment.valid_from} 起每月 {yuan(monthly)} 元",
        f"{assessed.category_word}，{base}：{assessed.bracket}"
        + ("" if monthly == assessed.monthly_fen else f"，按标准 {yuan(assessed.monthly_fen)} 元"),
        assessed.jump,
        *drafted.warnings,
        f"依据{assessed.notice}{assessed.grounds.article}",
    ]
    return "\n".join(line for line in lines if line)

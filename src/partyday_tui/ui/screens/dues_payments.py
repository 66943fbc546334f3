"""The questions at the table: a payment by another's hand, for some months, ahead or voluntary; one taken back.

A payment is answered with what is doubtful about it, or None when the user went back; the screen writes it.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import fen_from_yuan, yuan
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import clean_line, clean_name
from partyday_tui.services.dues_evening import Payment, Taken, months_to_pay, standing_payments, take_back
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.dues_forms import METHODS, ask_which_to_reverse, money_field
from partyday_tui.ui.screens.dues_words import doubts_before, months_of, months_words, payment_of
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.services.dues_table import CollectionRow
    from partyday_tui.ui.book_screen import BookScreen

Asked = tuple[Payment, list[str]] | None

_METHOD = Field("method", "方式", "cash", "choice", METHODS, hint="钱放在哪里；代交的也要写是现金还是微信、转账")
_PAYER = Field("payer", "代交人", hint="本人交的就空着；代交写实际交钱的人，如亲属；党组织不得垫交")
_NOTE = Field("note", "说明")
_SURPLUS = Field("surplus", "多出的", "ahead", "choice", (("ahead", "预交以后的月份"), ("voluntary", "自愿多交")))


async def by_proxy(screen: BookScreen, row: CollectionRow, now: Month) -> Asked:
    """All that is owed, brought by somebody else, whose name is kept."""
    field = Field("payer", "代交人", required=True, hint="实际交钱的人，如亲属或别的党员；党组织不得垫交")
    values = await screen.ask(FormDialog(f"{row.name} 由别人代交 {yuan(row.to_pay_fen)} 元", [field, _METHOD]))
    if values is None:
        return None
    payment = payment_of(row, method=values["method"], payer=clean_name(values["payer"]).text)
    return payment, doubts_before(now, months_of(row))


async def some_months(screen: BookScreen, row: CollectionRow, now: Month) -> Asked:
    """From the oldest month owed up to a chosen one, the amount proposed in full; less is a part payment."""
    owed = await screen.partyday.call(months_to_pay, row.member_id)
    months = await _ask_for_months(screen, row.name, owed, now) if owed else (now,)
    if months is None:
        return None
    whole = sum(fen for month, fen in owed if month in months) or None
    amount = money_field("amount", "实收金额（元）", whole, hint="少收的仍记为欠交，多收的按「多出的」一项办")
    title = f"{row.name} 交 {months_words(months)}"
    values = await screen.ask(FormDialog(title, [amount, _METHOD, _PAYER, _SURPLUS, _NOTE]))
    if values is None:
        return None
    payment = replace(_typed(row, values), months=months, surplus=values["surplus"])
    return payment, doubts_before(now, months)


async def voluntary(screen: BookScreen, row: CollectionRow, now: Month) -> Asked:
    """What is given beside the dues; above 1000 yuan it is 大额党费 (D15)."""
    amount = money_field("amount", "自愿多交（元）", hint="应交以外的；一次超过 1000 元的按大额党费登记")
    values = await screen.ask(FormDialog(f"{row.name} 自愿多交", [amount, _METHOD, _PAYER, _NOTE]))
    if values is None:
        return None
    payment = replace(_typed(row, values), voluntary=True)
    return payment, doubts_before(now, (), payment.amount_fen or 0)


async def agreed_to_all(screen: BookScreen, rows: list[CollectionRow], group: str) -> bool:
    """Whether all these have paid in cash; the sum is told, so that the money can be counted first."""
    total = yuan(sum(row.to_pay_fen for row in rows))
    who = "到会的" if rows[0].present else group
    sentence = f"{who}还没有交的 {len(rows)} 人，连往月欠的共 {total} 元，都收了现金吗？请先点清。"
    answer = await screen.ask(Confirm("其余全收", sentence, danger=True, yes="都收了", no="还没有"))
    return answer is True


async def take_one_back(screen: BookScreen, row: CollectionRow, on: date | None) -> Taken | None:
    """Choose one payment that stands, the newest first, and reverse it with a reason, on the day of the table."""
    payments = await screen.partyday.call(standing_payments, row.member_id)
    if not payments:
        screen.tell(f"{row.name} 没有可以冲正的一笔。")
        return None
    answer = await ask_which_to_reverse(screen, row.name, payments)
    if answer is None:
        return None
    entries, reason = answer
    ids = [entry.id for entry in entries]
    return await screen.partyday.call(take_back, ((row.member_id, row.present),), ids, reason, uuid.uuid4().hex, on)


async def ask_for_day(screen: BookScreen, on: date | None, meeting: date | None) -> tuple[date | None] | None:
    """(the day on which the money came, None for today) or None when the user went back; the day of the meeting is proposed."""
    today = screen.partyday.clock.today
    value = (on or (meeting if meeting and meeting < today else today)).isoformat()
    field = Field(
        "on", "哪天收的", value, "date", required=True, hint="以后在这里记的都写这一天；要记今天收的，再改回今天"
    )
    values = await screen.ask(FormDialog("收款日期", [field]))
    if values is None:
        return None
    day = date.fromisoformat(values["on"])
    return (day if day != today else None,)


async def ask_for_meeting(screen: BookScreen) -> int | None:
    """The key of a meeting that was held, whose present members are to come first."""
    from partyday_tui.services.roll import events_to_call

    today = screen.partyday.clock.today
    found = [it for it in await screen.partyday.call(events_to_call) if it.on_date and it.on_date <= today]
    if not found:
        screen.tell("还没有开过的活动。")
        return None
    entries = [(str(it.id), f"{it.on_date}  {it.kind_words}  {it.title}", "") for it in found]
    chosen = await screen.ask(Choose("按哪一次活动的到会情况排", entries))
    return None if chosen is None else int(chosen)


async def _ask_for_months(
    screen: BookScreen, name: str, owed: list[tuple[Month, int]], now: Month
) -> tuple[Month, ...] | None:
    entries, total = [], 0
    for number, (month, fen) in enumerate(owed, 1):
        total += fen
        ahead = sum(1 for each, _ in owed[:number] if each > now)
        words = f"{number}个月，{yuan(total)} 元" + (f"，其中预交{ahead}个月" if ahead else "")
        entries.append((str(month), f"交到 {month}", words))
    current = next((str(month) for month, _ in reversed(owed) if month <= now), None)
    chosen = await screen.ask(Choose(f"{name} 交哪几个月", entries, current=current))
    return None if chosen is None else tuple(month for month, _ in owed if str(month) <= chosen)


def _typed(row: CollectionRow, values: dict[str, str]) -> Payment:
    payment = payment_of(row, method=values["method"], payer=clean_name(values["payer"]).text)
    return replace(payment, amount_fen=fen_from_yuan(values["amount"]), note=clean_line(values["note"]).text)

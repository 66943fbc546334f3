"""The questions of the close: the cash counted, what is handed over, and the year's publication."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.entries import KIND_WORDS, METHOD_WORDS
from partyday_tui.rules.dues.money import fen_from_yuan, yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.rules.text import clean_line
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.dues_forms import money_field
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.rules.dues.entries import CashInHand, Entry
    from partyday_tui.services.dues_close_view import CloseView
    from partyday_tui.services.dues_publish import YearSheet
    from partyday_tui.ui.book_screen import BookScreen


async def ask_for_count(screen: BookScreen, view: CloseView) -> tuple[int, str] | None:
    """(what was counted, why it differs from the ledger); None when the user went back."""

    def mistake(values: dict[str, str]) -> tuple[str, str] | None:
        gap = fen_from_yuan(values["counted"]) - view.in_hand_fen
        if gap and not values["reason"]:
            word = "多" if gap > 0 else "少"
            return "counted", f"比账上在手{word} {yuan(abs(gap))} 元，请重点一遍；查不清的在下一行写明原因"
        return None

    fields = [
        money_field("counted", "清点（元）", hint=f"现金和微信、转账收的一起数；账上在手 {yuan(view.in_hand_fen)} 元"),
        Field("reason", "不符的原因", hint="与账上相符就空着"),
    ]
    values = await screen.ask(FormDialog(f"{view.month} 月结：清点在手的党费", fields, check=mistake))
    if values is None:
        return None
    return fen_from_yuan(values["counted"]), clean_line(values["reason"]).text


async def remit(screen: BookScreen) -> str | None:
    """Ask for a hand-over and write it; returns what was done."""
    from partyday_tui.services import dues_handover
    from partyday_tui.services.dues_table import cash_in_hand

    cash = await screen.partyday.call(cash_in_hand)
    if cash.in_hand_fen <= 0:
        screen.tell("账上没有在手的党费，不用上缴。")
        return None
    values = await screen.ask(
        FormDialog("上缴党费", _remit_fields(cash, screen.partyday.clock.today), check=_too_much(cash))
    )
    if values is None:
        return None
    receipt = await screen.partyday.call(
        dues_handover.remit,
        fen_from_yuan(values["amount"]),
        receipt_no=clean_line(values["receipt"]).text,
        method=values["method"],
        on_date=date.fromisoformat(values["on"]),
        note=clean_line(values["note"]).text,
        request_key=uuid.uuid4().hex,
    )
    return f"已存盘，上缴 {yuan(receipt.amount_fen)} 元。" + "".join(receipt.warnings)


async def add_receipt(screen: BookScreen) -> str | None:
    """Ask for the receipt's number of a hand-over that has none yet, and write it; returns what was done."""
    from partyday_tui.services import dues_handover

    waiting = await screen.partyday.call(dues_handover.without_receipt)
    if not waiting:
        screen.tell("上缴的都有收据号了。")
        return None
    chosen: str | None = str(waiting[0][0].act_id)
    if len(waiting) > 1:
        entries = [(str(act[0].act_id), *_handed_over(act)) for act in waiting]
        chosen = await screen.ask(Choose("补哪一次上缴的收据号", entries))
    if chosen is None:
        return None
    act = next(each for each in waiting if str(each[0].act_id) == chosen)
    title = " ".join(("上缴收据", *_handed_over(act)))
    values = await screen.ask(FormDialog(title, [Field("receipt", "收据号", required=True, hint="党费专用收据的号码")]))
    if values is None:
        return None
    receipt_no = clean_line(values["receipt"]).text
    await screen.partyday.call(dues_handover.add_receipt, [entry.id for entry in act], receipt_no)
    return f"收据号 {receipt_no} 已存盘。"


def _handed_over(act: list[Entry]) -> tuple[str, str]:
    """(day, sum) of one hand-over."""
    return act[0].on_date, f"{yuan(sum(entry.amount_fen for entry in act))} 元"


def _remit_fields(cash: CashInHand, today: date) -> list[Field]:
    """The amount, all of it proposed, and the pot that it is taken from."""
    pots = [(pot, f"{METHOD_WORDS[pot]} {yuan(fen)}") for pot, fen in cash.by_method.items() if fen > 0]
    choices = tuple(pots) if len(pots) == 1 else (("", "各项一起，先从现金"), *pots)
    return [
        money_field(
            "amount", "上缴金额（元）", cash.in_hand_fen, hint=f"在手 {yuan(cash.in_hand_fen)}（{cash.words}）"
        ),
        Field(
            "method",
            "从哪一项",
            choices[0][0],
            "choice",
            choices,
            hint="钱收在哪一项就从哪一项减去；怎样送交写在说明里",
        ),
        Field("on", "日期", today.isoformat(), "date", required=True),
        Field("receipt", "收据号", hint="党费专用收据的号码；还没有就空着，拿到后按 ^D 补上"),
        Field("note", "说明"),
    ]


def _too_much(cash: CashInHand) -> Callable[[dict[str, str]], tuple[str, str] | None]:
    """A form's check: no pot gives more than it holds."""

    def mistake(values: dict[str, str]) -> tuple[str, str] | None:
        pot = values["method"]
        held = cash.by_method[pot] if pot else cash.in_hand_fen
        if fen_from_yuan(values["amount"]) <= held:
            return None
        return (
            "amount",
            f"{METHOD_WORDS[pot] if pot else '账上'}在手只有 {yuan(held)} 元，党组织不得垫交，请改金额或换一项",
        )

    return mistake


async def publish(screen: BookScreen, year: int) -> str | None:
    """Show the year's figures; then, if they were shown to the members, write when and where."""
    from partyday_tui.services.dues_publish import record_publication, year_sheet

    sheet = await screen.partyday.call(year_sheet, year)
    if not await screen.ask(Confirm(f"{year} 年党费公示", "\n".join(_year_lines(sheet)), yes="登记公示", no="返回")):
        return None
    values = await screen.ask(
        FormDialog(
            f"{year} 年党费已公示",
            [
                Field("on", "公示日期", screen.partyday.clock.today.isoformat(), "date", required=True),
                Field("place", "公示地点", "党务公开栏"),
            ],
        )
    )
    if values is None:
        return None
    place = clean_line(values["place"]).text
    await screen.partyday.call(record_publication, year, date.fromisoformat(values["on"]), place)
    return f"{year} 年党费公示已登记，已存盘。"


def _year_lines(sheet: YearSheet) -> list[str]:
    lines = [
        f"{CATEGORY_WORDS[each.category]} {each.heads}人  应交 {yuan(each.due_fen)}  已交 {yuan(each.paid_fen)}"
        for each in sheet.categories
    ]
    lines += [f"{word} {yuan(sheet.by_kind[kind])}" for kind, word in KIND_WORDS.items() if sheet.by_kind.get(kind)]
    lines.append(f"全年收 {yuan(sheet.collected_fen)}  上缴 {yuan(sheet.remitted_fen)}")
    lines += [f"已公示：{each.published_on} {each.place}" for each in sheet.published]
    return lines

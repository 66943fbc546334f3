"""核定: what each member pays, decided for the year or corrected from a month on; every decision stays in the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.assessment import Assessed, Part, base_of
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.reach import dues_year
from partyday_tui.rules.dues.terms import Away, SetTerm, Term, owes_in
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import line_to_keep
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_accounts import read_terms
from partyday_tui.services.dues_over import overpaid_by, overpaid_words
from partyday_tui.services.dues_rates import DuesSettings, assess_by_table, rates, settings_of
from partyday_tui.store import dues_assessments, dues_closes
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.dues_assessments import Assessment, Payer


@dataclass(frozen=True, slots=True)
class Relief:
    """少交或免交: the approval on file, its number or name, by whom, when.

    It is the superior's (D11); for the retired in hardship the branch itself agrees (D7), and then the first two may be empty.
    """

    document: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided for one member.

    ``parts`` make the base where given, else ``base_fen``. ``monthly_fen`` departs from the tables: less needs ``relief``, more needs a
    reason; None follows the tables. ``valid_from`` None is the first month of the year.
    """

    member_id: int
    category: str
    base_fen: int | None = None
    parts: tuple[Part, ...] = ()
    monthly_fen: int | None = None
    relief: Relief | None = None
    valid_from: Month | None = None
    reason: str = ""
    approved_on: date | None = None
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An assessment as written, what the tables say, and what to look at."""

    assessment: Assessment
    by_table: Assessed
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One member in the year's assessment sheet; ``history`` has every decision of the year, the one that holds last is last in time.

    ``aways``: the months paid elsewhere, which are not in ``terms``.
    """

    payer: Payer
    terms: tuple[Term, ...]
    history: tuple[Assessment, ...]
    aways: tuple[Away, ...] = ()

    @property
    def current(self) -> Assessment | None:
        """The decision for the last months of the year; None while not assessed."""
        return self.history[-1] if self.history else None


def assess_member(book: Book, year: int, decision: Decision, *, what: str = "核定党费") -> Written:
    """Write one member's assessment of a year, or a correction from a month on with its reason (D14).

    The branch's own rules (rounding, the farmers' rate) are those of the day of approval, of today where none is given, or of the first
    month where that is later; what is assessed already stays. Raises UserMistake where the amount is below the tables without the
    approval that this needs (D7, D11), or a reason is missing.
    """
    return assess_members(book, year, [decision], what=what)[0]


def assess_members(book: Book, year: int, decisions: Sequence[Decision], *, what: str = "核定党费") -> list[Written]:
    """Write several members' assessments of a year in one act."""
    written = work_out_all(book, year, decisions)
    parts = [_cleaned(decision).parts for decision in decisions]
    with book.act(what) as transaction:
        return [_write(transaction, *each) for each in zip(written, parts, strict=True)]


def work_out(book: Book, year: int, decision: Decision) -> Written:
    """What `assess_member` would write, with all that there is to look at; nothing is written. Raises UserMistake as it does."""
    return work_out_all(book, year, [decision])[0]


def work_out_all(book: Book, year: int, decisions: Sequence[Decision]) -> list[Written]:
    """`work_out` for several members."""
    settings = settings_of(book)
    return [_worked_out(book, year, _cleaned(decision), settings) for decision in decisions]


def by_table(
    book: Book, category: str, base_fen: int | None, valid_from: Month, approved_on: date | None = None
) -> Assessed:
    """What the tables and the branch's settings make of a category and a base, for a form that shows it before it is written."""
    return assess_by_table(
        category, base_fen, valid_from.first_day, settings_of(book), approved_on or book.clock.today
    )  # fmt: skip


def assessment_sheet(book: Book, year: int) -> list[SheetRow]:
    """The year's assessment sheet (DUE-04): everyone who owes dues in the year, assessed or not."""
    held: dict[int, list[Assessment]] = {}
    for each in dues_assessments.assessments_of_year(book, year):
        held.setdefault(each.member_id, []).append(each)
    aways = dues_assessments.aways(book)
    whole = Away(Month(year, 1), Month(year, 12), "")
    rows = [
        SheetRow(
            payer, terms, tuple(held.get(payer.id, ())), tuple(it for it in aways.get(payer.id, ()) if it.meets(whole))
        )
        for payer, terms in read_terms(book)
    ]
    months = [Month(year, number) for number in range(1, 13)]
    return [row for row in rows if row.history or row.aways or any(owes_in(row.terms, month) for month in months)]


def assessment_history(book: Book, member_id: int) -> list[tuple[Assessment, list[Part]]]:
    """Every decision for one member with its parts, newest year first."""
    return [
        (each, dues_assessments.parts_of(book, each.id))
        for each in dues_assessments.assessments_of_member(book, member_id)
    ]


def set_term(book: Book, member_id: int, first: Month | None, last: Month | None, reason: str) -> None:
    """Set by hand from which to which month a member pays dues here; both None goes back to the settings. Needs a reason."""
    reason = line_to_keep(reason, "原因", 200)
    if not reason:
        raise UserMistake("改起止月份要写明原因，如「介绍信写明党费交至 2026-06」。")
    if first and last and last < first:
        raise UserMistake("最后一个月早于第一个月，请核对起止月份。")
    with book.act("改党费起止月份") as transaction:
        dues_assessments.insert_term(transaction, member_id, SetTerm(first, last, reason))


def _cleaned(decision: Decision) -> Decision:
    """The same with every text through the gate; raises UserMistake for one longer than the book keeps."""
    relief = decision.relief and replace(
        decision.relief,
        document=line_to_keep(decision.relief.document, "批准文号", 80),
        approved_by=line_to_keep(decision.relief.approved_by, "批准机关", 80),
    )
    return replace(
        decision,
        relief=relief,
        reason=line_to_keep(decision.reason, "原因", 200),
        approved_by=line_to_keep(decision.approved_by, "核定批准人", 80),
        parts=tuple(replace(part, name=line_to_keep(part.name, "基数项目", 40)) for part in decision.parts),
    )


def _worked_out(book: Book, year: int, decision: Decision, settings: DuesSettings) -> Written:
    payer = next(iter(dues_assessments.payers(book, decision.member_id)), None)
    if payer is None:
        raise UserMistake("名册里没有这位党员，请先在名册里加上。")
    valid_from = decision.valid_from or Month(dues_year(year), 1)
    dues_year(valid_from.year)
    if valid_from.year != year:
        raise UserMistake(f"{valid_from} 不在 {year} 年里，请核对起算月份。")
    earlier = [each for each in dues_assessments.assessments_of_member(book, payer.id) if each.year == year]
    if earlier and not decision.reason:
        raise UserMistake(f"{payer.name} {year} 年已经核定过，更正要写明原因和从哪个月起。")
    base_fen = base_of(decision.parts) if decision.parts else decision.base_fen
    first, today = valid_from.first_day, book.clock.today
    table = assess_by_table(decision.category, base_fen, first, settings, decision.approved_on or today)
    by_now = assess_by_table(decision.category, base_fen, first, settings, today)
    monthly_fen = table.monthly_fen if decision.monthly_fen is None else decision.monthly_fen
    relief = _relief(book, payer, decision, monthly_fen, table, valid_from)
    if monthly_fen > table.monthly_fen and not decision.reason:
        raise UserMistake(f"每月 {yuan(monthly_fen)} 元高于标准 {yuan(table.monthly_fen)} 元，请写明原因。")
    assessment = Assessment(
        0, payer.id, payer.name, year, str(valid_from), table.category, table.base_fen, table.rate, table.monthly_fen,
        monthly_fen, str(table.notice), decision.reason, _iso(decision.approved_on), decision.approved_by, *relief,
    )  # fmt: skip
    told = (
        *table.warnings,
        *filter(None, [overpaid_words(overpaid_by(book, payer.id, valid_from, monthly_fen))]),
        *_doubts(book, decision, valid_from, earlier),
        *_ruled_otherwise(decision, table, by_now),
    )
    return Written(assessment, table, told)


def _relief(
    book: Book, payer: Payer, decision: Decision, monthly_fen: int, table: Assessed, valid_from: Month
) -> tuple[str, str, str, str | None]:
    if monthly_fen < 0:
        raise UserMistake("每月党费不能是负数，请核对金额。")
    if monthly_fen >= table.monthly_fen:
        return "", "", "", None
    relief, by_branch = decision.relief, rates().relief(table.category, valid_from.first_day).by == "branch"
    if by_branch and relief is not None:
        relief = replace(
            relief, document=relief.document or "党支部研究同意", approved_by=relief.approved_by or branch_of(book).name
        )
    if relief is None or not (relief.document and relief.approved_by and decision.reason):
        needed = (
            "离退休党员生活确有困难的，经党支部研究同意可以少交或免交，请填写原因和支部同意的日期。"
            if by_branch
            else "少交或免交须本人申请、支部研究、报上级党委批准，请填写原因、批准机关、批准文号和日期。"
        )
        raise UserMistake(f"{payer.name} 按标准每月 {yuan(table.monthly_fen)} 元，{needed}")
    kind = "reduced" if monthly_fen else "exempt"
    return kind, relief.document, relief.approved_by, relief.approved_on.isoformat()


def _ruled_otherwise(decision: Decision, table: Assessed, now: Assessed) -> list[str]:
    """Where the approval is older than a rule of the branch that reads otherwise today."""
    if now.monthly_fen == table.monthly_fen:
        return []
    return [
        f"按核定日期 {decision.approved_on} 时本支部的规定是每月 {yuan(table.monthly_fen)} 元，按今天的规定是 "
        f"{yuan(now.monthly_fen)} 元；要按今天的规定，请把核定日期写成今天再核定一次。"
    ]


def _doubts(book: Book, decision: Decision, valid_from: Month, earlier: Sequence[Assessment]) -> list[str]:
    found = []
    close = dues_closes.last_close(book)
    if earlier and close is not None and str(valid_from) <= close.month:
        found.append(f"{valid_from} 至 {close.month} 已经月结：当时的记录不动，欠交和多交按这次核定重算。")
    if earlier and valid_from.month > 1:
        found.append("月交数额年初核定后一般当年不变（组电明字〔2017〕5号），这次更正的原因已记入。")
    later = [each.valid_from for each in earlier if each.valid_from > str(valid_from)]
    if later:
        found.append(f"从 {later[0]} 起仍按已有的核定，如也要改请再核定一次。")
    this = Month.of(book.clock.today)
    if not earlier and this.year == valid_from.year and valid_from < this:
        found.append(f"{valid_from} 到 {this.previous} 没有交的都算往月欠；那几个月在纸上收过的，请改为从 {this} 起。")
    if not decision.approved_by or decision.approved_on is None:
        found.append("还没有写核定的日期和批准人，请在支委会研究后补一次核定。")
    return found


def _write(transaction: Transaction, written: Written, parts: tuple[Part, ...]) -> Written:
    key = dues_assessments.insert_assessment(transaction, written.assessment, parts)
    return replace(written, assessment=replace(written.assessment, id=key))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

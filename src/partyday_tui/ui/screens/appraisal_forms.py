"""The forms of an appraisal: a stage, the ballots of a class member by member, the decision of one member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.appraisal import ANSWERS, GRADE_WORDS, check_decision, leading, leading_words
from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, row_text
from partyday_tui.services import appraisal as service
from partyday_tui.ui.dialogs.count_ballots import CountBallots
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.screens.review_form import ask_given, ballots_in, mistake_in, where_to_begin
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.services.appraisal import AppraisalPage
    from partyday_tui.ui.book_screen import BookScreen

_ROW_HINT = "优秀 合格 基本合格 不合格，如 20 15 1 0；没有写的算弃权"
_USUAL = 1  # 合格 is what most ballots say of most members


async def write_stage(screen: BookScreen, page: AppraisalPage, name: str) -> str | None:
    """The day of a stage, who saw to it, a note."""
    year = page.appraisal.year
    held = next((it for it in page.appraisal.stages if it.name == name), None)
    today = screen.partyday.clock.today
    fields = [
        day_field("on", "哪天做的", held.on if held and held.on else today, year=year, required=True),
        Field("person", "经办人", held.person if held else "", hint="谁主持或记录的，可以空着"),
        Field("note", "备注", held.note if held else "", hint="如：分两个党小组进行；组织评定写支委会研究的意见"),
    ]
    values = await screen.ask(FormDialog(f"{year}年民主评议  {name}", fields))
    on = read_day(values["on"], year) if values else None
    if values is None or on is None:
        return None
    await screen.partyday.call(service.write_stage, year, name, on, values["person"], values["note"])
    return f"已存盘，{name}{on}。"


async def fill_class(screen: BookScreen, page: AppraisalPage, voter: str) -> str | None:
    """The ballots and a row of counts for each member who gets a grade, in one form in the order of the roster."""
    appraisal, who = page.appraisal, VOTER_WORDS[voter]
    held = appraisal.ballots(voter)
    graded = [line for line in appraisal.lines if line.is_graded]
    given = str(held.given or (len(appraisal.lines) - len(page.absent) if voter == "party" else ""))
    fields = [
        Field("given", "发出票", given, "number", required=True),
        Field("returned", "收回票", str(held.returned) if held.given else "", "number", required=True),
        Field("void", "废票", str(held.void), "number", required=True),
        *(
            Field(
                str(line.member_id),
                line.name,
                row_text(line.tallies[voter]) if voter in line.tallies else "",
                hint=_ROW_HINT,
            )
            for line in graded
        ),
    ]
    rows = [(str(line.member_id), line.name) for line in graded]

    def check(values: Values) -> tuple[str, str] | None:
        return mistake_in(values, who, rows, ANSWERS)

    values = await screen.ask(FormDialog(f"测评票数  {who}", fields, check=check))
    if values is None:
        return None
    counts = {line.member_id: values[str(line.member_id)] for line in graded}
    written = await screen.partyday.call(service.write_class, appraisal.year, voter, ballots_in(values), counts)
    return _told(written, voter)


async def count_class(screen: BookScreen, page: AppraisalPage, voter: str) -> str | None:
    """Count the ballots of one class one by one, a digit for each member."""
    appraisal, who = page.appraisal, VOTER_WORDS[voter]
    held = appraisal.ballots(voter)
    graded = [line for line in appraisal.lines if line.is_graded]
    if not graded:
        raise UserMistake("没有要评定等次的正式党员，请先核对名册。")
    counted = {str(line.member_id): line.tallies[voter] for line in graded if voter in line.tallies}
    begin = await where_to_begin(screen, who, held, counted, len(counted) == len(graded))
    if begin is None:
        return None
    usual = len(appraisal.lines) - len(page.absent) if voter == "party" else 0
    given = held.given or await ask_given(screen, who, usual)
    if not given:
        return None
    lines = [(str(line.member_id), line.name) for line in graded]
    tally = await screen.ask(CountBallots(f"逐张数票  {who}", lines, ANSWERS, given=given, begin=begin, usual=_USUAL))
    if tally is None:
        return None
    ballots = Ballots(given, tally.returned, tally.void)
    rows = {int(key): row_text(numbers) for key, numbers in tally.rows.items()}
    return _told(await screen.partyday.call(service.write_class, appraisal.year, voter, ballots, rows), voter)


async def decide(screen: BookScreen, page: AppraisalPage, member_id: int) -> str | None:
    """What the branch decided of one member, and why a member did not take part."""
    line = service.line_of(page, member_id)
    told = page.attended.get(member_id, "没有点过名")
    votes = (
        "、".join(f"{word}{number}" for word, number in zip(ANSWERS, line.totals, strict=True))
        if line.tallies
        else "没有票"
    )
    fields = []
    if line.is_graded:
        suggested = line.grade or (leading(line.totals)[0] if len(leading(line.totals)) == 1 else "")
        choices = (("", "未定"), *GRADE_WORDS.items())
        hint = f"得票：{votes}；空格换一个"
        fields = [
            Field("grade", "评定等次", suggested, "choice", choices, hint=hint),
            Field(
                "reason", "理由", line.reason, hint=f"和得票最多的（{leading_words(line.totals) or '无'}）不同时必须写"
            ),
        ]
    fields += [
        Field("note", "评议意见", line.note, hint="支部的意见、主要的优点和不足；对照：" + "、".join(page.standard)),
        Field(
            "absence", "未参加原因", line.absence, hint="没有参加评议的写原因，如：外出务工；点名里记了请假的不用再写"
        ),
    ]

    def check(values: Values) -> tuple[str, str] | None:
        try:
            check_decision(line, values.get("grade", ""), values.get("reason", ""))
        except UserMistake as mistake:
            return "reason", mistake.sentence
        return None

    values = await screen.ask(FormDialog(f"{line.name}  {told}", fields, check=check))
    if values is None:
        return None
    call, year = screen.partyday.call, page.appraisal.year
    grade, reason = values.get("grade", ""), values.get("reason", "")
    await call(service.decide, year, member_id, grade, reason, values["note"], values["absence"])
    return f"已存盘，{line.name}{GRADE_WORDS.get(grade, '')}。"


def _told(written: AppraisalPage, voter: str) -> str:
    ballots = written.appraisal.ballots(voter)
    rest = f"还有{written.uncounted}人没有票数。" if written.uncounted else ""
    return f"已存盘，{VOTER_WORDS[voter]}有效票{ballots.valid}张。{rest}"

"""What a single case asks: its course, and a slip that comes afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.attendance import Attendance, case_state
from partyday_tui.rules.case_words import lesson_words, step_words
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen


async def show_course(screen: BookScreen, case: Attendance) -> bool:
    """Show all that was written of an absence; a chosen step is taken out after a question. True when something was."""
    from partyday_tui.services.cases import take_step_out
    from partyday_tui.ui.dialogs.choose import Choose
    from partyday_tui.ui.dialogs.confirm import Confirm

    status = STATUS_WORDS[case.status] if case.status else UNMARKED_WORD
    entries = [("", f"{case.on} {case.event}", f"{status} {case_state(case)}")]
    if case.leave:
        entries.append(("", f"请假条 {case.leave.applied_on} {case.leave.words}", "在请假条里改"))
    entries += [(str(step.id), step_words(step), "回车可以去掉") for step in case.steps]
    entries += [("", lesson_words(lesson), "在补课台账里改") for lesson in case.lessons]
    numbered = [(value or f"line {n}", label, text) for n, (value, label, text) in enumerate(entries)]
    chosen = await screen.ask(Choose(f"{case.name}  经过", numbered))
    if chosen is None or not chosen.isdecimal():
        return False
    words = next(label for value, label, _ in entries if value == chosen)
    sentence = f"去掉「{words}」？修改记录里仍查得到。"
    if not await screen.ask(Confirm("去掉这一步", sentence, danger=True, yes="去掉", no="留着")):
        return False
    await screen.partyday.call(take_step_out, int(chosen))
    return True


async def write_slip(screen: BookScreen, case: Attendance) -> str:
    """Write a slip for the event of a case; returns what to say, '' when the user went back."""
    from partyday_tui.services.leave import enter_slip
    from partyday_tui.ui.screens.leave_form import ask_for_slip

    texts = await ask_for_slip(screen, f"请假条  {case.name}  {case.on}", {"reason": case.reason})
    if texts is None:
        return ""
    _, told = await screen.partyday.call(enter_slip, case.member_id, case.event_id, texts)
    return "，".join(["请假条已存盘", *told]) + "。"

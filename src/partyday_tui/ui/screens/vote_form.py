"""A vote: which kind, who does not count as entitled and why, the heads, the votes, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_record import Decision
from partyday_tui.rules.votes import (
    DEDUCTION_REASONS,
    KIND_WORDS,
    Vote,
    check_vote,
    deductions_text,
    judge,
    needed_sentence,
    read_deductions,
)
from partyday_tui.services import event_record as service
from partyday_tui.services import votes
from partyday_tui.services.event_page import EventPage
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import Values
from partyday_tui.ui.dialogs.tick_list import TickList
from partyday_tui.ui.screens.event_rows import SAVED, ask_entry, choose_entry, take_entry_out
from partyday_tui.ui.widgets.fields import YES, Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen


async def decisions(screen: BookScreen, page: EventPage) -> str | None:
    """A vote of an event, a new one or one that is there: its form, then the sentence that says whether it is carried."""
    known = {str(it.id): it for it in page.record.decisions}
    entries = [(key, it.matter, judge(it.vote).sentence) for key, it in known.items()]
    chosen = await choose_entry(screen, "表决事项", entries)
    if chosen is None:
        return None
    it = known.get(chosen) or await _new_vote(screen, page)
    if it is None:
        return None
    title = f"{KIND_WORDS[it.vote.kind]}  {needed_sentence(it.vote.kind, it.vote.entitled)}"
    values = await ask_entry(screen, title, _fields(it), it.id, _mistake)
    if values is None:
        return None
    if values.get("remove") == YES:
        return await take_entry_out(screen, "event_decision", page, it.id)
    vote = _vote(values)
    decision = Decision(it.id, values["matter"], vote, values["note"])
    await screen.partyday.call(service.write_decision, page.event.id, decision)
    return SAVED + judge(vote).sentence


async def _new_vote(screen: BookScreen, page: EventPage) -> Decision | None:
    """Which kind, and who is left out of the entitled; nobody is asked about where everybody came."""
    call, event_id = screen.partyday.call, page.event.id
    voters = await call(votes.voters_of, event_id)
    kinds = [(kind, word, needed_sentence(kind, len(voters))) for kind, word in KIND_WORDS.items()]
    kind = await screen.ask(Choose("哪一种表决", kinds))
    if kind is None:
        return None
    left_out: dict[int, str] | None = {}
    if any(not voter.came for voter in voters):
        left_out = await _ask_who_is_left_out(screen, voters)
        if left_out is None:
            return None
    return Decision(0, "", await call(votes.vote_to_begin_with, event_id, kind, left_out))


async def _ask_who_is_left_out(screen: BookScreen, voters: list[votes.Voter]) -> dict[int, str] | None:
    """The members who do not count as entitled, each with a reason that the rules allow (F8)."""
    entries = [(str(it.member_id), it.name, "  ".join(filter(None, [it.state, it.suggested]))) for it in voters]
    ticked = await screen.ask(TickList("不计入应到的（须上级同意、大会通过），没有就按 F5", entries, frozenset()))
    if ticked is None:
        return None
    reasons: dict[int, str] = {}
    for voter in voters:
        if str(voter.member_id) not in ticked:
            continue
        choices = [(reason, reason, "") for reason in DEDUCTION_REASONS]
        reason = voter.suggested or await screen.ask(Choose(f"{voter.name}为什么不计入", choices))
        if reason is None:
            return None
        reasons[voter.member_id] = reason
    return reasons


def _fields(it: Decision) -> list[Field]:
    vote = it.vote
    hint = "不计入应到的人数和原因，如：1 留党察看、2 长期病假"
    sent = "到会人里的赞成票" if vote.kind != "accepting" else "会前寄来的书面意见也算在里面"
    return [
        Field("matter", "议决事项", it.matter, required=True, hint="如：接收张三为预备党员"),
        Field("kind", "哪一种", vote.kind, "choice", tuple(KIND_WORDS.items())),
        Field("full_members", "正式党员", str(vote.full_members), "number", required=True),
        Field("deductions", "其中不计入", deductions_text(vote.deductions), hint=hint),
        Field("present", "有表决权到会", str(vote.present), "number", required=True),
        Field("votes_for", "赞成", str(vote.votes_for), "number", required=True, hint=sent),
        Field("votes_against", "反对", str(vote.votes_against), "number", required=True),
        Field("votes_abstain", "弃权", str(vote.votes_abstain), "number", required=True),
        Field("note", "备注", it.note),
    ]


def _vote(values: Values) -> Vote:
    full, present, for_it, against, abstain = (
        int(values[name]) for name in ("full_members", "present", "votes_for", "votes_against", "votes_abstain")
    )
    return Vote(values["kind"], full, present, for_it, against, abstain, read_deductions(values["deductions"]))


def _mistake(values: Values) -> tuple[str, str] | None:
    try:
        check_vote(_vote(values))
    except UserMistake as mistake:
        field = "deductions" if "没有看懂" in mistake.sentence or "扣除" in mistake.sentence else "present"
        return field, mistake.sentence
    return None

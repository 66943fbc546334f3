"""Reading the record of an event and writing its parts, each write one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.agenda import read_agenda
from partyday_tui.rules.event_record import (
    Comment,
    Decision,
    EventRecord,
    Lecture,
    StepDone,
    Tick,
    clean_record,
    clean_text,
)
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import same_name_key
from partyday_tui.rules.votes import KIND_WORDS, Deduction, check_vote
from partyday_tui.services.events import existing_event
from partyday_tui.store import branch as branches
from partyday_tui.store import event_record as store
from partyday_tui.store import events, members
from partyday_tui.store.book import Book, Transaction


def read_record(book: Book, event_id: int) -> EventRecord:
    """Everything written of one event; raises UserMistake where the event has been taken out."""
    existing_event(book, event_id)
    return store.event_record(book, event_id)


def write_fields(book: Book, event_id: int, values: Mapping[str, str]) -> None:
    """Write fields that an event has once, as `rules.event_record.clean_record` takes them.

    A host without a post gets that of the member of this name, if there is one only, or 书记 for the branch's secretary.
    """
    existing_event(book, event_id)
    fields: dict[str, str | int | None] = dict(clean_record(values))
    if "host" in fields:
        fields |= _host(book, str(fields["host"]), str(fields.get("host_post") or ""))
    with book.act("写活动记录") as transaction:
        store.write_fields(transaction, event_id, fields)


def _host(book: Book, name: str, post: str) -> dict[str, str | int | None]:
    """The member behind a host's name, and their post where none was given."""
    if not name:
        return {"host_id": None, "host_post": post}
    found = [it for it in members.members(book) if same_name_key(it.name) == same_name_key(name)]
    branch = branches.branch(book)
    known = found[0].post if len(found) == 1 else ""
    if not known and branch and same_name_key(branch.secretary) == same_name_key(name):
        known = "书记"
    return {"host_id": found[0].id if len(found) == 1 else None, "host_post": post or known}


def write_group(book: Book, event_id: int, group: str) -> None:
    """Write which 党小组 a group meeting is of; '' for none. Raises UserMistake for a group that is not in the book."""
    existing_event(book, event_id)
    if group and group not in members.groups(book):
        raise UserMistake(f"没有「{group}」这个党小组，请先在名册里给党员填上党小组。")
    with book.act("写党小组") as transaction:
        store.write_fields(transaction, event_id, {"group_id": members.group_id(transaction, group)})


def write_agenda(book: Book, event_id: int, text: str) -> None:
    """Write the whole agenda, a line an item (`rules.agenda.read_agenda`)."""
    items = read_agenda(text)
    existing_event(book, event_id)
    with book.act("写议程") as transaction:
        store.write_agenda(transaction, event_id, items)


def write_step(book: Book, event_id: int, name: str, on: date, person: str = "", note: str = "") -> None:
    """Write that a step of the procedure was done."""
    existing_event(book, event_id)
    step = StepDone(
        clean_text(name, "步骤", 80, required=True), on, clean_text(person, "经办人", 40), clean_text(note, "备注", 200)
    )
    with book.act("记步骤") as transaction:
        store.write_step(transaction, event_id, step)


def undo_step(book: Book, event_id: int, name: str) -> None:
    """Take out that a step was done."""
    with book.act("撤回步骤") as transaction:
        store.delete_step(transaction, event_id, name)


def link_meetings(book: Book, event_id: int, meetings: frozenset[int]) -> None:
    """Write which meetings prepared the event (CAL-18)."""
    for key in meetings | {event_id}:
        existing_event(book, key)
    if event_id in meetings:
        raise UserMistake("一次会议不能是它自己的会前会，请另选一次。")
    with book.act("关联会前会议") as transaction:
        store.write_run_up(transaction, event_id, meetings)


def add_run_up(book: Book, event_id: int, on: date, matter: str) -> int:
    """Write a 支委会 that was held to prepare an event, with what it settled, and link it (CAL-18); returns its key."""
    event = existing_event(book, event_id)
    if event.on_date and on > event.on_date:
        raise UserMistake("会前支委会的日期在活动以后，请填活动当天或以前的日期。")
    settled = clean_text(matter, "研究了什么", 200, required=True)
    with book.act("加会前支委会", with_session=True) as transaction:
        fields = {"month": str(Month.of(on)), "on_date": on.isoformat(), "content": settled}
        key = events.insert_event(transaction, fields, frozenset({"committee"}))
        store.write_fields(transaction, key, {"minutes": settled})
        linked = {meeting.id for meeting in store.event_record(book, event_id).run_up}
        store.write_run_up(transaction, event_id, frozenset(linked | {key}))
    return key


def meetings_before(book: Book, event_id: int, days: int = 62) -> list[tuple[int, str]]:
    """(key, words) of the meetings in the weeks before an event that may have prepared it, the nearest first."""
    event = existing_event(book, event_id)
    if event.on_date is None:
        return []
    first = date.fromordinal(event.on_date.toordinal() - days)
    near = [it for it in events.events_between(book, first, event.on_date) if it.id != event_id]
    wanted = [it for it in near if "committee" in it.kinds] or near
    return [(it.id, f"{it.on_date} {it.kind_words}  {it.theme or it.content}".rstrip()) for it in reversed(wanted)]


def write_ticks(book: Book, event_id: int, ticks: Mapping[str, str]) -> None:
    """Write all standing content of an event: {word: detail}, in the words of the rules."""
    existing_event(book, event_id)
    wanted = [
        Tick(clean_text(word, "内容", 80, required=True), clean_text(detail, "具体内容", 200))
        for word, detail in ticks.items()
    ]
    with book.act("记活动内容") as transaction:
        store.write_ticks(transaction, event_id, wanted)


def write_member_ticks(book: Book, event_id: int, word: str, member_ids: frozenset[int]) -> None:
    """Write which members took part in one standing content, such as the oath, on the event's day."""
    event = existing_event(book, event_id)
    if event.on_date is None:
        raise UserMistake("这次活动还没有定日期，请先在年历（F3）里定下日期。")
    with book.act("逐人记内容") as transaction:
        store.write_member_ticks(transaction, event_id, word, event.on_date, member_ids)


def write_lecture(book: Book, event_id: int, lecture: Lecture) -> None:
    """Write who lectured; ``id`` 0 adds. An event with a lecture counts as 党课 too (CAL-22)."""
    event = existing_event(book, event_id)
    fields = {
        "lecturer": clean_text(lecture.lecturer, "讲课人", 40, required=True),
        "role": clean_text(lecture.role, "身份", 40),
        "title": clean_text(lecture.title, "题目", 200),
    }
    if not fields["role"]:
        fields["role"] = str(_host(book, fields["lecturer"], "")["host_post"] or "")
    with book.act("记党课") as transaction:
        store.write_part(transaction, "event_lecture", event_id, lecture.id, fields)
        events.set_kinds(transaction, event_id, event.kinds | {"lesson"})


def write_comment(book: Book, event_id: int, comment: Comment) -> None:
    """Write a 点评; ``id`` 0 adds."""
    existing_event(book, event_id)
    who = clean_text(comment.who, "点评人", 40, required=True)
    fields = {
        "who": who,
        "role": clean_text(comment.role, "身份", 40) or str(_host(book, who, "")["host_post"] or ""),
        "strengths": clean_text(comment.strengths, "优点", 2000),
        "weaknesses": clean_text(comment.weaknesses, "不足", 2000),
        "direction": clean_text(comment.direction, "努力方向", 2000),
    }
    with book.act("记点评") as transaction:
        store.write_part(transaction, "event_comment", event_id, comment.id, fields)


def write_decision(book: Book, event_id: int, decision: Decision) -> None:
    """Write a vote; ``id`` 0 adds. Raises UserMistake for heads that do not add up; a vote that fails is written too."""
    existing_event(book, event_id)
    vote = decision.vote
    if vote.kind not in KIND_WORDS:
        raise UserMistake(f"没有「{vote.kind}」这种表决，请用：{'、'.join(KIND_WORDS)}。")
    check_vote(vote)
    deductions = [
        Deduction(it.heads, clean_text(it.reason, "扣除的原因", 200, required=True)) for it in vote.deductions
    ]
    fields = {name: value for name, value in asdict(vote).items() if name != "deductions"}
    fields |= {
        "matter": clean_text(decision.matter, "议决事项", 200, required=True),
        "note": clean_text(decision.note, "备注", 2000),
    }
    with book.act("记表决") as transaction:
        key = store.write_part(transaction, "event_decision", event_id, decision.id, fields)
        store.write_deductions(transaction, key, deductions)


def known_groups(book: Book) -> list[str]:
    """The names of the party groups."""
    return members.groups(book)


def take_part_out(book: Book, table: str, event_id: int, key: int) -> None:
    """Take one lecture, comment, decision or picture out; the record of changes keeps it."""
    with book.act("去掉一条活动记录") as transaction:
        _take_out(transaction, table, event_id, key)


def _take_out(transaction: Transaction, table: str, event_id: int, key: int) -> None:
    if table == "event_decision":
        store.write_deductions(transaction, key, ())
    store.delete_part(transaction, table, event_id, key)

"""The papers of one event: notice, record, minutes, and the request or report of a changed date (CAL-11, CAL-14, REC-02, REC-05)."""

from __future__ import annotations

from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import Step, opens_case
from partyday_tui.rules.event_record import Decision, EventRecord
from partyday_tui.rules.events import DUTY_WORDS, ChangeRequest, Event
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, RollEntry, Status, percent
from partyday_tui.rules.sheet import Align, Column, Facts, Form, Prose, Table, Value, day_words
from partyday_tui.rules.votes import judge
from partyday_tui.services.books import branch_of
from partyday_tui.services.cases import cases_of
from partyday_tui.services.event_notice import read_notice
from partyday_tui.services.event_record import read_record
from partyday_tui.services.moving import requests_of
from partyday_tui.services.roll import Roll, read_roll
from partyday_tui.services.sheets.reviews import result_words
from partyday_tui.store.book import Book

_WEEKDAYS = "一二三四五六日"
_INDENT = "　　"
_CAME = (Status.PRESENT, Status.LATE)


def notice(book: Book, event: Event) -> Form:
    """活动通知, from the same reading as its text on the screen."""
    found = read_notice(book, event.id)
    lines: list[tuple[str, Align]] = [("", "left"), (found.addressed, "left")]
    lines += [(f"{_INDENT}{line}", "left") for line in found.lines]
    if found.agenda:
        lines += [(f"{_INDENT}议程：", "left"), *((f"{_INDENT}{_INDENT}{line}", "left") for line in found.agenda)]
    lines += [(f"{_INDENT}{found.closing}", "left"), ("", "left")]
    lines += [(f"{found.signed}{_INDENT}", "right"), (f"{day_words(found.issued)}{_INDENT}", "right")]
    return Form(found.title, (Prose(lines),), name="活动通知")


def record(book: Book, event: Event) -> Form:
    """活动纪实表: the event in the order of its agenda, who was there and who was not, what was settled (REC-02, REC-03)."""
    held, roll, branch = read_record(book, event.id), read_roll(book, event), branch_of(book)
    agenda = Table(
        (Column("序号", 6), Column("时间", 10), Column("内容", 54, "left"), Column("负责人", 18)),
        [[number, item.starts_at, item.what, item.who] for number, item in enumerate(held.agenda, 1)],
        "活动议程和过程",
        repeats=False,
        empty="没有写议程",
    )
    after = Facts(
        (
            (("规定内容", _ticks(held) or "未记"),),
            (("讨论与共识", _joined(held.discussion, held.consensus)),),
            (("议定事项", _decisions(held) or "无表决事项"),),
            (("点评", _comments(held)),),
            (("测评结果", result_words(book, event) or None),),
            (("缺席及补课", _absent_and_made_up(book, event, roll)),),
            (("照片清单", _pictures(held) or "无"),),
        ),
        roomy=("讨论与共识", "点评", "测评结果"),
    )
    return Form(
        "主题党日活动纪实表" if "party_day" in event.kinds else "活动纪实表",
        (
            Facts((*_when_where(event, held), *_heads(roll), (("列席人员", _guests(roll.guests) or "无"),))),
            agenda,
            after,
        ),
        unit=(f"党支部（盖章）：{branch.name}", f"上报日期：{day_words(held.record_form_on) or '    年  月  日'}"),
        foot=(("记录人（签字）：", "支部书记（签字）：", "年  月  日"),),
        grid=(1.0,) * 24,
    )


def minutes(book: Book, event: Event) -> Form:
    """会议记录: when, where, who, the matters, what was said, what was decided and by which votes (REC-05, domain.md 2.c)."""
    held, roll, branch = read_record(book, event.id), read_roll(book, event), branch_of(book)
    matters = "\n".join(f"{number}. {item.what}" for number, item in enumerate(held.agenda, 1))
    came = "、".join(_name(entry, roll) for entry in roll.entries if entry.status in _CAME)
    rows: list[list[tuple[str, Value]]] = [
        *map(list, _when_where(event, held)),
        *map(list, _heads(roll)),
        [("到会人员", came or "未点名")],
        [("缺席及原因", _absent(roll))],
        [("列席人员", _guests(roll.guests) or "无")],
        [("议题", matters or event.content or event.title)],
        [("会议记录", held.minutes or _joined(held.discussion, held.consensus))],
        [("决议和表决", _decisions(held) or "无表决事项")],
    ]
    return Form(
        "会议记录",
        (Facts(rows, roomy=("会议记录",)),),
        unit=(f"党支部：{branch.name}", event.kind_words),
        foot=(("主持人（签字）：", "记录人（签字）："),),
        grid=(1.0,) * 24,
    )


def change_request(book: Book, event: Event) -> Form:
    """变更活动时间的请示 or 报备, one page, of the newest change of this event's date (CAL-11, CAL-12)."""
    found = next((request for request in requests_of(book, event.id) if request.duty != "none"), None)
    if found is None:
        raise UserMistake("这次活动没有变更日期的请示或报备；请先在年历（F3）里用「改期」变更日期。")
    branch = branch_of(book)
    word = DUTY_WORDS[found.duty]
    reply = Facts(
        (
            (("文号", found.document_no), ("送出日期", found.requested_on)),
            (("上级党组织", found.approver or branch.superior), ("答复日期", found.replied_on)),
            (("上级意见", _reply(found)),),
        ),
        row_height=34,
        roomy=("上级意见",),
    )
    return Form(
        f"关于变更{int(event.month[5:])}月主题党日活动时间的{word}",
        (Prose(_request_lines(event, found, branch.name, branch.superior, book)), reply),
        name=f"变更时间{word}",
        grid=(1.0,) * 24,
    )


def _request_lines(
    event: Event, request: ChangeRequest, branch: str, superior: str, book: Book
) -> list[tuple[str, Align]]:
    was = f"原定{day_words(request.from_date)}" if request.from_date else "原定日期未定"
    asks = "妥否，请批示。" if request.duty == "consent" else "特此报备。"
    wants = "拟" if request.duty == "consent" else ""
    theme = f"，主题为「{event.theme}」" if event.theme else ""
    written = request.requested_on or book.clock.today
    return [
        ("", "left"),
        (f"{superior or '上级党组织'}：", "left"),
        (
            f"{_INDENT}我支部{int(event.month[5:])}月主题党日活动{was}开展{theme}。因{request.reason or '    '}，"
            f"{wants}变更到{day_words(request.to_date)}（星期{_WEEKDAYS[request.to_date.weekday()]}）开展。",
            "left",
        ),
        (f"{_INDENT}{asks}", "left"),
        ("", "left"),
        (f"{branch}（盖章）{_INDENT}", "right"),
        (f"{day_words(written)}{_INDENT}", "right"),
        ("", "left"),
    ]


def _reply(request: ChangeRequest) -> str:
    words = {"approved": "同意变更。", "refused": "不同意变更。"}
    return words.get(request.state, "")


def _when_where(event: Event, held: EventRecord) -> list[list[tuple[str, Value]]]:
    day = event.on_date
    clock = "至".join(filter(None, [event.starts_at, event.ends_at]))
    when = f"{day_words(day)}（星期{_WEEKDAYS[day.weekday()]}）{clock}" if day else ""
    theme = "、".join(dict.fromkeys(filter(None, [event.theme, held.required_theme, held.chosen_theme])))
    host = " ".join(filter(None, [held.host_post, held.host]))
    deputed = f"（委托：{held.host_reason}）" if held.host_reason else ""
    return [
        [("活动主题", theme or event.content or event.kind_words)],
        [("时间", when), ("地点", event.place)],
        [("主持人", host + deputed), ("记录人", held.recorder)],
    ]


def _heads(roll: Roll) -> list[list[tuple[str, Value]]]:
    """The heads as numbers; of a roll nobody called they stay blank, since unmarked is unmarked."""
    counts = roll.counts
    if counts.expected == counts.unmarked:
        return [[("应到人数", counts.expected), ("实到人数", None), ("到会率", None)]]
    other = f"其他方式{counts.other}人" if counts.other else ""
    unmarked = f"未点{counts.unmarked}人" if counts.unmarked else ""
    apart = "、".join(filter(None, [f"请假{counts.leave}人", f"缺席{counts.absent}人", other, unmarked]))
    rates = f"{percent(counts.rate)}（实到{counts.came}/应到{counts.expected}）"
    if counts.deducted:
        rates += f"，扣除后{percent(counts.rate_after_deductions)}"
    return [
        [("应到人数", counts.expected), ("实到人数", counts.came), ("其中迟到", counts.late)],
        [("未到情况", apart), ("到会率", rates)],
    ]


def _absent(roll: Roll) -> str:
    """Each who did not come, with the status and the reason."""
    if roll.counts.expected == roll.counts.unmarked:
        return "未点名"
    return "、".join(_missing(it, roll, it.reason) for it in roll.entries if it.status not in _CAME) or "无"


def _absent_and_made_up(book: Book, event: Event, roll: Roll) -> str:
    """Each who did not come, with what is known of the reason by now; then who was taught when, and for whom it is still to be done."""
    missing = [it for it in roll.entries if it.status not in _CAME]
    if roll.counts.expected == roll.counts.unmarked or not missing:
        return _absent(roll)
    cases = {it.member_id: it for it in cases_of(book, [(event.id, it.member_id) for it in missing])}
    told = [
        _missing(it, roll, cases[it.member_id].told_reason if it.member_id in cases else it.reason) for it in missing
    ]
    lessons: dict[tuple[date, str], list[str]] = {}
    waiting = []
    for it in missing:
        case = cases.get(it.member_id)
        for lesson in case.lessons if case else ():
            lessons.setdefault((lesson.on, lesson.form), []).append(_name(it, roll))
        if case and opens_case(it.status) and Step.MAKE_UP in case.lacking:
            waiting.append(_name(it, roll))
    made_up = "；".join(f"{on} {form}：{'、'.join(names)}" for (on, form), names in sorted(lessons.items()))
    parts = [
        "、".join(told),
        f"已补课：{made_up}" if made_up else "",
        f"未补课：{'、'.join(waiting)}" if waiting else "",
    ]
    return "\n".join(filter(None, parts))


def _missing(entry: RollEntry, roll: Roll, reason: str) -> str:
    word = STATUS_WORDS[entry.status] if entry.status else UNMARKED_WORD
    return f"{_name(entry, roll)}（{'，'.join(filter(None, [word, reason]))}）"


def _name(entry: RollEntry, roll: Roll) -> str:
    return f"{entry.name} {roll.asides.get(entry.member_id, '')}".strip()


def _guests(guests: tuple[Guest, ...]) -> str:
    return "、".join(
        f"{guest.name}{f'（{place}）' if (place := ' '.join(filter(None, [guest.unit, guest.guest_class]))) else ''}"
        for guest in guests
    )


def _ticks(held: EventRecord) -> str:
    return "、".join(f"{it.word}{f'：{it.detail}' if it.detail else ''}" for it in held.ticks)


def _decisions(held: EventRecord) -> str:
    return "\n".join(f"{number}. {_decision(it)}" for number, it in enumerate(held.decisions, 1))


def _decision(decision: Decision) -> str:
    note = f"（{decision.note}）" if decision.note else ""
    return f"{decision.matter}{note}：{judge(decision.vote).sentence}"


def _comments(held: EventRecord) -> str:
    return "\n".join(
        "；".join(
            filter(
                None,
                [
                    f"{it.role}{it.who}",
                    it.strengths and f"优点：{it.strengths}",
                    it.weaknesses and f"不足：{it.weaknesses}",
                    it.direction and f"努力方向：{it.direction}",
                ],
            )
        )
        for it in held.comments
    )


def _pictures(held: EventRecord) -> str:
    return "、".join(it.file_name for it in held.pictures)


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))

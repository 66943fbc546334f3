"""The records of the demo branch: most months written up well, some with gaps, one not at all, and today half prepared."""

from __future__ import annotations

from datetime import date, timedelta

from partyday_tui.rules.duties.facts import OATH, SPEECHES
from partyday_tui.rules.event_record import Comment, Decision, Lecture
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.votes import Deduction, Vote
from partyday_tui.services import event_record as record
from partyday_tui.services import events, yearly_plans
from partyday_tui.services.event_page import oath_members
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store.book import Book

_SECRETARY, _RECORDER = "罗有秀", "马会计"
_NOT_WRITTEN_UP = 10
_WITHOUT_COMMENT, _WITHOUT_COMMITTEE = (4, 9), (6,)
_LESSONS = {2: "学习党的二十大精神", 5: "乡村振兴我们怎么干", 8: "防汛一线的党员"}
_TOPICS = (
    "党章",
    "准则",
    "条例",
    "一号文件",
    "乡村治理",
    "红色家书",
    "党史",
    "防汛救灾",
    "民法典",
    "丰收节",
    "党史专题",
    "全会精神",
)


def plan_the_year(book: Book, year: int) -> None:
    """The reading plan, the study topics, and the plan filed with the superior."""
    yearly_plans.seed_segments(book, year)
    for month, topic in enumerate(_TOPICS, 1):
        yearly_plans.write_topic(book, Month(year, month), f"学习{topic}")
    name = yearly_plans.read_plans(book, year).plans[0].name
    yearly_plans.write_plan_dates(book, year, name, date(year, 1, 5), date(year, 1, 8))


def write_up(book: Book, event: Event, day: date) -> None:
    """Write up one past event as a village would have; some months something was forgotten."""
    if day.month == _NOT_WRITTEN_UP:
        return
    if day.month not in _WITHOUT_COMMITTEE:
        record.add_run_up(book, event.id, day - timedelta(days=4), "研究本月主题党日的主题、议程和分工")
    record.write_fields(book, event.id, _fields(day))
    record.write_agenda(
        book,
        event.id,
        f"19:30 重温入党誓词（{_SECRETARY}）\n19:40 学习\n20:30 通报村务财务\n21:00 交纳党费（{_RECORDER}）",
    )
    record.write_ticks(book, event.id, _ticks(book, day))
    joined = frozenset(key for key, _ in oath_members(book, event))
    record.write_member_ticks(book, event.id, OATH, joined)
    segments, _ = yearly_plans.segments_at(book, event.id)
    yearly_plans.read_at_event(book, event.id, frozenset({segments[day.month - 1].id}))
    if day.month in _LESSONS:
        record.write_lecture(book, event.id, Lecture(0, _SECRETARY, "书记", _LESSONS[day.month]))
    if day.month not in _WITHOUT_COMMENT:
        comment = Comment(
            0, _SECRETARY, "党支部书记", "到会整齐，发言踊跃", "流动党员参加得少", "用好微信群，把学习送到外面去"
        )
        record.write_comment(book, event.id, comment)
    if day.month == 3:
        vote = Vote("ordinary", 41, 36, 35, 0, 1, (Deduction(1, "长期病假"),))
        record.write_decision(book, event.id, Decision(0, "修缮二组到村部的路", vote))


def prepare(book: Book, day: date) -> None:
    """What is ready for today's event: theme, committee, opinions; host, recorder and the rest are open."""
    event = next((it for it in events.events_on(book, day) if "party_day" in it.kinds), None)
    if event is None:
        return
    record.add_run_up(book, event.id, day - timedelta(days=3), "研究十一月主题党日的主题和分工")
    values = {
        "opinions_on": (day - timedelta(days=6)).isoformat(),
        "opinions_from": "部分党员、村民代表",
        "notice_on": (day - timedelta(days=5)).isoformat(),
        "notice_how": "公示栏、微信群",
        "notice_bring": "党员徽章、党费",
    }
    record.write_fields(book, event.id, values)


def _fields(day: date) -> dict[str, str]:
    return {
        "opinions_on": (day - timedelta(days=6)).isoformat(),
        "opinions_from": "部分党员、村民代表",
        "notice_on": (day - timedelta(days=5)).isoformat(),
        "notice_how": "公示栏、微信群",
        "required_theme": "学习贯彻习近平新时代中国特色社会主义思想",
        "chosen_theme": f"{day.month}月村里的事",
        "host": _SECRETARY,
        "recorder": "" if day.month == 7 else _RECORDER,
        "minutes": "19:30 开会，先重温入党誓词，再集中学习，随后通报村务、财务，最后交纳党费。",
        "discussion": "党员就学习内容和村里的事谈了体会，提了建议。",
        "consensus": "大家认为要把道路修缮和人居环境抓起来。",
        "workbook_on": (day + timedelta(days=2)).isoformat(),
    }


def _ticks(book: Book, day: date) -> dict[str, str]:
    rules = rule_book_of(book)
    words = [OATH] if day.month == 7 else []
    for key in ("affairs.report", "affairs.village"):
        rule = rules.rule(key, day)
        words += rule.value if rule and isinstance(rule.value, tuple) else ()
    return {SPEECHES: f"学习{_TOPICS[day.month - 1]}", **dict.fromkeys(words, "")}

"""The record of one event as values, and the words and limits of its fields (domain.md 1.2, 1.5, 1.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.agenda import AgendaItem
from partyday_tui.rules.partial_date import parse_partial_date
from partyday_tui.rules.text import clean_block, clean_line
from partyday_tui.rules.votes import Vote

TEXT_LIMITS = {
    "required_theme": 200,
    "chosen_theme": 200,
    "opinions_from": 200,
    "approved_by": 80,
    "notice_how": 200,
    "notice_bring": 200,
    "host": 40,
    "host_post": 40,
    "host_reason": 200,
    "recorder": 40,
}
BLOCK_LIMITS = {"minutes": 20_000, "discussion": 20_000, "consensus": 20_000}
DATES = ("opinions_on", "approved_on", "notice_on", "record_form_on", "minutes_filed_on", "filed_on", "workbook_on")
FIELD_WORDS = {
    "required_theme": "必选主题",
    "chosen_theme": "自选主题",
    "opinions_on": "征求意见日期",
    "opinions_from": "向谁征求意见",
    "approved_on": "上级审定日期",
    "approved_by": "审定的上级",
    "notice_on": "公示日期",
    "notice_how": "公示方式",
    "notice_bring": "请党员携带",
    "host": "主持人",
    "host_post": "主持人职务",
    "host_reason": "委托原因",
    "recorder": "记录人",
    "minutes": "会议记录",
    "discussion": "讨论情况",
    "consensus": "共识和决定",
    "record_form_on": "上报纪实表日期",
    "minutes_filed_on": "会议记录备案日期",
    "filed_on": "报上级备案日期",
    "workbook_on": "记入工作手册日期",
}


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step of the procedure, or of an appraisal, that was done."""

    name: str
    on: date
    person: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that prepared the event."""

    id: int
    on: date | None
    title: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One matter that was put to the vote."""

    id: int
    matter: str
    vote: Vote
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """Standing content of the event, in the words of the rules; ``detail`` such as the title of what was studied."""

    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MemberTick:
    """Standing content that one member took part in."""

    member_id: int
    name: str
    word: str
    on: date


@dataclass(frozen=True, slots=True)
class Lecture:
    """党课: who lectured, in which role, on what."""

    id: int
    lecturer: str
    role: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """点评: 优点, 不足, 努力方向 (PRO-11)."""

    id: int
    who: str
    role: str = ""
    strengths: str = ""
    weaknesses: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or video outside the book; ``size`` in bytes, ``folder`` where it lay when it was entered.

    ``taken_on`` is the day that the camera wrote into the file or the secretary named, None where it is not known.
    """

    id: int
    kind: str
    file_name: str
    folder: str
    sha256: str
    size: int
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """Everything that is written of one event besides its plan and its roll; empty where nothing is."""

    event_id: int
    group: str = ""
    required_theme: str = ""
    chosen_theme: str = ""
    opinions_on: date | None = None
    opinions_from: str = ""
    approved_on: date | None = None
    approved_by: str = ""
    notice_on: date | None = None
    notice_how: str = ""
    notice_bring: str = ""
    host: str = ""
    host_post: str = ""
    host_reason: str = ""
    recorder: str = ""
    minutes: str = ""
    discussion: str = ""
    consensus: str = ""
    record_form_on: date | None = None
    minutes_filed_on: date | None = None
    filed_on: date | None = None
    workbook_on: date | None = None
    agenda: tuple[AgendaItem, ...] = ()
    steps: tuple[StepDone, ...] = ()
    run_up: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    ticks: tuple[Tick, ...] = ()
    member_ticks: tuple[MemberTick, ...] = ()
    lectures: tuple[Lecture, ...] = ()
    comments: tuple[Comment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    segments: tuple[str, ...] = ()


def clean_record(values: Mapping[str, str]) -> dict[str, str | None]:
    """Fields of the record cleaned; dates as ISO text or None. Raises UserMistake; an unknown field raises KeyError."""
    return {name: _clean(name, value) for name, value in values.items()}


def clean_text(text: str, word: str, limit: int, *, required: bool = False) -> str:
    """One line, cleaned; raises UserMistake where it is too long, or blank although required."""
    cleaned = clean_line(text).text
    if required and not cleaned:
        raise UserMistake(f"「{word}」还没有填，请填上。")
    return _short_enough(cleaned, word, limit)


def _clean(name: str, value: str) -> str | None:
    word = FIELD_WORDS[name]
    if name in DATES:
        return read_date(value, word)
    if name in BLOCK_LIMITS:
        return _short_enough(clean_block(value).text.strip(), word, BLOCK_LIMITS[name])
    return _short_enough(clean_line(value).text, word, TEXT_LIMITS[name])


def read_date(value: str, word: str) -> str | None:
    """A whole day as ISO text from any way of writing it; None for a blank; raises UserMistake."""
    if not value.strip():
        return None
    iso = parse_partial_date(value.strip()).iso
    if len(iso) != len("2026-07-01"):
        raise UserMistake(f"「{word}」要写到哪一天，请写成 2026-07-01 这样。")
    return iso


def _short_enough(text: str, word: str, limit: int) -> str:
    if len(text) > limit:
        raise UserMistake(f"「{word}」有 {len(text)} 个字，最多 {limit} 个字，请缩短后重填。")
    return text

"""The registers of the guides: writing entries, lists of a year, who is missing, and what is open in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import Change
from partyday_tui.rules.month import Month
from partyday_tui.rules.people import Member
from partyday_tui.rules.register_values import read_value, read_values, texts_of
from partyday_tui.rules.registers import (
    ON,
    REGISTERS,
    End,
    Entry,
    Person,
    Register,
    RegisterField,
    register_of,
    state_of,
)
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import members
from partyday_tui.store import register_entries as store
from partyday_tui.store.book import Book

VETERAN_YEARS = 50
"""老党员 is who joined so many years ago; the guides name no number."""


@dataclass(frozen=True, slots=True)
class Overview:
    """One register at a glance: the entries of the year, (word, how many) of what waits, how many are late, who is missing."""

    register: Register
    count: int
    waiting: tuple[tuple[str, int], ...]
    late: int
    missing: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Who a register should name and does not; ``since`` is the first day that is looked at."""

    title: str
    since: date
    people: tuple[Person, ...]


def register_named(word: str) -> Register:
    """The register of this key or Chinese title; raises UserMistake that names them all."""
    found = register_of(word)
    if found is None:
        raise UserMistake(f"没有「{word}」这个台账，请用：{'、'.join(f'{it.title}（{it.key}）' for it in REGISTERS)}。")
    return found


def overview(book: Book, year: int) -> list[Overview]:
    """Every register as it stands today, with the entries of ``year`` counted."""
    return [_overview(book, register, year) for register in REGISTERS]


def _overview(book: Book, register: Register, year: int) -> Overview:
    count, waits = store.counts(book, register, year, book.clock.today)
    waiting = [(end.waiting, number) for end, (number, _) in zip(register.ends, waits, strict=True) if number]
    if register.key == "talk_trigger" and (open_triggers := len(store.waiting_triggers(book))):
        waiting.append(("待谈", open_triggers))
    missing = len(gap(book, register).people) if register.gap else 0
    return Overview(register, count, tuple(waiting), sum(late for _, late in waits), missing)


def entries_of(
    book: Book, register: Register, year: int, *, member_id: int | None = None, only_open: bool = False
) -> list[Entry]:
    """The entries of a year, newest first, and older ones that still wait; ``only_open`` leaves out what is settled."""
    check_year(year)
    found = store.entries(
        book,
        register,
        date(year, 1, 1),
        date(year, 12, 31),
        member_id=member_id,
        with_open=year == book.clock.today.year,
    )
    return [it for it in found if is_open(book, register, it)] if only_open else found


def is_open(book: Book, register: Register, entry: Entry) -> bool:
    """Whether an entry still waits for something."""
    state, _ = state_of(register, entry, book.clock.today)
    return bool(state) and state != register.done


def state_in_words(book: Book, register: Register, entry: Entry) -> str:
    """The state of an entry today, '' where nothing is to be settled; of a 谈心提醒, whether a talk has followed."""
    if register.key == "talk_trigger":
        return "待谈" if entry.id in store.waiting_triggers(book) else "已谈"
    return state_of(register, entry, book.clock.today)[0]


def waiting_triggers(book: Book) -> frozenset[int]:
    """The keys of the 谈心提醒 that no talk has followed yet (CON-17)."""
    return frozenset(store.waiting_triggers(book))


def history_of_member(book: Book, register: Register, member_id: int) -> list[Entry]:
    """Every entry about one member, newest first, of all years: how a hardship went on (CON-19)."""
    return store.entries(book, register, date.min, date.max, member_id=member_id)


def choices(book: Book, field: RegisterField) -> tuple[str, ...]:
    """What a field may be chosen from: the words of the rule in force first, then the usual ones."""
    rule = rule_book_of(book).rule(field.rule, book.clock.today) if field.rule else None
    value = rule.value if rule else None
    named = value if isinstance(value, tuple) else ()
    return tuple(dict.fromkeys([*(str(it) for it in named), *field.choices]))


def add(book: Book, register: Register, texts: Mapping[str, str], people: Sequence[int]) -> tuple[list[int], list[str]]:
    """Write new entries, one for each member where the register is about one; returns (keys, what the user should know).

    Raises UserMistake for a field that cannot be stored and where somebody is missing.
    """
    values = read_values(register, texts)
    people = _checked(register, people, str(values.get("household") or ""))
    with book.act(f"记{register.title}") as transaction:
        keys = store.insert(transaction, register, values, people)
    return keys, _told(book, str(values[ON]))


def edit(book: Book, register: Register, entry_id: int, texts: Mapping[str, str], what: str = "") -> list[str]:
    """Write an entry's fields anew, those not named stay; returns what the user should know. ``what`` names the act."""
    entry = existing(book, register, entry_id)
    values = read_values(register, texts_of(register, entry) | dict(texts))
    _checked(register, [person.id for person in entry.people], str(values.get("household") or ""))
    with book.act(what or f"修改{register.title}") as transaction:
        store.update(transaction, register, entry_id, values)
    return _told(book, str(values[ON]))


def edit_people(book: Book, register: Register, entry_id: int, people: Sequence[int]) -> None:
    """Write anew whom an entry is about."""
    entry = existing(book, register, entry_id)
    people = _checked(register, people, str(entry.values.get("household") or ""))
    if register.people != "several" and len(people) > 1:
        raise UserMistake("这一条只记一名党员，请只选一人；别人请另记一条。")
    with book.act(f"更换{register.title}的党员") as transaction:
        store.write_people(transaction, register, entry_id, people)


def settle(book: Book, register: Register, entry_id: int, end: End, on: date) -> None:
    """Write the day that settles an entry."""
    edit(book, register, entry_id, {end.field: on.isoformat()}, f"{register.title}{end.verb}")


def change_from(book: Book, register: Register, entry_id: int, texts: Mapping[str, str]) -> int:
    """End an entry on the day from which things are otherwise, and write a new one from that day; returns its key (CON-19)."""
    entry = existing(book, register, entry_id)
    values = read_values(register, {**texts, "ended_on": ""})
    on = str(values[ON])
    if on <= str(entry.values[ON]):
        raise UserMistake(f"变化的日期要晚于 {entry.values[ON]}；只是写错了请选「修改」。")
    if entry.values["ended_on"]:
        raise UserMistake("这一条已经结束，请在现在的那一条上登记变化，或按 Ins 重新登记。")
    before = (date.fromisoformat(on) - timedelta(days=1)).isoformat()
    with book.act(f"{register.title}情况变化") as transaction:
        store.update(transaction, register, entry_id, {"ended_on": before})
        return store.insert(transaction, register, values, [person.id for person in entry.people])[0]


def take_out(book: Book, register: Register, entry_id: int) -> None:
    """Take out an entry that was written by mistake; the record of changes keeps it."""
    existing(book, register, entry_id)
    with book.act(f"去掉{register.title}") as transaction:
        store.delete(transaction, register, entry_id)


def existing(book: Book, register: Register, entry_id: int) -> Entry:
    """One entry; raises UserMistake where it has been taken out."""
    found = store.entry(book, register, entry_id)
    if found is None:
        raise UserMistake(f"这一条已经不在{register.title}里了，请重新看一遍。")
    return found


def entry_history(book: Book, register: Register, entry_id: int) -> list[Change]:
    """Every change of an entry, newest first (SUP-05)."""
    return store.history(book, register, entry_id)


def gap(book: Book, register: Register) -> Gap:
    """Who is missing today; nobody where the register has no such list.

    No talk this year, a floating member not reached this month, 老党员 and members in hardship not visited this year, a member in
    hardship who is not in the register.
    """
    today = book.clock.today
    if not register.gap:
        return Gap("", today, ())
    first = _gap_since(register, today)
    veteran = f"{today.year - VETERAN_YEARS:04d}-{today:%m-%d}"
    return Gap(register.gap, first, tuple(store.missing(book, register, first, today, today, veteran)))


def _gap_since(register: Register, today: date) -> date:
    return Month.of(today).first_day if register.key == "outreach" else date(today.year, 1, 1)


def unreached(book: Book, month: Month) -> list[Person]:
    """The floating members of a month whom nobody reached in it and who took part in no event (ATT-10)."""
    day = min(month.last_day, book.clock.today)
    return store.missing(book, register_named("outreach"), month.first_day, month.last_day, day, "")


def people_to_choose(book: Book) -> list[Member]:
    """The members of today, in the order of their readings."""
    return members.members_on(book, book.clock.today)


def members_named(book: Book, names: Iterable[str]) -> list[int]:
    """The keys of members by name or by key; raises UserMistake where a name is nobody's or several people's."""
    from partyday_tui.rules.text import same_name_key

    known, found = members.members(book), []
    for name in names:
        fits = [it for it in known if str(it.id) == name] or [
            it for it in known if same_name_key(it.name) == same_name_key(name)
        ]
        if not fits:
            raise UserMistake(f"名册里没有「{name}」，请核对姓名，或先在名册里加上。")
        if len(fits) > 1:
            keys = "、".join(f"{it.id}（{it.group or '未分组'}）" for it in fits)
            raise UserMistake(f"有 {len(fits)} 位「{name}」，请写编号代替姓名：{keys}。")
        found.append(fits[0].id)
    return found


def read_text(field: RegisterField, text: str) -> str | None:
    """What is wrong with the text of one field, as a sentence; None when nothing is."""
    try:
        read_value(field, text)
    except UserMistake as mistake:
        return mistake.sentence
    return None


def _checked(register: Register, people: Sequence[int], household: str) -> list[int]:
    chosen = list(dict.fromkeys(people))
    if register.people == "none" and chosen:
        raise UserMistake(f"{register.title}不记到个人，请不要选党员。")
    if register.people == "one" and not chosen:
        raise UserMistake("还没有选党员，请选一名。")
    if register.people == "several" and len(chosen) < 2:
        raise UserMistake("谈心谈话至少要有两名党员，请再选一名。")
    if register.people == "perhaps" and not chosen and not household:
        raise UserMistake("还没有写看望了谁，请选党员，或填「家庭或群众」。")
    return chosen


def _told(book: Book, on: str) -> list[str]:
    return [f"日期 {on} 在今天之后，请核对"] if on > book.clock.today.isoformat() else []

"""The roster: who belongs, what is known of each, and the dated entries and exits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import Change
from partyday_tui.rules.identity import check_identity
from partyday_tui.rules.people import (
    EXIT_MOVEMENTS,
    GUEST_CLASSES,
    GUEST_LIMITS,
    MEMBER_LIMITS,
    MOVEMENT_WORDS,
    Guest,
    Member,
    Movement,
)
from partyday_tui.rules.text import Cleaned, clean_block, clean_line, clean_name, same_name_key
from partyday_tui.services.presets import rule_book_of
from partyday_tui.services.readings import reading_of
from partyday_tui.store import changes
from partyday_tui.store import members as store
from partyday_tui.store.book import Book

_LINES = ("ethnicity", "education", "group", "post", "job", "phone", "landline", "address", "destination")
_DATES = ("born_on", "joined_on", "confirmed_on", "lost_since")
_FLAGS = ("floating", "infirm", "hardship", "leading_cadre", "lost_contact")


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One member with whether they belong on the day asked for, and the movement that took them out, if any."""

    member: Member
    belongs: bool
    left_by: Movement | None


def read_roster(book: Book, on: date) -> list[RosterLine]:
    """Everyone ever entered, in the order of their readings, each with whether they belong on `on`."""
    here = {member.id for member in store.members_on(book, on)}
    exits = {
        it.member_id: it for it in store.movements(book) if it.kind in EXIT_MOVEMENTS and it.on_date <= on.isoformat()
    }
    return [
        RosterLine(member, member.id in here, None if member.id in here else exits.get(member.id))
        for member in store.members(book)
    ]


def group_names(book: Book) -> list[str]:
    """The party groups, in the order they were entered."""
    return store.groups(book)


def save_member(
    book: Book, member_id: int | None, typed: Mapping[str, str], entered: tuple[str, date] | None = None
) -> tuple[int, list[str]]:
    """Write a member from a form, new when `member_id` is None; returns the key and what the cleaning gate has to say.

    ``typed``: every field as text; dates ISO, flags "1" or "0", ``reading`` empty to have it made. ``entered``: the movement and the day
    by which a new member came. Raises UserMistake for a field that cannot be stored.
    """
    fields, told = _checked(book, member_id, typed)
    told += _namesakes(book, member_id, fields["name"])
    group = fields.pop("group")
    what = "添加党员" if member_id is None else "修改党员"
    with book.act(what, with_session=True) as transaction:
        fields["group_id"] = store.group_id(transaction, group)
        if member_id is None:
            key = store.insert_members(transaction, [fields])[0]
            if entered is not None:
                store.insert_movement(transaction, key, *entered)
            return key, told
        store.update_member(transaction, member_id, fields)
    return member_id, told


def correct_reading(book: Book, member_id: int, typed: str) -> str:
    """Write a member's reading as the user says it, or the made one again when `typed` is empty; returns it."""
    member = store.member(book, member_id)
    if member is None:
        raise UserMistake("名册里已经没有这位党员，请重新打开名册。")
    fields = _reading(book, None, member.name, typed)
    with book.act("改正拼音", with_session=True) as transaction:
        store.update_member(transaction, member_id, fields)
    return str(fields["reading"])


def _namesakes(book: Book, member_id: int | None, name: str) -> list[str]:
    """Two of one name are two people; the user hears of it when the name is first written, nobody is merged."""
    key = same_name_key(name)
    bearers = [it.id for it in store.members(book) if same_name_key(it.name) == key]
    if not bearers or member_id in bearers:
        return []
    return [f"名册里另有{len(bearers)}位同名的「{name}」，已按不同的人记"]


def _checked(book: Book, member_id: int | None, typed: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    name = clean_name(typed["name"])
    if name.problem:
        raise UserMistake(name.problem)
    told = [f"姓名里看不见的字符（{'、'.join(name.removed)}）已去掉"] if name.removed else []
    told += [f"「{'、'.join(name.flagged)}」是生僻字，有的电脑可能显示不出"] if name.flagged else []
    fields: dict[str, Any] = {"name": name.text, "identity": _identity(book, member_id, typed["identity"])}
    fields |= {field: typed[field] for field in ("kind", "sex", "dues_category")}
    fields |= {field: _fitting(clean_line(typed[field], MEMBER_LIMITS[field])) for field in _LINES}
    fields["note"] = _fitting(clean_block(typed["note"], MEMBER_LIMITS["note"]))
    fields |= {field: typed[field] or None for field in _DATES}
    fields |= {field: int(typed[field] == "1") for field in _FLAGS}
    return fields | _reading(book, member_id, name.text, typed["reading"]), told


def _identity(book: Book, member_id: int | None, typed: str) -> str:
    checked = check_identity(typed)
    if checked.problem:
        raise UserMistake(checked.problem)
    number = checked.number or ""
    other = next((it for it in store.members(book) if number and it.identity == number and it.id != member_id), None)
    if other is not None:
        raise UserMistake(f"这个身份证号已经是{other.name}的，请核对。")
    return number


def _reading(book: Book, member_id: int | None, name: str, typed: str) -> dict[str, Any]:
    """The reading as typed, else made; a made one that was left standing is made anew with another name."""
    made = reading_of(name)
    known = None if member_id is None else store.member(book, member_id)
    reading = _fitting(clean_line(typed.lower(), MEMBER_LIMITS["reading"]))
    if known is not None and known.name != name and reading == known.reading and not known.reading_by_hand:
        reading = made
    return {"reading": reading or made, "reading_by_hand": int(bool(reading) and reading != made)}


def _fitting(cleaned: Cleaned) -> str:
    if cleaned.problem:
        raise UserMistake(cleaned.problem)
    return cleaned.text


def movements_of(book: Book, member_id: int) -> list[Movement]:
    """One member's entries and exits, oldest first."""
    return [movement for movement in store.movements(book) if movement.member_id == member_id]


def add_movement(book: Book, member_id: int, kind: str, on_date: date, place: str, note: str) -> None:
    """Write an entry or an exit; the rolls of past months follow it. Raises UserMistake for a text that is too long."""
    place, note = _fitting(clean_line(place)), _fitting(clean_line(note))
    with book.act(f"登记{MOVEMENT_WORDS[kind]}") as transaction:
        store.insert_movement(transaction, member_id, kind, on_date, place, note)


def take_movement_out(book: Book, movement: Movement) -> None:
    """Take out an entry or exit that was written by mistake; the record of changes keeps it."""
    with book.act(f"撤销登记的{MOVEMENT_WORDS[movement.kind]}") as transaction:
        store.delete_movement(transaction, movement.id)


def take_member_out(book: Book, member: Member) -> None:
    """Take out a member who was added by mistake; the record of changes keeps them.

    Raises UserMistake where a roll, the dues or another record speaks of them: then only an exit can be written.
    """
    if store.is_mentioned(book, member.id):
        raise UserMistake(f"{member.name} 已有点名、党费或其他记录，不能去掉；如已离开，请用「离开」登记。")
    with book.act("去掉误录的党员") as transaction:
        store.delete_member(transaction, member.id)


def member_history(book: Book, member_id: int) -> list[Change]:
    """Every change of one member and of their entries and exits, newest first."""
    return changes.changes_of_member(book, member_id)


def guest_classes(book: Book) -> tuple[str, ...]:
    """The classes of guests to choose from: the usual ones, then what the branch's preset names besides (ATT-17, domain.md 1.9)."""
    rule = rule_book_of(book).rule("guest.classes", book.clock.today)
    named = rule.value if rule and isinstance(rule.value, list | tuple) else ()
    *usual, other = GUEST_CLASSES
    return tuple(dict.fromkeys([*usual, *(str(word).removeprefix("党支部") for word in named), other]))


def guests(book: Book) -> list[Guest]:
    """Everyone who may sit in."""
    return store.guests(book)


def save_guest(book: Book, guest: Guest) -> Guest:
    """Write a guest, new when ``id`` is 0; the reading is made where it is empty. Raises UserMistake for what cannot be stored."""
    name = clean_name(guest.name)
    if name.problem:
        raise UserMistake(name.problem)
    guest = Guest(
        guest.id, name.text, guest.reading or reading_of(name.text), guest.guest_class,
        *(_fitting(clean_line(getattr(guest, field), GUEST_LIMITS[field])) for field in ("unit", "phone", "note")),
    )  # fmt: skip
    with book.act("修改列席人员" if guest.id else "添加列席人员") as transaction:
        if guest.id:
            store.update_guest(transaction, guest)
            return guest
        key = store.insert_guest(transaction, guest)
    return Guest(key, guest.name, guest.reading, guest.guest_class, guest.unit, guest.phone, guest.note)

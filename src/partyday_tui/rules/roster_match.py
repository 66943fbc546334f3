"""Which rows of a roster are whom in the book: nobody is guessed, two of one name are kept apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from partyday_tui.rules.partial_date import PartialDate
from partyday_tui.rules.people import Member
from partyday_tui.rules.roster_row import RosterEntry, RowProblem
from partyday_tui.rules.text import same_name_key

# Fields that a roster can set; a cell that is empty never erases what the book knows.
TEXTS = ("name", "kind", "sex", "ethnicity", "education", "group", "post", "job", "dues_category", "phone", "landline", "address",
         "destination", "note")  # fmt: skip
DATES = ("born_on", "joined_on", "confirmed_on", "lost_since")
TAGS = ("floating", "infirm", "hardship", "leading_cadre")


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """One accepted row of the sheet with the member it is, None for a new one."""

    row: int
    entry: RosterEntry
    member: Member | None


def match_rows(
    rows: Iterable[tuple[int, RosterEntry]], members: Sequence[Member]
) -> tuple[list[MatchedRow], list[RowProblem]]:
    """Match rows to members by identity number, else by name and what else is known of them; refusals are in the problems.

    A row of a name that several members bear, and that nothing tells apart, is refused; so is the second row of one identity number,
    and a second row that could only be a member already matched.
    """
    by_identity = {member.identity: member for member in members if member.identity}
    by_name: dict[str, list[Member]] = {}
    for member in members:
        by_name.setdefault(same_name_key(member.name), []).append(member)
    taken: dict[int, int] = {}
    numbers: dict[str, int] = {}
    matched: list[MatchedRow] = []
    problems: list[RowProblem] = []
    for row, entry in rows:
        if entry.identity and entry.identity in numbers:
            problems.append(
                RowProblem(
                    row, "identity", f"身份证号与第{numbers[entry.identity]}行相同，这一行没有导入，请核对两行。"
                )
            )
            continue
        found = _find(entry, by_identity, by_name.get(same_name_key(entry.name), ()), taken)
        if isinstance(found, str):
            problems.append(RowProblem(row, "name", found))
            continue
        if entry.identity:
            numbers[entry.identity] = row
        if found is not None:
            taken[found.id] = row
        matched.append(MatchedRow(row, entry, found))
    return matched, problems


def _find(
    entry: RosterEntry, by_identity: dict[str, Member], bearers: Sequence[Member], taken: dict[int, int]
) -> Member | str | None:
    """The member that a row is, None for a new one, or the sentence that refuses it."""
    if entry.identity and entry.identity in by_identity:
        member = by_identity[entry.identity]
        if member.id in taken:
            return f"与第{taken[member.id]}行是同一个人，这一行没有导入，请核对。"
        return member
    # Whoever has another identity number, another birth or joining date, is somebody else of the same name.
    could_be = [member for member in bearers if not _differs(member, entry)]
    free = [member for member in could_be if member.id not in taken]
    if could_be and not free:
        row = taken[could_be[0].id]
        return f"与第{row}行同名，看不出是不是同一个人，这一行没有导入，请补上身份证号或出生日期。"
    if len(free) > 1:
        sure = [member for member in free if _agrees(member, entry)]
        if len(sure) != 1:
            return f"名册里有{len(free)}位「{entry.name}」，分不出是哪一位，这一行没有导入，请补上身份证号或出生日期。"
        return sure[0]
    return free[0] if free else None


def _differs(member: Member, entry: RosterEntry) -> bool:
    if member.identity and entry.identity and member.identity != entry.identity:
        return True
    return any(not _compatible(getattr(member, field), getattr(entry, field)) for field in ("born_on", "joined_on"))


def _agrees(member: Member, entry: RosterEntry) -> bool:
    """Whether something that tells people apart is known on both sides; that it does not differ is known already."""
    return any(getattr(member, field) and getattr(entry, field) for field in ("identity", "born_on", "joined_on"))


def _compatible(known: str, stated: PartialDate | None) -> bool:
    """Whether two dates can be one, as far as the vaguer goes; an unknown one fits any."""
    if not known or stated is None:
        return True
    return known.startswith(stated.iso) or stated.iso.startswith(known)


def stated_fields(entry: RosterEntry) -> dict[str, object]:
    """What a row says, by the field names of `Member`; fields it says nothing about are left out."""
    fields: dict[str, object] = {field: getattr(entry, field) for field in TEXTS if getattr(entry, field)}
    fields |= {field: getattr(entry, field).iso for field in DATES if getattr(entry, field) is not None}
    fields |= {tag: True for tag in TAGS if tag in entry.tags}
    if entry.identity:
        fields["identity"] = entry.identity
    if entry.lost_contact:
        fields["lost_contact"] = True
    return fields


def changed_fields(member: Member, entry: RosterEntry) -> dict[str, tuple[object, object]]:
    """(old, new) of every field in which a row differs from the book; a vaguer date does not replace a finer one."""
    changes = {}
    for field, new in stated_fields(entry).items():
        old = getattr(member, field)
        if old == new or (field in DATES and str(old).startswith(str(new))):
            continue
        changes[field] = (old, new)
    return changes

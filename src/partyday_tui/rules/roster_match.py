"""Which rows of a roster are whom in the book: nobody is guessed, two of one name are kept apart.

The whole file is looked at before anybody is matched, so that the order of its rows decides nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from partyday_tui.rules.people import Member
from partyday_tui.rules.roster_entry import RosterEntry, RowProblem
from partyday_tui.rules.text import same_name_key

# Fields that a roster can set; a cell that is empty never erases what the book knows.
TEXTS = ("name", "sex", "ethnicity", "education", "group", "post", "job", "dues_category", "phone", "landline", "address",
         "destination", "note")  # fmt: skip
DATES = ("born_on", "joined_on", "confirmed_on", "lost_since")
FLAGS = ("floating", "infirm", "hardship", "leading_cadre", "lost_contact")

Numbered = tuple[int, RosterEntry]
"""A row as the sheet numbers it, with what it says."""


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """One accepted row of the sheet with the member it is, None for a new one."""

    row: int
    entry: RosterEntry
    member: Member | None


def match_rows(rows: Iterable[Numbered], members: Sequence[Member]) -> tuple[list[MatchedRow], list[RowProblem]]:
    """Match rows to members by identity number, else by name and what else is known of them; refusals are in the problems.

    Refused are the second row of one identity number, a line that stands twice, and a row of which nothing tells whose it is.
    Two new rows of one name are two people; where nothing firm tells them apart, the second is kept and named.
    """
    kept, problems = _without_repeats(rows)
    matching = _Matching(kept, members)
    problems += matching.by_identity()
    refused: set[int] = set()
    for name, same_name in _by_name(kept).items():
        found = matching.by_name(name, same_name)
        refused |= {problem.row for problem in found}
        new = [it for it in same_name if it[0] not in matching.member_of and it[0] not in refused]
        problems += found + matching.known_namesakes(name, new) + _doubtful_namesakes(new)
    matched = [MatchedRow(row, entry, matching.member_of.get(row)) for row, entry in kept if row not in refused]
    return matched, problems


def _without_repeats(rows: Iterable[Numbered]) -> tuple[list[Numbered], list[RowProblem]]:
    kept: list[Numbered] = []
    problems: list[RowProblem] = []
    numbers: dict[str, int] = {}
    lines: dict[RosterEntry, int] = {}
    for row, entry in rows:
        if entry.identity and entry.identity in numbers:
            told = f"身份证号与第{numbers[entry.identity]}行相同，这一行没有导入，请核对两行。"
            problems.append(RowProblem(row, "identity", told))
        elif entry in lines:
            told = f"与第{lines[entry]}行完全一样，这一行没有导入；如果是两个人，请补上身份证号或出生日期。"
            problems.append(RowProblem(row, "name", told))
        else:
            kept.append((row, entry))
            lines[entry] = row
            if entry.identity:
                numbers[entry.identity] = row
    return kept, problems


def _by_name(rows: Sequence[Numbered]) -> dict[str, list[Numbered]]:
    groups: dict[str, list[Numbered]] = {}
    for row, entry in rows:
        groups.setdefault(same_name_key(entry.name), []).append((row, entry))
    return groups


def _doubtful_namesakes(new: Sequence[Numbered]) -> list[RowProblem]:
    """New rows that only a group, a post or a telephone tells from another new row of the name: kept, and named."""
    told = []
    accepted: list[Numbered] = []
    for row, entry in new:
        other = next((at for at, it in accepted if not _entries_differ(it, entry)), None)
        if other is not None:
            message = f"与第{other}行同名，没有身份证号或出生日期可以区分，已当作两个人，请核对。"
            told.append(RowProblem(row, "name", message))
        accepted.append((row, entry))
    return told


class _Matching:
    """Who is whom so far: `member_of` a row, and the row of a member, `taken`."""

    def __init__(self, rows: Sequence[Numbered], members: Sequence[Member]) -> None:
        self._rows = rows
        self._members = members
        self._bearers: dict[str, list[Member]] = {}
        for member in members:
            self._bearers.setdefault(same_name_key(member.name), []).append(member)
        self.member_of: dict[int, Member] = {}
        self._taken: dict[int, Numbered] = {}

    def by_identity(self) -> list[RowProblem]:
        """Match the identity numbers that the book knows; a name that goes with another number is named."""
        known = {member.identity: member for member in self._members if member.identity}
        told = []
        for row, entry in self._rows:
            member = known.get(entry.identity or "")
            if member is None:
                continue
            self._take(row, entry, member)
            if member.name != entry.name and same_name_key(member.name) != same_name_key(entry.name):
                message = f"这个身份证号在账本里是「{member.name}」的；写入后姓名改为「{entry.name}」，请核对。"
                told.append(RowProblem(row, "name", message))
        return told

    def by_name(self, name: str, rows: Sequence[Numbered]) -> list[RowProblem]:
        """Match the rows of one name, the firmest evidence first; returns the refusals."""
        bearers = self._bearers.get(name, ())
        if not bearers:
            return []
        for fits in (_agrees, _consistent, _compatible):
            while pairs := self._only_pairs(rows, bearers, fits):
                for row, entry, member in pairs:
                    self._take(row, entry, member)
        refusals = ((row, self._refusal(entry, bearers)) for row, entry in rows if row not in self.member_of)
        return [RowProblem(row, "name", sentence) for row, sentence in refusals if sentence]

    def known_namesakes(self, name: str, new: Sequence[Numbered]) -> list[RowProblem]:
        """New rows whose name a member bears whom the file does not name: kept, and named, since a date may only be corrected."""
        free = [member for member in self._bearers.get(name, ()) if member.id not in self._taken]
        told = []
        for row, entry in new:
            # Two identity numbers are two people; a date may only have been corrected.
            other = next((member for member in free if not (member.identity and entry.identity)), None)
            if other is not None:
                message = (
                    f"名册里已有「{other.name}」，日期不同，已当作另一个同名的人；如是同一人，请先在名册里改正再导入。"
                )
                told.append(RowProblem(row, "name", message))
        return told

    def _only_pairs(
        self, rows: Sequence[Numbered], bearers: Sequence[Member], fits: Callable[[Member, RosterEntry], bool]
    ) -> list[tuple[int, RosterEntry, Member]]:
        """Rows and members that can only be each other."""
        free = [member for member in bearers if member.id not in self._taken]
        open_rows = [it for it in rows if it[0] not in self.member_of]
        fitting = {row: [member for member in free if fits(member, entry)] for row, entry in open_rows}
        wanted: dict[int, int] = {}
        for found in fitting.values():
            for member in found:
                wanted[member.id] = wanted.get(member.id, 0) + 1
        singles = ((row, entry, fitting[row][0]) for row, entry in open_rows if len(fitting[row]) == 1)
        return [single for single in singles if wanted[single[2].id] == 1]

    def _refusal(self, entry: RosterEntry, bearers: Sequence[Member]) -> str | None:
        """Why a row that was not matched is not a new member either; None when it is one."""
        could_be = [member for member in bearers if _compatible(member, entry)]
        free = [member for member in could_be if member.id not in self._taken]
        if len(free) > 1:
            return f"名册里有{len(free)}位「{entry.name}」，分不出是哪一位，这一行没有导入，请补上身份证号或出生日期。"
        if free:
            return f"有几行都可能是名册里的「{entry.name}」，这一行没有导入，请在名册里先补上他的身份证号或出生日期。"
        rows = [row for row, it in (self._taken[member.id] for member in could_be) if not _entries_differ(it, entry)]
        if rows:
            return f"与第{rows[0]}行同名，看不出是不是同一个人，这一行没有导入，请补上身份证号或出生日期。"
        return None

    def _take(self, row: int, entry: RosterEntry, member: Member) -> None:
        self.member_of[row] = member
        self._taken[member.id] = (row, entry)


def _agrees(member: Member, entry: RosterEntry) -> bool:
    """Whether something that tells people apart is known on both sides, and nothing of it differs."""
    known = (member.identity and entry.identity, _born(member) and _born(entry), member.joined_on and entry.joined_on)
    return any(known) and _compatible(member, entry)


def _consistent(member: Member, entry: RosterEntry) -> bool:
    """Whether everything that the row says is what the book knows, or what it does not know yet; kinds change with time."""
    changes = changed_fields(member, entry)
    changes.pop("kind", None)
    return all(old in ("", False) for old, _ in changes.values()) and _compatible(member, entry)


def _compatible(member: Member, entry: RosterEntry) -> bool:
    """Whether they can be one person: whoever has another identity number, birth or joining date is somebody else."""
    return not (
        (member.identity and entry.identity and member.identity != entry.identity)
        or _dates_differ(_born(member), _born(entry))
        or _dates_differ(member.joined_on, _iso(entry, "joined_on"))
    )


def _entries_differ(one: RosterEntry, other: RosterEntry) -> bool:
    return (
        same_name_key(one.name) != same_name_key(other.name)
        or bool(one.identity and other.identity and one.identity != other.identity)
        or _dates_differ(_born(one), _born(other))
        or _dates_differ(_iso(one, "joined_on"), _iso(other, "joined_on"))
    )


def _dates_differ(one: str, other: str) -> bool:
    """Whether two dates cannot be one, as far as the vaguer goes; an unknown one fits any."""
    return bool(one and other) and not one.startswith(other) and not other.startswith(one)


def _born(person: Member | RosterEntry) -> str:
    """The birth date as the identity number has it, whose digits are checked, else as stated."""
    if number := person.identity:
        return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    return person.born_on if isinstance(person, Member) else _iso(person, "born_on")


def _iso(entry: RosterEntry, field: str) -> str:
    value = getattr(entry, field)
    return value.iso if value is not None else ""


def stated_fields(entry: RosterEntry) -> dict[str, object]:
    """What a row says, by the field names of `Member`; fields it says nothing about are left out, a kind worked out from dates too."""
    fields: dict[str, object] = {field: value for field in TEXTS if (value := getattr(entry, field))}
    fields |= {field: value.iso for field in DATES if (value := getattr(entry, field)) is not None}
    fields |= dict.fromkeys(entry.denied, False)
    fields |= dict.fromkeys(entry.tags, True)
    if entry.lost_contact:
        fields["lost_contact"] = True
    if entry.identity:
        fields["identity"] = entry.identity
    if entry.kind_stated:
        fields["kind"] = entry.kind
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

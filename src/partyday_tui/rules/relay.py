"""Reads a 群接龙 text from a chat and proposes marks; nothing is guessed (ATT-01, issue 2)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from partyday_tui.rules.text import clean_line, clean_name, same_name_key

Proposal = Literal["present", "late", "leave"]

# 「1. 张三」, 「1、」, 「(1)」, 「【1】」, 「1 张三」, 「1张三」; a date or a count such as 「11月6日」 or 「44人」 is no entry.
_ENTRY = re.compile(
    r"\s*(?:[(【\[]\s*([0-9]{1,3})\s*[)】\]]|([0-9]{1,3})(?:\s*[.、:)】\]-]+\s*(?![0-9])|\s+(?![0-9])|(?=[\u4e00-\u9fff@])"
    r"(?![年月日号点时分人个届次条位名期周度级]|多)))\s*(.*)"
)
_NEXT = re.compile(r"(?<![0-9０-９])([0-9０-９]{1,3})\s*[.．、)）]\s*(?=[^\s0-9０-９])")
_BEFORE_NAME = re.compile(r"^[^A-Za-z\u4e00-\u9fff]+")
_LIST_MARK = re.compile(r"^[\s\-*>#@·•]+")
_KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")
_NAME_END = re.compile(r"[\s(（,，:：;；、。+\-—_/|【\[!！~～]|[^\w\s·•‧・.]")
_WORDS: dict[Proposal, re.Pattern[str]] = {
    "late": re.compile(r"晚到|迟到|晚点|晚来|迟点|稍晚|晚一点|晚一会|[后再]到"),
    "leave": re.compile(r"请假|外出|务工|出差|住院|生病|看病|病假|事假|不在家|在外"),
    "present": re.compile(r"到|参加|准时|出席|^来$|^(?:[√✓✔✅☑👌👍]|OK|ok|Ok)+$"),
}
# Words that turn a sign round, or that mean an absence without leave: the secretary decides.
_DENIED = re.compile(r"不|未|没|无法|缺席|代|替|取消|可能|看情况|线上|[?？]")


@dataclass(frozen=True, slots=True)
class RelayLine:
    """One entry of a 接龙: its own number (0 where it has none), the name and the remark as written, and what the remark proposes.

    ``proposal`` is None when the remark does not say plainly; no remark means 到会.
    """

    number: int
    name: str
    remark: str
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class RelayMatch:
    """Entries against the expected people.

    ``matched`` (person id, entry); ``ambiguous``: two expected people bear the name; ``unmatched``: nobody does;
    ``repeated``: the name stands twice (the first entry counts only if all of them propose the same).
    """

    matched: tuple[tuple[int, RelayLine], ...]
    ambiguous: tuple[RelayLine, ...]
    unmatched: tuple[RelayLine, ...]
    repeated: tuple[RelayLine, ...]


def parse_relay(text: str, names: Collection[str] = ()) -> tuple[RelayLine, ...]:
    """The numbered entries of a pasted text, on lines of their own or one after the other; headings and numbers without a name
    are passed over.

    A line without a number is an entry, its number 0, if it begins with one of ``names``.
    """
    known = {same_name_key(name) for name in names}
    entries = []
    for line in text.translate(_KEYCAP).replace("\u2028", "\n").splitlines():
        found = _ENTRY.fullmatch(_BEFORE_NAME.sub(lambda mark: unicodedata.normalize("NFKC", mark[0]), line))
        if found:
            entries += _numbered(int(found[1] or found[2]), found[3])
        elif known and (entry := _entry(0, clean_line(_LIST_MARK.sub("", line)).text)).name:
            entries += [entry] if same_name_key(entry.name) in known else []
    return tuple(entry for entry in entries if entry.name)


def _numbered(number: int, rest: str) -> list[RelayLine]:
    """The entry of a number, and those that follow it on the same line, each with the number after the one before."""
    entries = []
    at = 0
    for following in _NEXT.finditer(rest):
        if int(following[1]) == number + 1:
            entries.append(_entry(number, clean_line(rest[at : following.start()]).text))
            number, at = number + 1, following.end()
    return [*entries, _entry(number, clean_line(rest[at:]).text)]


def match_relay(lines: Sequence[RelayLine], people: Sequence[tuple[int, str]]) -> RelayMatch:
    """Match entries to (person id, name) by the whole name only, in any of its spellings (``same_name_key``).

    A remark of two characters or more may stand close behind the name: 「张三请假」.
    """
    bearers: dict[str, list[int]] = {}
    for person, name in people:
        bearers.setdefault(same_name_key(name), []).append(person)
    lines = [_without_remark(line, bearers) for line in lines]
    keys = [same_name_key(line.name) for line in lines]
    times = Counter(keys)
    proposals: dict[str, set[Proposal | None]] = {}
    for key, line in zip(keys, lines, strict=True):
        proposals.setdefault(key, set()).add(line.proposal)
    matched: list[tuple[int, RelayLine]] = []
    ambiguous, unmatched, repeated = [], [], []
    seen: set[str] = set()
    for key, line in zip(keys, lines, strict=True):
        found = bearers.get(key, ())
        if not found:
            unmatched.append(line)
        elif len(found) > 1:
            ambiguous.append(line)
        elif times[key] > 1 and (key in seen or len(proposals[key]) > 1):
            repeated.append(line)
        else:
            matched.append((found[0], line))
        seen.add(key)
    return RelayMatch(tuple(matched), tuple(ambiguous), tuple(unmatched), tuple(repeated))


def _without_remark(line: RelayLine, bearers: Mapping[str, list[int]]) -> RelayLine:
    """The entry with what stands close behind a known name taken for its remark, where that says something plain."""
    if same_name_key(line.name) in bearers or line.remark:
        return line
    for end in range(len(line.name) - 2, 1, -1):
        name, remark = line.name[:end], line.name[end:]
        if same_name_key(name) in bearers and (_proposal(remark) or _DENIED.match(remark)):
            return RelayLine(line.number, name, remark, _proposal(remark))
    return line


def _entry(number: int, text: str) -> RelayLine:
    text = _LIST_MARK.sub("", text)
    cut = _NAME_END.search(text)
    name, rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    second = re.match(r"\s([\u4e00-\u9fff])(?=\s|[(（,，]|$)", rest)
    if len(name) == 1 and second and second.group(1) != "到":
        # 「仇 伟 请假」: a name of two characters, spread.
        name, rest = name + second.group(1), rest[second.end() :]
    remark = rest.strip(" ()（）,，:：;；、。+-—_/|【】[]!！~～")
    return RelayLine(number, clean_name(name).text, remark, _proposal(remark))


def _proposal(remark: str) -> Proposal | None:
    if not remark:
        return "present"
    if _DENIED.search(remark):
        return None
    late, leave = _WORDS["late"].search(remark), _WORDS["leave"].search(remark)
    if late or leave:
        return None if late and leave else "late" if late else "leave"
    return "present" if _WORDS["present"].search(remark) else None

"""Reads a 群接龙 text from a chat and proposes marks; nothing is guessed (ATT-01, issue 2)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from partyday_tui.rules.text import clean_line, clean_name, same_name_key

Proposal = Literal["present", "late", "leave"]

_ENTRY = re.compile(r"\s*([0-9０-９]{1,4})\s*[.．、:：)）]\s*(.*)")
_NAME_END = re.compile(r"[\s(（,，:：;；、。+\-—_/|【\[]")
_WORDS: dict[Proposal, re.Pattern[str]] = {
    "late": re.compile(r"晚到|迟到|晚点|晚来|迟点|稍晚|晚一点|晚一会|[后再]到"),
    "leave": re.compile(r"请假|外出|务工|出差|住院|生病|看病|病假|事假|不在家|在外"),
    "present": re.compile(r"到|参加|准时|出席"),
}
# Words that turn a sign round, or that mean an absence without leave: the secretary decides.
_DENIED = re.compile(r"不|未|没|无法|缺席|代|替|取消|可能|看情况|线上|[?？]")


@dataclass(frozen=True, slots=True)
class RelayLine:
    """One entry of a 接龙: its own number, the name and the remark as written, and what the remark proposes.

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


def parse_relay(text: str) -> tuple[RelayLine, ...]:
    """The numbered entries of a pasted text; headings and numbers without a name are passed over."""
    lines = (_ENTRY.fullmatch(line) for line in text.replace("\u2028", "\n").splitlines())
    entries = (_entry(int(found.group(1)), clean_line(found.group(2)).text) for found in lines if found)
    return tuple(entry for entry in entries if entry.name)


def match_relay(lines: Sequence[RelayLine], people: Sequence[tuple[int, str]]) -> RelayMatch:
    """Match entries to (person id, name) by the whole name only, in any of its spellings (``same_name_key``)."""
    bearers: dict[str, list[int]] = {}
    for person, name in people:
        bearers.setdefault(same_name_key(name), []).append(person)
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


def _entry(number: int, text: str) -> RelayLine:
    cut = _NAME_END.search(text)
    name, rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    second = re.match(r"\s([\u4e00-\u9fff])(?=\s|[(（,，]|$)", rest)
    if len(name) == 1 and second and second.group(1) != "到":
        # 「仇 伟 请假」: a name of two characters, spread.
        name, rest = name + second.group(1), rest[second.end() :]
    remark = rest.strip(" ()（）,，:：;；、。+-—_/|【】[]")
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

"""Preset files: the rules of one kind of branch, each with the sentence of the guide that states it.

A file names ``preset``, ``name``, ``seed`` and ``guide``, then has one ``[[rule]]`` block for each rule: ``key``,
``value``, ``strength``, ``sentence`` (verbatim), and where needed ``seed``, ``note`` and ``valid_from``. What a guide
does not say has no block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast

from partyday_tui.errors import UserMistake
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_values import RuleValue

Strength = Literal["must", "should", "default"]
STRENGTH_WORDS: dict[Strength, str] = {"must": "必须", "should": "应当", "default": "默认"}

_HEAD = {"preset", "name", "seed", "guide", "rule"}
_TEXTS = {"key", "strength", "sentence", "seed", "note"}
_BLOCK = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_FROM_THE_START = date.min


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as a guide states it; ``note`` says what this program adds, e.g. how many minutes half a day is."""

    key: str
    value: RuleValue
    strength: Strength
    sentence: str
    seed: str
    note: str = ""
    valid_from: date = _FROM_THE_START

    @property
    def title(self) -> str:
        """The Chinese title of the rule."""
        return KEYS[self.key].title

    @property
    def value_words(self) -> str:
        """The value in Chinese."""
        return KEYS[self.key].kind.words(self.value)


@dataclass(frozen=True, slots=True)
class Preset:
    """The rules of one kind of branch; a key that is missing is a matter on which the guide is silent."""

    id: str
    name: str
    seed: str
    guide: str
    rules: tuple[Rule, ...]
    _by_key: dict[str, list[Rule]] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for rule in self.rules:
            self._by_key.setdefault(rule.key, []).append(rule)

    def rule(self, key: str, on: date) -> Rule | None:
        """The rule of this key in force on a day; None where the guide is silent. An unknown key raises KeyError."""
        KEYS[key]
        in_force = [rule for rule in self._by_key.get(key, ()) if rule.valid_from <= on]
        return max(in_force, key=lambda rule: rule.valid_from, default=None)


def read_preset(text: str, file_name: str) -> Preset:
    """Read a preset file; every refusal is a UserMistake that names the file and the line."""
    import tomllib  # a third of this module's import time, and only loading needs it

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise _refusal(file_name, line, "这里的写法 TOML 读不懂，请检查引号、等号和括号") from error
    return _PresetReader(text, file_name).preset(content)


@dataclass(frozen=True, slots=True)
class _PresetReader:
    text: str
    file_name: str

    def preset(self, content: Mapping[str, Any]) -> Preset:
        for name in content:
            if name not in _HEAD:
                raise self._refuse(1, len(self.text.splitlines()), name, f"不认识「{name}」，请删去或改正")
        for name in ("preset", "name", "seed", "guide"):
            if not isinstance(content.get(name), str) or not content[name].strip():
                raise self._refuse(1, len(self.text.splitlines()), name, f"缺少 {name}，请在文件开头写上")
        return Preset(
            content["preset"], content["name"], content["seed"], content["guide"], tuple(self._rules(content))
        )

    def _rules(self, content: Mapping[str, Any]) -> Iterator[Rule]:
        blocks = content.get("rule", [])
        starts = [self.text.count("\n", 0, found.start()) + 1 for found in _BLOCK.finditer(self.text)]
        if not isinstance(blocks, list) or not blocks or len(starts) != len(blocks):
            raise _refusal(self.file_name, starts[0] if starts else 1, "规则要一条一段，每段以 [[rule]] 开头")
        ends = [start - 1 for start in starts[1:]] + [len(self.text.splitlines())]
        seen: set[tuple[str, date]] = set()
        for block, start, end in zip(blocks, starts, ends, strict=True):
            rule = self._rule(block, start, end, content["seed"])
            if (rule.key, rule.valid_from) in seen:
                raise self._refuse(start, end, "key", f"「{rule.key}」写了两次，请删去一条或写上 valid_from")
            seen.add((rule.key, rule.valid_from))
            yield rule

    def _rule(self, block: Mapping[str, Any], start: int, end: int, seed: str) -> Rule:
        def refuse(name: str, what: str) -> UserMistake:
            return self._refuse(start, end, name, what)

        for name, value in block.items():
            if name not in _TEXTS | {"value", "valid_from"}:
                raise refuse(name, f"不认识「{name}」，请删去或改正")
            if name in _TEXTS and (not isinstance(value, str) or not value.strip()):
                raise refuse(name, f"{name} 要写文字，请补上")
        for name in ("key", "value", "strength", "sentence"):
            if name not in block:
                raise refuse(name, f"这一条缺少 {name}，请补上")
        if block["key"] not in KEYS:
            raise refuse("key", f"没有「{block['key']}」这种规则，请对照已有的规则文件改正")
        if block["strength"] not in STRENGTH_WORDS:
            raise refuse("strength", f"strength 要写 {'、'.join(STRENGTH_WORDS)} 之一，请改正")
        valid_from = block.get("valid_from", _FROM_THE_START)
        if type(valid_from) is not date:
            raise refuse("valid_from", "valid_from 要写 2018-01-01 这样的日期，请改正")
        try:
            value = KEYS[block["key"]].kind.check(block["value"])
        except ValueError as error:
            raise refuse("value", f"「{KEYS[block['key']].title}」的 value {error}，请改正") from error
        strength = cast(Strength, block["strength"])
        sentence, note = block["sentence"], block.get("note", "")
        return Rule(block["key"], value, strength, sentence, block.get("seed", seed), note, valid_from)

    def _refuse(self, start: int, end: int, name: str, what: str) -> UserMistake:
        """The refusal at the line that sets ``name`` among lines ``start`` to ``end``, or at ``start``."""
        written = re.compile(rf'[ \t]*"?{re.escape(name)}"?[ \t]*[.=]')
        lines = self.text.splitlines()[start - 1 : end]
        found = next((number for number, line in enumerate(lines, start) if written.match(line)), start)
        return _refusal(self.file_name, found, what)


def _refusal(file_name: str, line: int, what: str) -> UserMistake:
    return UserMistake(f"{file_name} 第{line}行：{what}。")

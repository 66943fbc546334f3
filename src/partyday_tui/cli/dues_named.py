"""Members and methods as they are named on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import METHOD_WORDS, PROXY_WORD
from partyday_tui.rules.text import same_name_key

PROXY = "proxy"

if TYPE_CHECKING:
    from partyday_tui.store.book import Book


def member_named(book: Book, name: str, key: int | None) -> tuple[int, str]:
    """(key, name) of the member of this name, or of this key where the name is a number; raises UserMistake where that is not one."""
    from partyday_tui.store.dues_assessments import payers

    everyone = payers(book)
    if name.isascii() and name.isdigit():
        key, found = int(name), everyone
    else:
        found = [payer for payer in everyone if same_name_key(payer.name) == same_name_key(name)]
    if key is not None:
        found = [payer for payer in found if payer.id == key]
    if not found:
        raise UserMistake(f"名册里没有「{name}」，请核对姓名，或先在名册里加上。")
    if len(found) > 1:
        keys = "、".join(f"{payer.id}（{payer.group or '未分组'}）" for payer in found)
        raise UserMistake(f"有 {len(found)} 位「{name}」，没有记下；请指明编号：{keys}。")
    return found[0].id, found[0].name


def method_named(word: str, usual: str, *, by_another: bool = False) -> str:
    """The code of a method from its word or code; `usual` for none. 代交 is one where somebody may pay for another."""
    if not word:
        return usual
    words = METHOD_WORDS | ({PROXY: PROXY_WORD} if by_another else {})
    for code, chinese in words.items():
        if word in (code, chinese):
            return code
    raise UserMistake(f"没有「{word}」这种方式，请用：{'、'.join(words.values())}。")

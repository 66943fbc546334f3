"""The passphrase of the stick's copies: words that can be read from a slip of paper and typed on any keyboard.

ASCII only, since other tools disagree about anything else (ecosystem.md §6).
"""

from __future__ import annotations

import secrets

SHORTEST = 12
_WORDS = 4
_TAILS = {
    "j q x": "i ia ian iang iao ie in ing iu u uan ue un",
    "b p m": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "f": "a an ang ei en eng o u",
    "d t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n l": "a ai an ang ao e ei eng i ian iang iao ie in ing iu ong ou u uan uo",
    "g k h": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "zh ch sh r z c s": "an ang ao e en eng i ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = tuple(
    sorted({head + tail for heads, tails in _TAILS.items() for head in heads.split() for tail in tails.split()})
)
"""Syllables of 拼音, as everyone here can spell them."""


def generated() -> str:
    """Four random words of two syllables each, joined by hyphens: more than 60 bits of chance."""
    return "-".join(secrets.choice(SYLLABLES) + secrets.choice(SYLLABLES) for _ in range(_WORDS))


def mistake_in(typed: str) -> str | None:
    """What is wrong with a passphrase that the user made up; None where it can be used."""
    if not typed.isascii() or not typed.isprintable():
        return "口令只能用英文字母、数字和键盘上的符号，请切换到英文再输"
    if len(typed) < SHORTEST:
        return f"口令太短，容易被试出来；请至少写 {SHORTEST} 个字符，四个词最好"
    if typed != typed.strip():
        return "口令开头或末尾有空格，容易抄漏，请去掉"
    if len(set(typed)) < 5:
        return "口令里重复的字符太多，容易被猜到，请换一个"
    return None


def slip(branch: str, passphrase: str, made_on: str) -> str:
    """The paper slip: the passphrase and the way back, to be printed and kept apart from the stick."""
    return f"""{branch}　台账备份口令　　{made_on} 写

口令：{passphrase}

这张纸请打印或抄写，和账本、U盘分开保管（例如放在支部档案柜）。
口令丢了，U盘上的备份谁也打不开，包括本程序的作者。

怎样恢复：
1. 换了电脑：装好主题党日台账，打开后选「恢复备份」，插上U盘，
   选最新的一代，输入上面的口令。已有账本时在总菜单里选「备份」。
2. 没有本程序：用 7-Zip 打开U盘上 BK- 开头的 zip 文件，输入口令，
   取出 book.db，它是 SQLite 数据库，有关软件都能打开。
"""

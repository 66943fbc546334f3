"""Names in pinyin: surname readings, initials, and finding a person by letters or characters.

A reading is lower-case syllables with one blank between them, ``shan guo qiang``; what has no reading stands as itself.
"""

import re
import unicodedata
from collections.abc import Iterable

from partyday_tui.rules.text import same_name_key

# Readings that a general pinyin table gets wrong or a surname fixes (ecosystem.md §2, domain.md §3.4).
_TABLE = """
单 shan 仇 qiu 解 xie 曾 zeng 区 ou 查 zha 朴 piao 盖 ge 华 hua 任 ren 翟 zhai 缪 miao 乐 yue 覃 qin 洗 xian 冼 xian
种 chong 繁 po 秘 bi 黑 hei 折 she 员 yun 祭 zhai 逄 pang 贠 yun 隗 wei 燕 yan 宁 ning 訾 zi 牟 mu 那 na 召 shao
晁 chao 纪 ji 过 guo 教 jiao 句 gou 阚 kan 哈 ha 车 che 石 shi 卜 bu 薄 bo 柏 bai 都 du 葛 ge 尹 yin 沈 shen
盛 sheng 藏 zang 谌 chen 郇 xun 佴 nai 应 ying 幺 yao 撒 sa 相 xiang 洪 hong 贾 jia 褚 chu 仉 zhang 俞 yu 谭 tan
能 nai 角 jue 乜 nie 曲 qu 谷 gu 尉 wei 强 qiang 瞿 qu 尉迟 yu,chi 万俟 mo,qi 单于 chan,yu 长孙 zhang,sun
令狐 ling,hu 澹台 tan,tai 夏侯 xia,hou 欧阳 ou,yang 司马 si,ma 上官 shang,guan 诸葛 zhu,ge 司徒 si,tu 司空 si,kong
东方 dong,fang 东郭 dong,guo 独孤 du,gu 南宫 nan,gong 皇甫 huang,fu 公孙 gong,sun 慕容 mu,rong 宇文 yu,wen
轩辕 xuan,yuan 钟离 zhong,li 闾丘 lv,qiu 鲜于 xian,yu 申屠 shen,tu 太史 tai,shi 端木 duan,mu 呼延 hu,yan
濮阳 pu,yang 淳于 chun,yu 公冶 gong,ye 宗政 zong,zheng 赫连 he,lian 拓跋 tuo,ba 西门 xi,men 左丘 zuo,qiu
亓官 qi,guan 仲孙 zhong,sun 公羊 gong,yang 谷梁 gu,liang 乐正 yue,zheng 梁丘 liang,qiu 段干 duan,gan 漆雕 qi,diao
颛孙 zhuan,sun 巫马 wu,ma 完颜 wan,yan 纳兰 na,lan 叶赫 ye,he
"""
_WORDS = _TABLE.split()
SURNAME_READINGS: dict[str, str] = {
    surname: reading.replace(",", " ") for surname, reading in zip(_WORDS[::2], _WORDS[1::2], strict=True)
}

_LETTERS = re.compile(r"[a-z]+")


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name, a compound surname first; a name with a middle dot has no surname: ``("", name)``."""
    if "·" in name or not name:
        return "", name
    width = 2 if name[:2] in SURNAME_READINGS and len(name) >= 2 else 1
    return name[:width], name[width:]


def initials_of(reading: str) -> str:
    """``sgq`` from ``shan guo qiang``."""
    return "".join(syllable[0] for syllable in reading.split())


def find_rank(query: str, name: str, reading: str) -> int | None:
    """How well a query fits a person: 0 the whole name, 1 its beginning, 2 a later part, None not at all.

    Letters are initials, full pinyin or a mix (``zjf``, ``zhangjianfang``, ``zhangjf``): each stretch begins the next
    syllable. Characters may stand anywhere in the name. Full-width letters, capitals, blanks, apostrophes are folded.
    """
    key = _query_key(query)
    if not key:
        return None
    pattern = _letters_pattern(key)
    if pattern is None:
        return _characters_rank(key, same_name_key(name))
    return _letters_rank(pattern, f" {_reading_key(reading)}")


class Finder:
    """Finds people by what is typed, over keys made once: 5,000 names answer within a few milliseconds per key."""

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        """``people``: (name, reading) in the order of the list; answers are positions in it."""
        pairs = list(people)
        self._names = [same_name_key(name) for name, _ in pairs]
        self._readings = [f" {_reading_key(reading)}" for _, reading in pairs]
        self._by_letter: dict[str, list[int]] = {}
        for position, reading in enumerate(self._readings):
            for letter in {syllable[0] for syllable in reading.split()}:
                self._by_letter.setdefault(letter, []).append(position)

    def find(self, query: str) -> list[int]:
        """Positions of those who fit, best first, in list order within one rank; everyone for an empty query."""
        key = _query_key(query)
        if not key:
            return list(range(len(self._names)))
        pattern = _letters_pattern(key)
        ranks: Iterable[tuple[int, int | None]]
        if pattern is None:
            ranks = ((position, _characters_rank(key, name)) for position, name in enumerate(self._names))
        else:
            near = self._by_letter.get(key[0], ())
            ranks = ((position, _letters_rank(pattern, self._readings[position])) for position in near)
        return [position for _, position in sorted((rank, position) for position, rank in ranks if rank is not None)]


def _query_key(query: str) -> str:
    return same_name_key(query).replace("'", "").replace("’", "").replace("ü", "v")


def _reading_key(reading: str) -> str:
    return unicodedata.normalize("NFKC", reading).casefold().replace("ü", "v")


def _letters_pattern(key: str) -> re.Pattern[str] | None:
    """After each letter the syllable goes on, or the rest of it is skipped and the next one begins."""
    if not _LETTERS.fullmatch(key):
        return None
    return re.compile(" " + "(?:[^ ]* )?".join(key))


def _letters_rank(pattern: re.Pattern[str], reading: str) -> int | None:
    if found := pattern.match(reading):
        return 1 if " " in reading[found.end() :] else 0
    return 2 if pattern.search(reading) else None


def _characters_rank(key: str, name: str) -> int | None:
    at = name.find(key)
    if at < 0:
        return None
    if at > 0:
        return 2
    return 0 if key == name else 1

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.text import clean_block, clean_line, clean_name, same_name_key

UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
BREAKS = dict.fromkeys("\x85\u2028\u2029", " ")


def test_every_code_point_leaves_the_gate_harmless_and_is_either_kept_or_named():
    last_used, private = 0x40000, 0xE0000  # between them nothing is assigned: one block in sixteen will do
    used = (*range(0, last_used, 64), *range(private, private + 0x10000, 64))
    unused = (*range(last_used, private, 1024), *range(private + 0x10000, sys.maxunicode + 1, 1024))
    for start in (*used, *unused):
        chars = [chr(point) for point in range(start, start + 64)]
        cleaned = clean_line("".join(f"张{char}" for char in chars))
        assert not any(unicodedata.category(left) in UNSAFE for left in cleaned.text), hex(start)
        kept = (char if f"U+{ord(char):04X}" not in cleaned.removed else BREAKS.get(char, "") for char in chars)
        together = "".join(f"张{char}" for char in kept)
        assert cleaned.text.split() == unicodedata.normalize("NFC", together).split(), hex(start)


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(raw: str):
    for clean in (clean_name, clean_line, clean_block):
        once = clean(raw)
        again = clean(once.text)
        assert (again.text, again.removed) == (once.text, ())


@pytest.mark.parametrize(
    ("raw", "text", "removed"),
    [
        ("张三", "张三", ()),
        ("  张三\u3000", "张三", ()),
        ("仇  伟", "仇伟", ()),
        ("仇\u3000伟", "仇伟", ()),
        ("欧阳 修文", "欧阳 修文", ()),
        ("Maria  Li", "Maria Li", ()),
        ("阿依古丽•买买提", "阿依古丽·买买提", ()),
        ("阿依古丽 ‧ 买买提", "阿依古丽·买买提", ()),
        ("阿依古丽．买买提", "阿依古丽·买买提", ()),
        ("阿依古丽.买买提", "阿依古丽·买买提", ()),
        ("J.Smith", "J.Smith", ()),
        ("张[/foo]三", "张[/foo]三", ()),
        ("=1+1", "=1+1", ()),
        ("[@click=app.quit]x", "[@click=app.quit]x", ()),
        ("张\u202e三", "张三", ("U+202E",)),
        ("张\x1b]52;c;x\x07三", "张]52;c;x三", ("U+001B", "U+0007")),
        ("张\x00\x9b三\x00", "张三", ("U+0000", "U+009B")),
        ("张\ud800三", "张三", ("U+D800",)),
        ("张\u200b三", "张三", ("U+200B",)),
        ("张\u3164三", "张三", ("U+3164",)),
        ("e\u0301\u0302\u0303\u0304", "é\u0302\u0303", ("U+0304",)),
        ("\u0301张三", "张三", ("U+0301",)),
    ],
)
def test_names(raw: str, text: str, removed: tuple[str, ...]):
    cleaned = clean_name(raw)
    assert (cleaned.text, cleaned.removed) == (text, removed)
    assert cleaned.problem is None


@pytest.mark.parametrize("char", ["𠮷", "\U0002ebf0", "\U00031350", "\U000323b0", "\ue000", "\U000f0000"])
def test_rare_characters_of_real_names_are_kept_and_flagged(char: str):
    cleaned = clean_name(f"吴{char}")
    assert (cleaned.text, cleaned.removed, cleaned.flagged) == (f"吴{char}", (), (char,))


def test_common_characters_are_not_flagged():
    assert clean_name("㛃䶮").flagged == ()


@pytest.mark.parametrize("raw", ["", "   ", "\u200b\u202e", "\u3164"])
def test_a_name_that_shows_nothing_is_a_problem(raw: str):
    assert clean_name(raw).problem == "姓名是空的，请填写姓名。"


@pytest.mark.parametrize(
    ("clean", "limit"), [(clean_name, 40), (clean_line, 200), (clean_block, 20_000)], ids=["name", "line", "block"]
)
def test_too_long_is_named_and_never_cut(clean, limit: int):
    assert clean("字" * limit).problem is None
    over = clean("字" * (limit + 1))
    assert over.text == "字" * (limit + 1)
    assert over.problem is not None and str(limit) in over.problem


def test_a_block_keeps_its_lines():
    assert clean_block("\r\n 第一 行 \r\n\r\n第\t二行\x07\r").text == "第一 行\n\n第 二行"
    assert clean_line("第一\n第二").text == "第一 第二"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("仇  伟", "仇伟"),
        ("阿依古丽·买买提", "阿依古丽•买买提"),
        ("阿依古丽·买买提", "阿依古丽．买买提"),
        ("Ｌｉ", "li"),
        ("葛\U000e0100", "葛"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str):
    assert same_name_key(one) == same_name_key(other)


def test_different_names_differ_in_key():
    assert same_name_key("王建国") != same_name_key("王建囯")

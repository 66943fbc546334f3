"""What leaves for a terminal: literal, and nothing in it steers."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.literal import escaped, literal, on_one_line

ANY_TEXT = st.text(st.characters(), max_size=60)  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("张三\t第一组\n共1人\n", "张三\t第一组\n共1人\n"),
        ("张[/foo]三 =1+1 $(x) %s", "张[/foo]三 =1+1 $(x) %s"),
        ("王·买买提 “学习强国”—①…", "王·买买提 “学习强国”—①…"),
        ("张\x1b[2J三", "张〓[2J三"),
        ("\x1b]0;pwn\x07", "〓]0;pwn〓"),
        ("甲\r乙\b丙\x9b31m\x7f", "甲〓乙〓丙〓31m〓"),
        ("柳\u202e湾\u200b村\ufeff", "柳〓湾〓村〓"),
        ("d\udcff.zip", "d〓.zip"),
        ("甲\u2028乙", "甲 乙"),
    ],
)
def test_a_text_is_literal_for_a_terminal(text, seen):
    assert literal(text) == seen


@given(ANY_TEXT)
def test_nothing_that_steers_is_left_and_it_can_be_written(text):
    seen = literal(text)
    assert not {char for char in seen if unicodedata.category(char)[0] == "C"} - {"\n", "\t"}
    assert seen.encode("utf-8").decode("utf-8") == seen


@given(ANY_TEXT)
def test_json_reads_the_same_with_what_steers_escaped(text):
    written = escaped(json.dumps({text: [text]}, ensure_ascii=False, indent=2))
    assert json.loads(written) == {text: [text]}
    assert not {char for char in written if unicodedata.category(char)[0] == "C"} - {"\n"}


def test_a_quoted_line_break_makes_no_line():
    assert on_one_line("没有 甲\n文件完好：\r\n乙") == "没有 甲 文件完好： 乙"

"""The fields of the record pass the gate."""

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_record import BLOCK_LIMITS, DATES, FIELD_WORDS, TEXT_LIMITS, clean_record, clean_text


@pytest.mark.parametrize(
    ("name", "raw", "kept"),
    [
        ("host", " 罗有秀\u202e ", "罗有秀"),
        ("notice_on", "2026年11月1日", "2026-11-01"),
        ("notice_on", "", None),
        ("minutes", "\n第一行\r\n第二行\n", "第一行\n第二行"),
        ("chosen_theme", "[/foo]", "[/foo]"),
    ],
)
def test_a_field_is_cleaned(name, raw, kept):
    assert clean_record({name: raw}) == {name: kept}


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("recorder", "名" * 41, "最多 40 个字"),
        ("notice_on", "2026-11", "写到哪一天"),
        ("notice_on", "2026-02-30", "没有「2026-02-30」这一天"),
        ("minutes", "长" * 20_001, "最多 20000 个字"),
    ],
)
def test_a_field_that_cannot_be_is_refused(name, raw, words):
    with pytest.raises(UserMistake, match=words):
        clean_record({name: raw})


def test_every_field_has_its_word():
    assert set(FIELD_WORDS) == {*TEXT_LIMITS, *BLOCK_LIMITS, *DATES}


def test_a_required_text_is_asked_for():
    with pytest.raises(UserMistake, match="「讲课人」还没有填"):
        clean_text("  ", "讲课人", 40, required=True)

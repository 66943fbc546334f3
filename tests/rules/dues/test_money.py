"""Yuan as people write them, exactly in fen; and no float anywhere near money."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partyday_tui
from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import capitals, fen_from_number, fen_from_yuan, yuan

SRC = Path(partyday_tui.__file__).parent


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("19.99", 1999),
        ("0.5", 50),
        ("0.20", 20),
        ("1", 100),
        ("1,200", 120_000),
        ("12,345.67", 1_234_567),
        (" 11.73元 ", 1173),
        ("５.５", 550),
        ("¥3", 300),
        ("-0.5", -50),
        ("2.500", 250),
        ("0", 0),
        ("9999999999.99", 999_999_999_999),
    ],
)
def test_an_amount_is_read_exactly(text, fen):
    assert fen_from_yuan(text) == fen


@pytest.mark.parametrize(
    "text", ["", "五元", "1.234", "0.001", "1e3", "nan", "1..2", "1,20", "--1", "10000000000", "١.٢", ".5", "5."]
)
def test_what_is_no_amount_is_refused_with_the_next_step(text):
    with pytest.raises(UserMistake) as refused:
        fen_from_yuan(text)
    assert refused.value.sentence.count("。") == 1


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_text_and_fen_are_two_forms_of_one_amount(fen):
    assert fen_from_yuan(yuan(fen)) == fen
    assert fen_from_number(Decimal(yuan(fen))) == fen


def test_a_number_smaller_than_a_fen_is_none():
    assert fen_from_number(Decimal("1.005")) is None


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (50, "伍角整"),
        (5, "伍分"),
        (1173, "壹拾壹元柒角叁分"),
        (1005, "壹拾元零伍分"),
        (26_400, "贰佰陆拾肆元整"),
        (100_000, "壹仟元整"),
        (100_100, "壹仟零壹元整"),
        (1_000_000, "壹万元整"),
        (1_000_100, "壹万零壹元整"),
        (1_050_000, "壹万零伍佰元整"),
        (10_010_000_00, "壹仟零壹万元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (-50, "负伍角整"),
        (1_010, "壹拾元壹角整"),
    ],
)
def test_capital_characters_as_on_a_receipt(fen, words):
    assert capitals(fen) == words


def _sources():
    return [*(SRC / "rules" / "dues").glob("*.py"), *(SRC / "store").glob("*.py")]


@pytest.mark.parametrize("path", _sources(), ids=lambda path: path.name)
def test_no_float_in_the_rules_of_dues_and_in_the_store(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float | complex)), ast.dump(node)
        assert not (isinstance(node, ast.Name) and node.id == "float")
        assert not isinstance(getattr(node, "op", None), ast.Div), f"line {node.lineno}: / makes a float"


def test_the_schema_of_money_has_no_real():
    text = (SRC / "store" / "migrations" / "0002_dues.sql").read_text("utf-8").upper()
    assert " REAL" not in text and "FLOAT" not in text and "DOUBLE" not in text
    assert text.count("CREATE TABLE") == text.count(") STRICT;")

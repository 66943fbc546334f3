"""The sheet 上报数据 says the figures exactly, and what is not figures is refused in a sentence, whatever it is."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import region
from tests.region import OCTOBER

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import LIMIT_FEN
from partyday_tui.rules.figures import COUNTS, HEADS, MONEY, MOST, Figures, figures_of, rows_of, together
from partyday_tui.rules.month import Month

FIGURES = replace(region.FIGURES, book_key="0123456789abcdef" * 2, remitted_fen=-50)


def sheet(**changed):
    """The rows of a sheet under a title, with the values of some keys changed; None takes a row out."""
    rows = [(title, changed.get(key, value), key) for title, value, key in rows_of(FIGURES)]
    return [("上报数据", "", ""), HEADS, *(row for row in rows if row[1] is not None)]


names = st.text("柳湾村党支部=+@[b]1a ·（）", min_size=1, max_size=40).map(lambda text: " ".join(text.split()) or "甲")
counts = st.integers(0, MOST)
months = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@st.composite
def figures(draw):
    first, last = sorted((draw(months), draw(months)))
    came, deducted, rest = (draw(st.integers(0, MOST // 3)) for _ in range(3))
    heads = {"expected": came + deducted + rest, "came": came, "deducted": deducted}
    return Figures(
        book_key=draw(st.text("0123456789abcdef", min_size=32, max_size=32)),
        branch=draw(names),
        superior=draw(names | st.just("")),
        preset=draw(names | st.just("")),
        first=first,
        last=last,
        made_on=draw(st.dates(date(1900, 1, 1), date(2200, 1, 1))),
        revision=draw(counts),
        due_fen=draw(st.integers(0, LIMIT_FEN - 1)),
        **{key: draw(st.integers(1 - LIMIT_FEN, LIMIT_FEN - 1)) for key in ("collected_fen", "remitted_fen")},
        **{key: draw(counts) for key in COUNTS if key not in heads},
        **heads,
    )


@settings(max_examples=40)
@given(figures(), st.lists(st.tuples(st.text(), st.integers() | st.text(), st.text("xyz_", min_size=1))))
def test_the_rows_hold_the_figures_exactly_also_when_a_sheet_makes_every_number_a_float(it, unknown):
    rows = rows_of(it)
    assert figures_of([HEADS, *unknown, *rows]) == it
    as_read = [[title, float(value) if isinstance(value, int) else value, key] for title, value, key in rows]
    assert figures_of([["上报数据"], list(HEADS), *reversed(as_read)]) == it


def test_the_version_stands_first_and_the_keys_are_those_of_every_program():
    assert rows_of(FIGURES)[0] == ("格式版本", 1, "version")
    assert [key for _, _, key in rows_of(FIGURES)] == [
        "version", "book_key", "branch", "superior", "preset", "first", "last", "made_on", "revision", "planned", "held", "called",
        "expected", "came", "deducted", "open_cases", "reviews", "overdue", "due_yuan", "collected_yuan", "remitted_yuan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", None),
        ("version", 0),
        ("version", "1"),
        ("book_key", None),
        ("book_key", "甲"),
        ("book_key", "0123456789ABCDEF" * 2),
        ("book_key", 12345678901234567890123456789012),
        ("branch", None),
        ("branch", ""),
        ("branch", "\u202e\u200b"),
        ("branch", "村" * 81),
        ("branch", "村" * 1_000_000),
        ("branch", 1.0),
        ("superior", True),
        ("first", "2026-13"),
        ("first", "0000-01"),
        ("first", "２０２６-01"),
        ("first", date(2026, 10, 1)),
        ("first", "2026-11"),
        ("last", "2026-09"),
        ("made_on", "2026-02-30"),
        ("made_on", "20261102"),
        ("made_on", "=TODAY()"),
        ("made_on", datetime(2026, 11, 2)),
        ("revision", -1),
        ("planned", 1.5),
        ("planned", True),
        ("planned", "1"),
        ("planned", "=1+1"),
        ("planned", 10**30),
        ("planned", 1e308),
        ("planned", float("inf")),
        ("planned", float("nan")),
        ("held", MOST + 1),
        ("held", ""),
        ("held", b"1"),
        ("came", 32),
        ("due_yuan", -0.01),
        ("due_yuan", 0.001),
        ("due_yuan", "12.50"),
        ("collected_yuan", 1e300),
        ("collected_yuan", float("-inf")),
        ("remitted_yuan", LIMIT_FEN / 100),
        ("remitted_yuan", None),
    ],
)
def test_a_value_that_no_program_writes_is_refused_with_the_next_step(key, value):
    with pytest.raises(UserMistake) as refused:
        figures_of(sheet(**{key: value}))
    assert refused.value.sentence.endswith("。") and "重新做一份资料包" in refused.value.sentence
    assert len(refused.value.sentence) < 80


@pytest.mark.parametrize("version", [2, 99, 2.0])
def test_a_newer_version_is_named_before_anything_else_is_looked_at(version):
    with pytest.raises(UserMistake, match="更新版本"):
        figures_of([HEADS, ("格式版本", version, "version"), ("别的", "=1", "strange")])


@pytest.mark.parametrize(
    "rows",
    [[], [[]], [("项目", "数值")], [("名册",), ("张三", 1, "held")], [("数值", "项目", "代号")], [(None,) * 3] * 1000],
    ids=["nothing", "a blank row", "two heads", "no heads", "other heads", "blanks"],
)
def test_a_sheet_without_the_heads_is_refused(rows):
    with pytest.raises(UserMistake, match="没有项目、数值、代号三栏"):
        figures_of(rows)


def test_an_item_said_twice_is_refused():
    with pytest.raises(UserMistake, match="「实到（人次）」写了两次"):
        figures_of([*sheet(), ("实到（人次）", 30, "came")])


def test_names_pass_the_cleaning_gate():
    assert figures_of(sheet(branch=" 柳湾\u202e村\n党支部 ")).branch == "柳湾村 党支部"


def test_rates_are_over_all_heads_and_none_without_heads():
    other = replace(FIGURES, expected=8, came=0, deducted=8)
    both = together([FIGURES, other], OCTOBER, OCTOBER)
    assert (FIGURES.rate, FIGURES.rate_after_deductions) == (30 / 42, 30 / 31)
    assert (other.rate, other.rate_after_deductions) == (0, None)
    assert (both.rate, both.rate_after_deductions) == (30 / 50, 30 / 31)
    assert together([], OCTOBER, OCTOBER).rate is None


@settings(max_examples=20)
@given(st.lists(figures(), max_size=4))
def test_the_sums_of_a_region_are_those_of_its_branches(found):
    sums = together(found, OCTOBER, OCTOBER)
    for key in (*COUNTS, *MONEY):
        assert getattr(sums, key) == sum(getattr(it, key) for it in found)

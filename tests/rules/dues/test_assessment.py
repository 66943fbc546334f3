"""The vectors of domain.md §2.a, the village of D9, rounding, parts and jumps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui import paths
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.rules.dues.assessment import Part, assess, base_of, part_from_text, rate_words
from partyday_tui.rules.dues.money import fen_from_yuan
from partyday_tui.rules.dues.rates import CODES, category_of, read_rates
from partyday_tui.rules.dues.settings import ROUNDING_WORDS, Rounding

DAY = date(2026, 1, 1)
TEXT = paths.dues_rates().read_text("utf-8")
RATES = read_rates(TEXT, "rates.toml")


def monthly(category, base, *, rounding="fen_half_up", farmer=50, on=DAY):
    base_fen = None if base is None else fen_from_yuan(base)
    return assess(RATES, category, base_fen, on, rounding=Rounding(rounding), farmer_fen=farmer)


@pytest.mark.parametrize(
    ("category", "base", "fen"),
    [
        ("wage", "2345.67", 1173),
        ("wage", "3000", 1500),
        ("wage", "3000.01", 3000),
        ("wage", "5000", 5000),
        ("wage", "5000.01", 7500),
        ("wage", "10000", 15000),
        ("wage", "10000.01", 20000),
        ("wage", "50000", 100000),
        ("wage", "60000", 120000),
        ("annual_salary", "10000.01", 20000),
        ("self_employed", "5000", 5000),
        ("retired", "3215", 1608),
        ("retired", "5000", 2500),
        ("retired", "5000.01", 5000),
        ("farmer", None, 50),
        ("student", None, 20),
        ("unemployed", None, 20),
        ("relief", None, 20),
        ("wage", "0", 0),
    ],
)
def test_the_vectors(category, base, fen):
    assert monthly(category, base).monthly_fen == fen


def test_the_village_of_d9():
    assert 44 * 12 * monthly("farmer", None).monthly_fen == 26_400


@pytest.mark.parametrize(
    ("rounding", "fen"),
    [
        ("fen_half_up", 1173),
        ("fen_up", 1173),
        ("fen_down", 1172),
        ("jiao_half_up", 1170),
        ("jiao_up", 1180),
        ("jiao_down", 1170),
        ("yuan_half_up", 1200),
        ("yuan_up", 1200),
        ("yuan_down", 1100),
    ],
)
def test_rounding_is_a_setting(rounding, fen):
    assert monthly("wage", "2345.67", rounding=rounding).monthly_fen == fen
    assert rounding in ROUNDING_WORDS


@given(st.integers(0, 10**9), st.sampled_from((50, 100, 150, 200)), st.sampled_from(sorted(ROUNDING_WORDS)))
def test_rounding_stays_within_one_unit_of_the_exact_share(base_fen, rate, written):
    unit = {"fen": 1, "jiao": 10, "yuan": 100}[written.split("_")[0]]
    off = Rounding(written).of(base_fen, rate) * 10_000 - base_fen * rate
    whole = 10_000 * unit
    low, high = {"half_up": (1 - whole // 2, whole // 2), "up": (0, whole - 1), "down": (1 - whole, 0)}[
        written.split("_", 1)[1]
    ]
    assert low <= off <= high
    assert Rounding(written).of(base_fen, rate) % unit == 0


def test_the_jump_at_an_edge_is_told():
    above = monthly("wage", "3000.01")
    assert above.bracket == "3000 元以上至 5000 元（含），全额按 1%"
    assert "3000 元整每月交 15.00 元" in above.jump and "交 30.00 元" in above.jump
    assert monthly("wage", "3000").jump == ""
    assert monthly("wage", "20000").bracket == "10000 元以上，全额按 2%"


def test_more_than_a_thousand_a_month_is_asked_about_and_not_cut():
    assert monthly("wage", "50000").warnings == ()
    (warning,) = monthly("wage", "50000.01", rounding="yuan_up").warnings
    assert "一般不超过1000元" in warning


def test_a_base_is_needed_where_a_rate_decides():
    with pytest.raises(UserMistake, match="要有月收入"):
        monthly("wage", None)
    with pytest.raises(UserMistake, match="负数"):
        monthly("retired", "-1")


def test_a_local_rate_out_of_the_notice_is_told():
    assert monthly("farmer", None, farmer=100).warnings == ()
    assert "0.20 至 1.00" in monthly("farmer", None, farmer=150).warnings[0]


def test_before_the_first_notice_there_is_no_table():
    with pytest.raises(UserMistake, match="2008-04-01"):
        monthly("wage", "3000", on=date(2008, 3, 31))
    assert monthly("wage", "3000", on=date(2008, 4, 1)).monthly_fen == 1500


def test_every_block_names_its_notice_its_article_and_how_far_it_was_checked():
    blocks = (*RATES.tables, *RATES.bases, *RATES.reliefs)
    for block in blocks:
        grounds = block.grounds
        assert grounds.sentence and grounds.notice.number and block.holds_from >= date(2008, 4, 1)
        assert grounds.article or grounds.checked == "quoted", "an article is named where the text was read"
        assert ("未见原文" in str(grounds)) == (grounds.checked == "quoted")
    assert {code for table in RATES.tables for code in table.categories} == set(CODES)
    assert {code for relief in RATES.reliefs for code in relief.categories} == set(CODES)
    assert "不包括津补贴" in RATES.base("retired", DAY).grounds.sentence
    assert "不包括津补贴" not in RATES.base("retired", date(2016, 1, 1)).grounds.sentence


def test_a_notice_of_which_only_the_year_is_known_says_so():
    old, new = RATES.base("retired", date(2016, 1, 1)).grounds.notice, RATES.base("retired", DAY).grounds.notice
    assert old.since == "2008-04-01 起执行"
    assert not new.day_known and new.since == "2017 年起执行，起始的月日没有查到，程序从 1 月 1 日算"


@pytest.mark.parametrize(
    ("category", "on", "by"),
    [
        ("retired", DAY, "branch"),
        ("retired", date(2016, 12, 31), "superior"),
        ("wage", DAY, "superior"),
        ("farmer", DAY, "superior"),
    ],
)
def test_who_agrees_to_less(category, on, by):
    assert RATES.relief(category, on).by == by


@pytest.mark.parametrize(
    ("text", "code"),
    [("在职", "wage"), ("wage", "wage"), ("个体工商户", "self_employed"), ("低保抚恤", "relief"), ("退休", "retired")],
)
def test_a_category_is_known_by_its_usual_words(text, code):
    assert category_of(text) == code


@pytest.mark.parametrize("text", ["", "外星人"])
def test_an_unknown_category_is_refused_with_the_list(text):
    with pytest.raises(UserMistake, match="在职、年薪、个体"):
        category_of(text)


def test_a_base_from_its_parts():
    said = [
        "岗位工资=3000",
        "薪级工资=1200.5",
        "奖励性绩效=800",
        "取暖费=300",
        "养老保险=400",
        "-扶贫=10",
        "+夜班费=20",
    ]
    parts = [part_from_text(RATES, text, DAY) for text in said]
    assert [part.effect for part in parts] == [
        "counts",
        "counts",
        "left_out",
        "left_out",
        "taken_off",
        "taken_off",
        "counts",
    ]
    assert base_of(parts) == 300_000 + 120_050 - 40_000 - 1_000 + 2_000


@pytest.mark.parametrize("text", ["岗位工资", "=5", "神秘费=5", "岗位工资=-5", "岗位工资=1.234"])
def test_a_part_that_cannot_be_read_is_refused(text):
    with pytest.raises(UserMistake):
        part_from_text(RATES, text, DAY)


def test_more_taken_off_than_counted_is_refused():
    with pytest.raises(UserMistake, match="超过计入"):
        base_of([Part("岗位工资", "counts", 100), Part("所得税", "taken_off", 101)])


@pytest.mark.parametrize(("rate", "words"), [(50, "0.5%"), (100, "1%"), (150, "1.5%"), (2000, "20%"), (5, "0.05%")])
def test_a_rate_in_words(rate, words):
    assert rate_words(rate) == words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('notice = "2008-3"', 'notice = "2099-1"'),
        ("up_to_fen = 500000, rate = 100", "up_to_fen = 200000, rate = 100"),
        ('"farmer"', '"farmers"'),
        ("[[table]]", "[[table"),
        ('checked = "text"\nsentence', 'checked = "surely"\nsentence'),
    ],
)
def test_a_faulty_file_of_rates_is_named(old, new):
    with pytest.raises(PartydayError, match=r"rates\.toml"):
        read_rates(TEXT.replace(old, new, 1), "rates.toml")

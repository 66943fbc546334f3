from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.partial_date import PartialDate, parse_partial_date


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("1972年7月", "1972-07"),
        ("1972年07月", "1972-07"),
        ("1972年07", "1972-07"),
        ("1972年七月", "1972-07"),
        ("1972年元月", "1972-01"),
        ("一九七二年七月一日", "1972-07-01"),
        ("二〇〇五年十二月三十一日", "2005-12-31"),
        ("二○一○年十月二十日", "2010-10-20"),
        ("1972年7.1", "1972-07-01"),
        ("1972.7月", "1972-07"),
        ("1972-7-1日", "1972-07-01"),
        ("1972·7·1", "1972-07-01"),
        ("1972 1 1", "1972-01-01"),
        ("1972 11", "1972-11"),
        ("1972年7月1日", "1972-07-01"),
        ("1972 年 7 月 1 日", "1972-07-01"),
        ("1972年", "1972"),
        ("1972", "1972"),
        ("197207", "1972-07"),
        ("19720701", "1972-07-01"),
        ("1972.7.1", "1972-07-01"),
        ("1972.07", "1972-07"),
        ("1972.1", "1972-01"),
        ("1972-7-1", "1972-07-01"),
        ("1972/7", "1972-07"),
        ("1972/7/1", "1972-07-01"),
        ("1972。7。1", "1972-07-01"),
        ("１９７２．７．１", "1972-07-01"),
        ("１９７２年７月", "1972-07"),
        (" 1972-07-01 00:00:00 ", "1972-07-01"),
        ("1972-07-01T00:00:00", "1972-07-01"),
        ("2000-02-29", "2000-02-29"),
        (date(1972, 7, 1), "1972-07-01"),
        (datetime(1972, 7, 1, 8, 30), "1972-07-01"),
        (197207, "1972-07"),
        (197207.0, "1972-07"),
        (19720701, "1972-07-01"),
        (1972, "1972"),
        (1972.7, "1972-07"),
        (1972.12, "1972-12"),
        (26481, "1972-07-01"),
        (26481.75, "1972-07-01"),
    ],
)
def test_reads_what_rosters_hold(value: object, iso: str):
    assert parse_partial_date(value).iso == iso


@pytest.mark.parametrize(
    "value",
    [
        "72年7月",
        "72.7.1",
        "7/1/1972",
        "1972.7-8",
        "1972年7-8月",
        "1972年7月、8月",
        "1972年三十月",
        "七月",
        "1972-02-30",
        "1900-02-29",
        "1972年13月",
        "1972-07-00",
        "197213",
        "720701",
        "26481",
        "1972.7-1",
        "无",
        "",
        "每月",
        "١٩٧٢-٧-١",
        "9999-01-01",
        1972.1,
        5,
        -26481,
        float("nan"),
        float("inf"),
        1e18,
        True,
        None,
        [],
    ],
)
def test_refuses_with_a_sentence_and_the_next_step(value: object):
    with pytest.raises(UserMistake) as refused:
        parse_partial_date(value)
    assert refused.value.sentence.endswith("。")
    assert "请" in refused.value.sentence


def test_january_or_october_is_asked():
    with pytest.raises(UserMistake, match="10月"):
        parse_partial_date(1972.1)


def test_a_two_digit_year_is_named_as_such():
    with pytest.raises(UserMistake, match="四位"):
        parse_partial_date("72.7.1")


def test_order_is_by_time_and_the_vaguer_comes_first():
    dates = [PartialDate(1972), PartialDate(1972, 7), PartialDate(1972, 7, 1), PartialDate(1972, 10)]
    assert sorted([dates[2], dates[0], dates[3], dates[1]]) == dates
    assert PartialDate(1972) <= PartialDate(1972) < PartialDate(1973)


def test_labels_keep_the_precision():
    labels = [PartialDate(1972).label, PartialDate(1972, 7).label, PartialDate(1972, 7, 1).label]
    assert labels == ["1972年", "1972年7月", "1972年7月1日"]


def test_first_day_month_and_agreement():
    assert PartialDate(1972, 7).first_day() == date(1972, 7, 1)
    assert PartialDate(1972).first_day() == date(1972, 1, 1)
    assert PartialDate(1972, 7).matches_month(7)
    assert not PartialDate(1972).matches_month(1)
    assert PartialDate(1972, 7).agrees_with(date(1972, 7, 31))
    assert not PartialDate(1972, 7, 1).agrees_with(date(1972, 7, 31))


@pytest.mark.parametrize("parts", [(1972, 13, 1), (1972, 2, 30), (1972, None, 1), (0, 1, 1)])
def test_an_impossible_date_cannot_be_made(parts: tuple[int, int | None, int | None]):
    with pytest.raises(ValueError):
        PartialDate(*parts)


@given(st.dates(date(1927, 5, 18), date(2099, 12, 31)))
def test_every_day_survives_each_way_of_writing_it(day: date):
    serial = (day - date(1899, 12, 30)).days
    for value in (day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}", serial, float(serial)):
        assert parse_partial_date(value).first_day() == day
    assert PartialDate.from_iso(day.isoformat()).iso == day.isoformat()
    assert PartialDate.from_iso(day.isoformat()[:7]) <= parse_partial_date(day) < parse_partial_date(day + timedelta(1))


@pytest.mark.parametrize("text", ["1972-7", "1972-07-01x", "", "72"])
def test_the_books_own_form_is_read_strictly(text: str):
    with pytest.raises(ValueError):
        PartialDate.from_iso(text)

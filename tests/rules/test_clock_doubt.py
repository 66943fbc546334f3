"""When the clock is not believed."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from rich.cells import cell_len

from partyday_tui import RELEASED_ON
from partyday_tui.paths import assets
from partyday_tui.rules.clock_doubt import ClockDoubt, doubt_about, zone_words

BEIJING = timezone(timedelta(hours=8))
NEWEST = datetime(2027, 1, 6, 19, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("now", "doubt", "days"),
    [
        (datetime(1970, 1, 1, tzinfo=BEIJING), "impossible", 0),
        (datetime(1980, 1, 1, tzinfo=BEIJING), "impossible", 0),
        (datetime(2000, 1, 1, tzinfo=BEIJING), "impossible", 0),
        (datetime.combine(RELEASED_ON, time(), BEIJING) - timedelta(seconds=1), "impossible", 0),
        (datetime.combine(RELEASED_ON, time(), BEIJING), "behind", 0),
        (NEWEST - timedelta(hours=26, seconds=1), "behind", 0),
        (NEWEST - timedelta(hours=26), "a_little_behind", 0),
        (NEWEST - timedelta(days=1), "a_little_behind", 0),
        (NEWEST - timedelta(hours=19), None, 0),
        (NEWEST - timedelta(hours=20), "a_little_behind", 0),
        (NEWEST, None, 0),
        (NEWEST + timedelta(days=62), None, 0),
        (NEWEST + timedelta(days=63), "ahead", 63),
        (datetime(2036, 2, 7, tzinfo=BEIJING), "ahead", 3319),
        (datetime(2038, 1, 20, tzinfo=BEIJING), "ahead", 4032),
        (datetime(2099, 12, 31, tzinfo=BEIJING), "ahead", 26657),
        (NEWEST.astimezone(UTC), None, 0),
    ],
)
def test_the_clock_against_the_newest_record(now, doubt, days):
    found = doubt_about(now, NEWEST)
    assert found == (None if doubt is None else ClockDoubt(doubt, NEWEST.date(), days))


def test_an_empty_book_has_only_the_age_of_the_program_to_go_by():
    assert doubt_about(datetime(2099, 1, 1, tzinfo=BEIJING), None) is None
    assert doubt_about(datetime(1999, 1, 1, tzinfo=BEIJING), None).doubt.stops


def test_this_version_is_not_older_than_what_is_shipped_with_it():
    files = [*(assets() / "policies").glob("*.toml"), *(assets() / "dues").glob("*.toml")]
    days = {found for file in files for found in re.findall(r"20\d\d-[01]\d-[0-3]\d", file.read_text("utf-8"))}
    assert files and days and date.fromisoformat(max(days)) <= RELEASED_ON


@pytest.mark.parametrize("hours", [-8, 0, 6, 7, 9])
def test_a_computer_in_another_zone_is_told_in_one_line(hours):
    words = zone_words(timedelta(hours=hours), NEWEST)
    assert "01月06日19:30" in words and words.endswith("。") and cell_len(words) <= 79


def test_beijing_is_not_told():
    assert zone_words(timedelta(hours=8), NEWEST) == ""

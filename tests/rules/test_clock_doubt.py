"""When the clock is not believed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from partyday_tui.rules.clock_doubt import ClockDoubt, doubt_about

BEIJING = timezone(timedelta(hours=8))
NEWEST = datetime(2026, 11, 6, 19, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("now", "doubt", "days"),
    [
        (datetime(1970, 1, 1, tzinfo=BEIJING), "impossible", 0),
        (datetime(1980, 1, 1, tzinfo=BEIJING), "impossible", 0),
        (datetime(2000, 1, 1, tzinfo=BEIJING), "impossible", 0),
        (datetime(2025, 12, 31, 23, 59, tzinfo=BEIJING), "impossible", 0),
        (datetime(2026, 1, 1, tzinfo=BEIJING), "behind", 0),
        (NEWEST - timedelta(hours=26, seconds=1), "behind", 0),
        (NEWEST - timedelta(hours=26), "a_little_behind", 0),
        (NEWEST - timedelta(days=1), "a_little_behind", 0),
        (NEWEST - timedelta(hours=19), None, 0),
        (NEWEST - timedelta(hours=20), "a_little_behind", 0),
        (NEWEST, None, 0),
        (NEWEST + timedelta(days=62), None, 0),
        (NEWEST + timedelta(days=63), "ahead", 63),
        (datetime(2036, 2, 7, tzinfo=BEIJING), "ahead", 3380),
        (datetime(2038, 1, 20, tzinfo=BEIJING), "ahead", 4093),
        (datetime(2099, 12, 31, tzinfo=BEIJING), "ahead", 26718),
        (NEWEST.astimezone(UTC), None, 0),
    ],
)
def test_the_clock_against_the_newest_record(now, doubt, days):
    found = doubt_about(now, NEWEST)
    assert found == (None if doubt is None else ClockDoubt(doubt, NEWEST.date(), days))


def test_an_empty_book_has_only_the_age_of_the_program_to_go_by():
    assert doubt_about(datetime(2099, 1, 1, tzinfo=BEIJING), None) is None
    assert doubt_about(datetime(1999, 1, 1, tzinfo=BEIJING), None).doubt.stops

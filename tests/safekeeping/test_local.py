"""Local generations are thinned by day, week and month, and the newest five always stay."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.safekeeping import archive, place
from partyday_tui.safekeeping.local import thin_local, to_keep
from tests.safekeeping.test_archive import header_of

KEY = "d" * 32
START = date(2026, 1, 1)


def test_of_many_on_one_day_the_newest_five_stay():
    assert to_keep((n, START) for n in range(1, 21)) == {16, 17, 18, 19, 20}


def test_a_backup_a_day_for_two_years_leaves_days_weeks_and_months():
    dated = [(n + 1, START + timedelta(n)) for n in range(730)]
    kept = sorted(to_keep(dated))
    assert kept[-7:] == list(range(724, 731))
    months = {(START + timedelta(n - 1)).isoformat()[:7] for n in kept}
    assert len(months) == 12 and len(kept) <= 7 + 5 + 12


def test_a_clock_that_went_wild_removes_no_newest():
    dated = (
        [(n, date(1970, 1, 1)) for n in range(1, 4)]
        + [(n, date(2099, 1, 1)) for n in range(4, 8)]
        + [(8, date(1980, 1, 1))]
    )
    assert {4, 5, 6, 7, 8} <= to_keep(dated)


def test_what_has_no_day_stays():
    assert 1 in to_keep([(1, None), *((n, START) for n in range(2, 12))])


@given(st.lists(st.tuples(st.integers(1, 999), st.dates()), unique_by=lambda it: it[0]))
def test_the_newest_five_stay_and_thinning_again_changes_nothing(dated):
    kept = to_keep(dated)
    assert {number for number, _ in sorted(dated)[-5:]} <= kept
    assert to_keep(it for it in dated if it[0] in kept) == kept


@pytest.mark.parametrize("decayed", [False, True])
def test_the_folder_is_thinned_by_what_the_headers_say(tmp_path, decayed):
    put_local(tmp_path, range(1, 13))
    if decayed:
        (tmp_path / place.name_of(KEY, 2)).write_bytes(b"decayed")
    thin_local(tmp_path, KEY)
    assert [it.generation for it in place.listed(tmp_path)] == [12, 11, 10, 9, 8, *([2] if decayed else [])]


@pytest.mark.parametrize(
    ("damaged", "left"),
    [
        ((), [14, 13, 12, 11, 10]),
        ((14, 13, 12, 11), [14, 13, 12, 11, 10, 9, 8, 7, 6]),
        (range(2, 15), list(range(14, 0, -1))),
    ],
)
def test_only_what_is_older_than_five_whole_ones_goes(tmp_path, damaged, left):
    """Made in one day, so that nothing but the newest five would have to stay."""
    put_local(tmp_path, range(1, 15))
    for number in damaged:
        path = tmp_path / place.name_of(KEY, number)
        data = bytearray(path.read_bytes())
        data[-200] ^= 1
        path.write_bytes(data)
    (tmp_path / place.name_of(KEY, 999_998)).write_bytes(b"")
    thin_local(tmp_path, KEY)
    assert [it.generation for it in place.listed(tmp_path)][1:] == left


def test_nothing_is_read_or_removed_before_five_may_go(tmp_path):
    put_local(tmp_path, range(1, 10))
    thin_local(tmp_path, KEY)
    assert len(place.listed(tmp_path)) == 9


def put_local(folder, numbers):
    for number in numbers:
        raw = b"x" * 600
        place.write(folder, KEY, number, archive.pack(header_of(raw, generation=number, book_key=KEY), raw))

"""The part of a list that is in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.ui.widgets.window import thumb, turned


@pytest.mark.parametrize(
    ("top", "cursor", "new"),
    [(0, 17, 0), (0, 18, 9), (9, 9, 9), (9, 8, 0), (0, 99, 82), (82, 50, 41)],
)
def test_the_list_turns_by_half_a_page(top: int, cursor: int, new: int) -> None:
    assert turned(top, cursor, cursor, 18, 100) == new


@given(st.integers(0, 5000), st.integers(0, 4999), st.integers(1, 60), st.integers(1, 5000))
def test_the_cursor_is_always_in_sight(top: int, cursor: int, room: int, count: int) -> None:
    cursor = min(cursor, count - 1)
    new = turned(top, cursor, cursor, room, count)
    assert new <= cursor < new + room


@given(st.integers(1, 60), st.integers(1, 5000))
def test_the_scroll_mark_goes_from_the_first_line_to_the_last(room: int, count: int) -> None:
    if count <= room:
        assert not thumb(0, room, count)
    else:
        assert thumb(0, room, count)[0] == 0
        assert thumb(count - room, room, count)[-1] == room - 1

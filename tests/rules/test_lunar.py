"""Names of lunar days."""

import pytest

from partyday_tui.rules.lunar import lunar_day_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1, "初一"),
        (9, "初九"),
        (10, "初十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "廿一"),
        (29, "廿九"),
        (30, "三十"),
    ],
)
def test_names(day: int, words: str) -> None:
    assert lunar_day_words(day) == words

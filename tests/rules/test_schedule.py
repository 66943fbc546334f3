"""Rules as data: read, written back, worded; wrong ones refused."""

import pytest

from partyday_tui.rules.schedule import (
    DayRule,
    FixedDay,
    Flexible,
    LeapMonth,
    LunarDayOfMonth,
    NthWeekday,
    WeekReading,
    Window,
    day_rule_from,
    written_form,
)


@pytest.mark.parametrize(
    ("written", "rule", "words"),
    [
        ({"kind": "nth_weekday", "n": 1, "weekday": 5}, NthWeekday(1, 5), "每月第一个周五"),
        ({"kind": "nth_weekday", "n": -1, "weekday": 7}, NthWeekday(-1, 7), "每月最后一个周日"),
        (
            {"kind": "nth_weekday", "n": 4, "weekday": 5, "reading": "week_of_the_first"},
            NthWeekday(4, 5, WeekReading.WEEK_OF_THE_FIRST),
            "每月第四周的周五（1日所在的那一周算第一周）",
        ),
        ({"kind": "fixed_day", "day": 5}, FixedDay(5), "每月5日"),
        ({"kind": "fixed_day"}, FixedDay(None), "每月固定一天（由支部自定）"),
        ({"kind": "window", "first": 1, "last": 10}, Window(1, 10), "每月1日至10日之间"),
        ({"kind": "flexible"}, Flexible(), "时间不固定，每月至少一次"),
        ({"kind": "lunar_day", "day": 8}, LunarDayOfMonth(8), "每月农历初八"),
        ({"kind": "lunar_day", "day": 21, "leap": "skip"}, LunarDayOfMonth(21, LeapMonth.SKIP), "每月农历廿一"),
        ({"kind": "lunar_day", "day": 30}, LunarDayOfMonth(30), "每月农历三十"),
    ],
)
def test_a_rule_is_read_worded_and_written_back(written: dict[str, object], rule: DayRule, words: str) -> None:
    assert day_rule_from(written) == rule
    assert str(rule) == words
    assert day_rule_from(written_form(rule)) == rule


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (5, "日期规则要写 kind"),
        ({"kind": "weekly"}, "日期规则要写 kind"),
        ({"kind": "nth_weekday", "n": 5, "weekday": 5}, "n 要写 1 到 4"),
        ({"kind": "nth_weekday", "n": True, "weekday": 5}, "n 要写 1 到 4"),
        ({"kind": "nth_weekday", "n": 1, "weekday": 8}, "weekday 要写 1 到 7"),
        ({"kind": "nth_weekday", "n": 1}, "nth_weekday 只写 n、weekday、reading（可不写）"),
        ({"kind": "nth_weekday", "n": 1, "weekday": 5, "reading": "w1"}, "reading 要写"),
        ({"kind": "nth_weekday", "n": -1, "weekday": 5, "reading": "week_of_the_first"}, "n 写 -1 时"),
        ({"kind": "fixed_day", "day": 32}, "day 要写 1 到 31"),
        ({"kind": "fixed_day", "day": "5"}, "day 要写 1 到 31"),
        ({"kind": "window", "first": 10, "last": 1}, "first 不能晚于 last"),
        ({"kind": "flexible", "day": 1}, "flexible 只写"),
        ({"kind": "lunar_day", "day": 31}, "day 要写 1 到 30"),
        ({"kind": "lunar_day", "day": 3, "leap": "twice"}, "leap 要写 count、skip 之一"),
    ],
)
def test_a_wrong_rule_is_refused(written: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        day_rule_from(written)

"""What the shipped packages know of the calendar: days off (chinesecalendar) and lunar days (lunardate).

Both packages are imported inside the functions: the app starts without them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from partyday_tui.rules.calendar import DayOff
from partyday_tui.rules.festivals import MovingFestivals, statutory_days
from partyday_tui.rules.lunar import LunarDay

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}

FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR = 1901, 2098


def builtin_years() -> frozenset[int]:
    """The years whose arrangement the shipped package holds."""
    from chinese_calendar import constants

    return frozenset(day.year for day in constants.holidays)


@cache
def builtin_days_off(year: int) -> tuple[DayOff, ...]:
    """Days off and swapped workdays of one year in order; nothing for a year that the package does not hold."""
    from chinese_calendar import constants

    off = {day: name for day, name in constants.holidays.items() if day.year == year}
    if not off:
        return ()
    worked = {day: name for day, name in constants.workdays.items() if day.year == year}
    statutory = statutory_days(year, festivals_of(year))
    rows = [DayOff(day, True, _NAMES[name], day in statutory, "builtin") for day, name in off.items()]
    rows += [DayOff(day, False, _NAMES[name], False, "builtin") for day, name in worked.items()]
    return tuple(sorted(rows, key=lambda row: row.day))


def lunar_days(year: int) -> dict[date, LunarDay]:
    """Every day of a solar year as a lunar day; empty outside 1901 to 2098, where the package has no table."""
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        return {}
    from lunardate import LunarDate

    days = {}
    day, today = date(year, 1, 1), LunarDate.from_solar_date(year, 1, 1)
    while day.year == year:
        after = day + timedelta(days=1)
        tomorrow = LunarDate.from_solar_date(after.year, after.month, after.day)
        days[day] = LunarDay(today.month, today.day, bool(today.is_leap_month), tomorrow.day == 1)
        day, today = after, tomorrow
    return days


def spring_festival(year: int) -> date | None:
    """The day of 春节; None outside 1901 to 2098."""
    return _solar(year, 1, 1)


@cache
def festivals_of(year: int) -> MovingFestivals | None:
    """春节, 清明节, 端午节 and 中秋节 of a year; None outside the packages' tables."""
    from chinese_calendar import get_solar_terms

    spring, dragon_boat, mid_autumn = (_solar(year, *day) for day in ((1, 1), (5, 5), (8, 15)))
    if not (spring and dragon_boat and mid_autumn):
        return None
    terms = get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    qingming = next((day for day, name in terms if name == "清明"), None)
    return MovingFestivals(spring, qingming, dragon_boat, mid_autumn) if qingming else None


def _solar(year: int, month: int, day: int) -> date | None:
    """The solar day of a day of the lunar year that begins in ``year``, of a month that is no leap month."""
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        return None
    from lunardate import LunarDate

    found: date = LunarDate(year, month, day).to_solar_date()
    return found

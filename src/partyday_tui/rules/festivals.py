"""Which days of a year are 法定节假日 themselves, by the 《全国年节及纪念日放假办法》 in force in that year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")


@dataclass(frozen=True, slots=True)
class MovingFestivals:
    """The four festivals of one year whose date the solar calendar does not give; ``spring`` is 正月初一."""

    spring: date
    qingming: date
    dragon_boat: date
    mid_autumn: date


def statutory_days(year: int, moving: MovingFestivals | None) -> dict[date, str]:
    """The statutory days of a year with their festival; without ``moving`` those of fixed date only.

    Four versions of the 办法 (国务院令第270、513、644、795号): to 2007 three days each for 春节, 劳动节 and 国庆节;
    from 2008 清明节, 端午节 and 中秋节 come in, 劳动节 shrinks to one day and 春节 begins with 除夕; from 2014 春节
    begins with 初一 again; from 2025 除夕 and 5月2日 are added. A day of two festivals has the traditional one's name.
    """
    labour_days = 3 if year < 2008 else 1 if year < 2025 else 2
    days = {date(year, 1, 1): "元旦"}
    days |= {date(year, 5, day): "劳动节" for day in range(1, labour_days + 1)}
    days |= {date(year, 10, day): "国庆节" for day in range(1, 4)}
    if moving is None:
        return days
    first, last = (-1, 1) if 2008 <= year < 2014 else (-1 if year >= 2025 else 0, 2)
    days |= {moving.spring + timedelta(days=offset): "春节" for offset in range(first, last + 1)}
    if year >= 2008:
        days |= {moving.qingming: "清明节", moving.dragon_boat: "端午节", moving.mid_autumn: "中秋节"}
    return days

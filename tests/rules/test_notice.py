"""The real notices, word for word, against chinese_calendar; and what is said of damaged ones."""

from datetime import date

import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.festivals import MovingFestivals
from partyday_tui.rules.notice import parse_notice
from partyday_tui.services.builtin_calendar import builtin_days_off, festivals_of

NOTICES = {
    2014: """国务院办公厅关于2014年部分节假日安排的通知
一、元旦：1月1日放假1天。
二、春节：1月31日至2月6日放假调休，共7天。1月26日（星期日）、2月8日（星期六）上班。
三、清明节：4月5日放假，4月7日（星期一）补休。
四、劳动节：5月1日至3日放假调休，共3天。5月4日（星期日）上班。
五、端午节：6月2日放假，与周末连休。
六、中秋节：9月8日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）、10月11日（星期六）上班。""",
    2017: """国务院办公厅关于2017年部分节假日安排的通知
一、元旦：1月1日放假，1月2日（星期一）补休。
二、春节：1月27日至2月2日放假调休，共7天。1月22日（星期日）、2月4日（星期六）上班。
三、清明节：4月2日至4日放假调休，共3天。4月1日（星期六）上班。
四、劳动节：5月1日放假，与周末连休。
五、端午节：5月28日至30日放假调休，共3天。5月27日（星期六）上班。
六、中秋节、国庆节：10月1日至8日放假调休，共8天。9月30日（星期六）上班。""",
    2019: """国务院办公厅关于2019年部分节假日安排的通知
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2023: """国务院办公厅关于2023年部分节假日安排的通知
经国务院批准,现将2023年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦:2022年12月31日至2023年1月2日放假调休,共3天。
二、春节:1月21日至27日放假调休,共7天。1月28日(星期六)、1月29日(星期日)上班。
三、清明节:4月5日放假,共1天。
四、劳动节:4月29日至5月3日放假调休,共5天。4月23日(星期日)、5月6日(星期六)上班。
五、端午节:6月22日至24日放假调休,共3天。6月25日(星期日)上班。
六、中秋节、国庆节:9月29日至10月6日放假调休,共8天。10月7日(星期六)、10月8日(星期日)上班。""",
    2024: """国务院办公厅关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。
鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2025: """国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2026: """国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日""",
}


def facts(year: int) -> dict[int, MovingFestivals]:
    found = festivals_of(year)
    return {year: found} if found else {}


def departures(off: set[date], worked: set[date]) -> tuple[set[date], set[date]]:
    """Only the days that differ from the plain week: notices and libraries list weekends as they like."""
    return {day for day in off if day.isoweekday() <= 5}, {day for day in worked if day.isoweekday() >= 6}


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_a_real_notice_gives_the_days_of_the_library(year: int) -> None:
    parsed = parse_notice(NOTICES[year], facts(year))
    assert (parsed.year, parsed.problems) == (year, ())
    first, last = date(year - 1, 12, 29), date(year, 12, 28)
    wanted = departures(
        {day for day in constants.holidays if first <= day <= last},
        {day for day in constants.workdays if first <= day <= last},
    )
    got = departures({row.day for row in parsed.rows if row.is_off}, {row.day for row in parsed.rows if not row.is_off})
    assert got == wanted


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_statutory_days_agree_with_the_built_in_calendar(year: int) -> None:
    parsed = parse_notice(NOTICES[year], facts(year))
    built_in = {row.day for row in builtin_days_off(year) if row.statutory}
    assert {row.day for row in parsed.rows if row.statutory} == built_in


def test_names_and_source_of_a_joint_holiday() -> None:
    rows = {row.day: row for row in parse_notice(NOTICES[2025], facts(2025)).rows}
    assert rows[date(2025, 10, 1)].name == "国庆节"
    assert rows[date(2025, 10, 6)].name == "中秋节"
    assert rows[date(2025, 10, 8)].name == "国庆节、中秋节"
    assert rows[date(2025, 10, 11)].is_off is False
    assert {row.source for row in rows.values()} == {"notice"}


def test_without_lunar_facts_the_moving_festivals_are_named_as_doubtful() -> None:
    parsed = parse_notice(NOTICES[2014], {})
    assert {row.day for row in parsed.rows if row.statutory} == {
        date(2014, 1, 1),
        date(2014, 5, 1),
        date(2014, 6, 2),
        date(2014, 9, 8),
        *(date(2014, 10, day) for day in (1, 2, 3)),
    }
    assert parsed.problems == ("2014年没有农历资料，春节、清明节、端午节、中秋节的法定当天请在预览里标出。",)


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("1月3日（周日）上班", "1月4日（周日）上班", "通知写周日，2026年1月3日是周六"),
        ("5月8日上班", "5月9日（周六）上班", "5月8日是周五，不是周末，却写调休上班"),
        ("6月19日（周五）至31日（周日）放假", "6月19日（周五）至21日（周日）放假", "6月31日这一天不存在"),
        ("放假，共4天。", "放假，共3天。", "通知写共4天，读出3天"),
        ("五、粽子节：", "五、端午节：", "没有读到端午节"),
        ("9月28日（周一）放假，共1天", "9月25日（周五）至27日（周日）放假，共3天", "中秋节当天9月25日没有放假"),
        ("10月1日（周四）至12月7日（周一）放假", "10月1日（周四）至7日（周三）放假", "不像一段假期"),
        ("10月7日（周三）上班", "10月10日（周六）上班", "10月7日又放假又上班"),
        ("三、清明节：待定。", "三、清明节：4月4日（周六）至6日（周一）放假，共3天。", "没有读出放假的日子"),
    ],
)
def test_a_damaged_notice_is_told(wrong: str, right: str, sentence: str) -> None:
    assert right in NOTICES[2026]
    parsed = parse_notice(NOTICES[2026].replace(right, wrong), facts(2026))
    assert any(sentence in problem for problem in parsed.problems), parsed.problems


@pytest.mark.parametrize("text", ["", "你好", "元旦：1月1日放假。"])
def test_a_text_without_a_year_gives_no_rows(text: str) -> None:
    parsed = parse_notice(text, {})
    assert (parsed.year, parsed.rows) == (None, ())
    assert parsed.problems


def test_a_year_without_sections_gives_no_rows() -> None:
    parsed = parse_notice("国务院办公厅关于2027年部分节假日安排的通知", {})
    assert (parsed.year, parsed.rows) == (2027, ())
    assert "粘贴通知的全文" in parsed.problems[0]


PIECES = st.sampled_from(
    [
        "2026年元旦",
        "元旦：",
        "国庆节、中秋节：",
        "2月",
        "30日",
        "31",
        "9日",
        "至",
        "（周四）",
        "（",
        "放假",
        "上班",
        "、",
        "。",
        "9999年",
        "0000年",
        "12月",
        "1月1日",
        "共3天",
        "公休日调至",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    parsed = parse_notice("2026年元旦" + text, facts(2026))
    assert parsed.year == 2026
    assert [row.day for row in parsed.rows] == sorted({row.day for row in parsed.rows})


def test_new_year_days_in_december_without_a_year_belong_to_the_year_before() -> None:
    text = NOTICES[2026].replace("1月4日（周日）上班", "12月28日（周日）上班")
    assert date(2025, 12, 28) in {row.day for row in parse_notice(text, facts(2026)).rows}

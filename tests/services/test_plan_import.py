"""The plan table of a year, from the file to the book."""

from datetime import date
from pathlib import Path

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.services.plan import ensure_event, make_plan, year_plan
from partyday_tui.services.plan_import import ADDED, CHANGED, UNCHANGED, preview_plan, write_plan
from partyday_tui.store import events as store

SAMPLE = Path(__file__).parents[1] / "samples" / "2026年度主题党日活动计划表.xlsx"
HEAD = "序号,活动时间,活动方式,活动内容,地点,责任人,备注"


@pytest.fixture
def table(tmp_path):
    """A plan table of these lines, without a year in its name."""

    def write(*lines, head=HEAD, name="计划.csv"):
        path = tmp_path / name
        path.write_text("\n".join([head, *lines]), "utf-8")
        return path

    return write


def counts(preview):
    return tuple(preview.count(what) for what in (ADDED, CHANGED, UNCHANGED)), preview.refused


def imported(book, path):
    preview = preview_plan(book, path)
    write_plan(book, preview)
    return preview


def months(book):
    return [(it.month[5:], it.on_date and it.on_date.day, it.content) for it in store.events_of_year(book, 2026)]


def test_the_sample_makes_the_year_where_there_is_no_plan(book):
    preview = preview_plan(book, SAMPLE)
    assert counts(preview) == ((12, 0, 0), 0) and preview.problems == ()
    assert store.events_of_year(book, 2026) == []
    write_plan(book, preview)
    november = ensure_event(book, date(2026, 11, 6))
    assert november.content == "党史专题学习，流动党员线上交流" and november.form == "红色教育行动"
    assert november.rule == "每月第一个周五"
    january = ensure_event(book, date(2026, 1, 9))
    assert january.moved_from == date(2026, 1, 2)
    assert make_plan(book, 2026) == 1, "only the 七一 item was missing"


def test_the_sample_fills_the_plan_that_there_is_in_one_act(book):
    make_plan(book, 2026)
    acts = book.rows("SELECT count(*) FROM act")[0][0]
    assert counts(imported(book, SAMPLE)) == ((0, 12, 0), 0)
    assert book.rows("SELECT count(*) FROM act")[0][0] == acts + 1
    assert year_plan(book, 2026).check.sentences == ()


@pytest.mark.parametrize("planned", [False, True])
def test_a_second_import_changes_nothing(book, planned):
    if planned:
        make_plan(book, 2026)
    imported(book, SAMPLE)
    before, acts = months(book), book.rows("SELECT count(*) FROM act")[0][0]
    assert counts(imported(book, SAMPLE)) == ((0, 0, 12), 0)
    assert (months(book), book.rows("SELECT count(*) FROM act")[0][0]) == (before, acts)


def test_every_column_is_kept_and_a_blank_cell_erases_nothing(book, table):
    imported(book, table("1,2026年3月,红色教育行动,参观烈士纪念馆,县城,罗有秀,带党徽"))
    imported(book, table("1,2026年3月,,参观烈士纪念馆,,,"))
    event = ensure_event(book, date(2026, 3, 6))
    assert (event.form, event.place, event.in_charge, event.note) == ("红色教育行动", "县城", "罗有秀", "带党徽")


def test_a_date_in_the_table_dates_a_new_event(book, table):
    preview = imported(book, table("1,2026-03-12,植树,义务植树,,,"))
    assert months(book) == [("03", 12, "义务植树")]
    assert "按规则是3月6日" in preview.problems[0].message and preview.refused == 0
    assert counts(imported(book, table("1,2026-03-12,植树,义务植树,,,"))) == ((0, 0, 1), 0)


def test_a_date_that_differs_from_the_plan_is_told_and_not_moved(book, table):
    make_plan(book, 2026)
    preview = imported(book, table("1,2026-03-12,植树,义务植树,,,"))
    assert "日期没有改" in preview.problems[0].message
    event = ensure_event(book, date(2026, 3, 6))
    assert event.content == "义务植树"


def test_the_founding_day_is_found_by_its_date(book, table):
    make_plan(book, 2026)
    imported(book, table("1,2026年7月1日,,庆祝建党,,,", "2,2026年7月,,防汛,,,"))
    july = {it.on_date.day: it.content for it in store.events_of_year(book, 2026) if it.month == "2026-07"}
    assert july == {1: "庆祝建党", 3: "防汛"}


def test_a_month_beside_a_dated_line_of_that_month_gets_no_second_event_on_that_day(book, table):
    path = table("1,2026-03-06,学习,学党章,,,", "2,2026年3月,劳动,植树,,,")
    imported(book, path)
    assert months(book) == [("03", 6, "学党章"), ("03", None, "植树")]
    assert counts(imported(book, path)) == ((0, 0, 2), 0)


def test_lines_of_one_month_are_one_party_day(book, table):
    path = table("1,2026年3月,学习,学党章,村部,,", "2,2026年3月,劳动,植树,村部,,", "3,2026年3月,学习,学党章,,,")
    imported(book, path)
    event = ensure_event(book, date(2026, 3, 6))
    assert (event.content, event.form, event.place) == ("学党章；植树", "学习；劳动", "村部")
    assert counts(imported(book, path)) == ((0, 0, 1), 0)


def test_two_dates_in_a_month_are_two_events(book, table):
    path = table("1,2026-03-06,学习,学党章,,,", "2,2026-03-20,劳动,植树,,,")
    imported(book, path)
    assert months(book) == [("03", 6, "学党章"), ("03", 20, "植树")]
    assert counts(imported(book, path)) == ((0, 0, 2), 0)
    assert "排了两次：3月" in year_plan(book, 2026).check.sentences


@pytest.mark.parametrize("first", ["2026年11月", "11月6日"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_further_date_does_not_take_the_party_day_of_its_month(book, table, first, turned):
    make_plan(book, 2026)
    lines = [f"1,{first},学习,甲,,,", "2,11月20日,志愿,乙,,,"]
    path = table(*(reversed(lines) if turned else lines))
    imported(book, path)
    assert [it for it in months(book) if it[0] == "11"] == [("11", 6, "甲"), ("11", 20, "乙")]
    assert counts(preview_plan(book, path)) == ((0, 0, 2), 0)


def test_bad_lines_are_named_and_the_good_ones_kept(book, table):
    path = table("1,2026年3月,学习,学党章,,,", "2,第一季度,学习,学党史,,,", f"3,2026年4月,学习,学条例,,{'长' * 41},")
    preview = imported(book, path)
    assert counts(preview) == ((1, 0, 0), 2)
    assert [problem.row for problem in preview.problems] == [3, 4]
    assert "最多 40 个字" in preview.problems[1].message


def test_a_line_without_a_year_is_of_the_year_in_the_name_else_of_this_one(book, table):
    imported(book, table("1,3月,学习,学党章,,,", name="2025年计划.csv"))
    imported(book, table("1,3月,学习,学党史,,,"))
    assert [it.content for it in store.events_of_year(book, 2025)] == ["学党章"]
    assert [it.content for it in store.events_of_year(book, 2026)] == ["学党史"]


def test_hostile_text_arrives_as_it_is(book, table):
    imported(book, table("1,2026年3月,=1+1,[/foo]张\u202e三[@click=app.quit],,,"))
    event = ensure_event(book, date(2026, 3, 6))
    assert (event.form, event.content) == ("=1+1", "[/foo]张三[@click=app.quit]")


def test_a_file_without_a_plan_is_refused(book):
    with pytest.raises(UserMistake, match="活动时间"):
        preview_plan(book, SAMPLE.parent / "党员花名册-柳湾村.xlsx")

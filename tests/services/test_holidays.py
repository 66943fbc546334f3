"""The book's calendar: the seed, the notices, the days written by hand."""

import json
from datetime import date

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.services import holidays as service
from partyday_tui.services.holidays import CHANGED, GONE, NEW, SAME, calendar_for, preview_file, preview_notice
from partyday_tui.store import holidays as store

NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至8日（周五）放假调休，共8天。9月26日（周日）、10月9日（周六）上班。"""


def test_without_a_book_the_seed_speaks():
    calendar = calendar_for(None, [2026])
    assert calendar.is_announced(2026)
    assert calendar.name_of(date(2026, 10, 2)) == "国庆节"
    assert calendar.is_workday(date(2026, 1, 4))


def test_a_year_not_announced_says_so_and_knows_its_statutory_days():
    calendar = calendar_for(None, [2027])
    assert not calendar.is_announced(2027)
    assert [row.day.isoformat() for row in calendar.rows_of(2027) if row.name == "国庆节"] == [
        "2027-10-01",
        "2027-10-02",
        "2027-10-03",
    ]
    assert not calendar.is_holiday(date(2027, 10, 8)), "the swapped days are not known yet"


def test_nothing_is_written_until_confirmed(book):
    preview = preview_notice(book, NOTICE_2027)
    assert preview.year == 2027 and preview.problems == ()
    assert store.holidays(book) == [] and store.noticed_years(book) == []
    service.write_arrangement(book, preview)
    calendar = calendar_for(book, [2027])
    assert calendar.is_announced(2027)
    assert calendar.is_holiday(date(2027, 10, 8)) and calendar.is_workday(date(2027, 10, 9))


def test_a_notice_is_one_act(book):
    service.write_arrangement(book, preview_notice(book, NOTICE_2027))
    assert [row[0] for row in book.rows("SELECT what FROM act ORDER BY id")][1:] == ["录入2027年放假安排"]


def test_the_same_notice_again_changes_nothing(book):
    service.write_arrangement(book, preview_notice(book, NOTICE_2027))
    again = preview_notice(book, NOTICE_2027)
    assert {what for _, what in again.days} == {SAME}
    before = store.holidays(book)
    assert service.write_arrangement(book, again) == 0
    assert store.holidays(book) == before


def test_a_corrected_notice_takes_its_own_old_days_back(book):
    service.write_arrangement(book, preview_notice(book, NOTICE_2027))
    shorter = NOTICE_2027.replace(
        "10月1日（周五）至8日（周五）放假调休，共8天", "10月1日（周五）至7日（周四）放假调休，共7天"
    )
    preview = preview_notice(book, shorter)
    assert [row.day for row, what in preview.days if what == GONE] == [date(2027, 10, 8)]
    service.write_arrangement(book, preview)
    assert not calendar_for(book, [2027]).is_holiday(date(2027, 10, 8))


def test_a_notice_of_one_festival_leaves_the_others(book):
    service.write_arrangement(book, preview_notice(book, NOTICE_2027))
    longer = "国务院办公厅关于延长2027年春节假期的通知 2027年放假\n二、春节：2月5日至12日放假调休，共8天。"
    preview = preview_notice(book, longer)
    assert any("请粘贴通知的全文" in problem for problem in preview.problems)
    service.write_arrangement(book, preview)
    calendar = calendar_for(book, [2027])
    assert calendar.is_holiday(date(2027, 2, 12)) and calendar.is_holiday(date(2027, 10, 8))


@pytest.mark.parametrize("text", ["", "今天下午开会", "国务院办公厅关于2027年部分节假日安排的通知"])
def test_a_text_without_days_says_why_and_writes_nothing(book, text):
    preview = preview_notice(book, text)
    assert preview.year is None and preview.days == () and preview.problems
    with pytest.raises(UserMistake, match="什么也没有写入"):
        service.write_arrangement(book, preview)
    assert store.noticed_years(book) == []


def test_a_holiday_file_is_read_like_a_notice(book, tmp_path):
    file = tmp_path / "2027.json"
    days = [{"name": "国庆节", "date": "2027-10-01", "isOffDay": True}, {"name": "国庆节", "date": "2027-10-09", "isOffDay": False}]  # fmt: skip
    file.write_text(json.dumps({"year": 2027, "days": days}), "utf-8")
    preview = preview_file(book, file)
    assert (preview.year, preview.source) == (2027, "file")
    assert [what for _, what in preview.days] == [NEW, NEW]
    service.write_arrangement(book, preview)
    assert calendar_for(book, [2027]).is_workday(date(2027, 10, 9))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_notice_file_in_the_usual_encodings(book, tmp_path, encoding):
    file = tmp_path / "通知.txt"
    file.write_text(NOTICE_2027, encoding)
    assert preview_file(book, file).year == 2027


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\xff\xfe" * 10, b"{", b'{"year": 99999, "days": []}', b'{"year": 1}']
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(book, tmp_path, content):
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(UserMistake):
        preview_file(book, file)


def test_a_name_in_a_file_passes_the_gate(book, tmp_path):
    file = tmp_path / "x.json"
    days = [{"name": "国庆\u202e[/foo]", "date": "2027-10-01", "isOffDay": True}]
    file.write_text(json.dumps({"year": 2027, "days": days}), "utf-8")
    assert preview_file(book, file).days[0][0].name == "国庆[/foo]"
    file.write_text(json.dumps({"year": 2027, "days": [{**days[0], "name": "长" * 41}]}), "utf-8")
    with pytest.raises(UserMistake, match="最多 40 个字"):
        preview_file(book, file)


def test_a_day_by_hand_wins_and_can_be_taken_out_again(book):
    friday = date(2026, 11, 6)
    service.write_day(book, friday, is_off=True, name="镇里统一休息")
    assert calendar_for(book, [2026]).is_holiday(friday)
    service.take_day_out(book, friday)
    assert not calendar_for(book, [2026]).is_holiday(friday)
    with pytest.raises(UserMistake, match="不是手工写的"):
        service.take_day_out(book, friday)


def test_a_day_of_the_seed_can_be_worked_by_hand(book):
    national_day = date(2026, 10, 2)
    service.write_day(book, national_day, is_off=False, name="")
    assert calendar_for(book, [2026]).is_workday(national_day)
    service.take_day_out(book, national_day)
    assert calendar_for(book, [2026]).is_holiday(national_day)


def test_taking_a_day_by_hand_out_gives_the_notice_its_word_back(book):
    service.write_arrangement(book, preview_notice(book, NOTICE_2027))
    day = date(2027, 10, 8)
    service.write_day(book, day, is_off=False, name="")
    assert preview_notice(book, NOTICE_2027).count(CHANGED) == 1
    service.take_day_out(book, day)
    row = calendar_for(book, [2027]).row(day)
    assert row is not None and row.is_off and row.source == "notice"

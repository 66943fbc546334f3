"""Writing an event's record: one act a write, cleaned text, sentences for what cannot be."""

from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import TODAY
from tests.rules.test_photo_day import photo

from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_record import Comment, Decision, Lecture
from partyday_tui.rules.month import Month
from partyday_tui.rules.votes import Deduction, Vote
from partyday_tui.services import event_record as service
from partyday_tui.services.event_notice import notice_text, write_notice
from partyday_tui.services.events import add_event, event_history, existing_event, take_event_out
from partyday_tui.services.facts import event_facts
from partyday_tui.services.pictures import add_picture, date_picture, look_for_picture, off_day_words


@pytest.fixture
def event(book):
    with book.act("准备") as act:
        run = act.connection.execute
        run("INSERT INTO member (name, kind, post) VALUES ('罗有秀', 'full', '书记'), ('金新霞', 'full', '组织委员')")
        run("INSERT INTO member (name, kind, post) VALUES ('重名', 'full', '副书记'), ('重名', 'full', '')")
    return add_event(
        book, Month(2026, 11), TODAY, frozenset({"party_day"}), {"theme": "党史学习", "starts_at": "19:30"}
    )


def acts(book):
    return [row[0] for row in book.rows("SELECT what FROM act ORDER BY id")]


@pytest.mark.parametrize(
    ("host", "given", "post"),
    [
        ("罗有秀", "", "书记"),
        ("金新霞", "", "组织委员"),
        ("金新霞", "纪检委员", "纪检委员"),
        ("重名", "", ""),
        ("外来人", "", ""),
        ("", "", ""),
    ],
)
def test_a_host_brings_the_post_of_the_roster(book, event, host, given, post):
    service.write_fields(book, event, {"host": host, "host_post": given})
    record = service.read_record(book, event)
    assert (record.host, record.host_post) == (host, post)


def test_the_secretary_of_the_branch_needs_no_roster(book):
    key = add_event(book, Month(2026, 11), TODAY, frozenset({"party_day"}), {})
    service.write_fields(book, key, {"host": "罗有秀"})
    assert service.read_record(book, key).host_post == "书记"


WRITES = [
    lambda book, event: service.write_fields(book, event, {"recorder": "马会计"}),
    lambda book, event: service.write_agenda(book, event, "19:30 学习"),
    lambda book, event: service.write_step(book, event, "总结提升", TODAY),
    lambda book, event: service.undo_step(book, event, "总结提升"),
    lambda book, event: service.add_run_up(book, event, date(2026, 11, 2), "研究主题"),
    lambda book, event: service.link_meetings(book, event, frozenset()),
    lambda book, event: service.write_ticks(book, event, {"党费收缴": "41人"}),
    lambda book, event: service.write_member_ticks(book, event, "重温入党誓词", frozenset({1})),
    lambda book, event: service.write_lecture(book, event, Lecture(0, "罗有秀")),
    lambda book, event: service.write_comment(book, event, Comment(0, "罗有秀")),
    lambda book, event: service.write_decision(book, event, Decision(0, "修路", Vote("ordinary", 4, 4, 4))),
    lambda book, event: service.take_part_out(book, "event_comment", event, 1),
]


@pytest.mark.parametrize("write", WRITES)
def test_each_write_is_one_act(book, event, write):
    before = len(acts(book))
    write(book, event)
    assert len(acts(book)) == before + 1


@pytest.mark.parametrize("write", [write for write in WRITES if WRITES.index(write) not in (3, 11)])
def test_nothing_is_written_of_an_event_that_is_gone(book, event, write):
    take_event_out(book, event)
    before = len(acts(book))
    with pytest.raises(UserMistake, match="已经不在计划里"):
        write(book, event)
    assert len(acts(book)) == before


def test_a_lecture_makes_the_event_a_lesson_and_brings_the_role(book, event):
    service.write_lecture(book, event, Lecture(0, "罗有秀", title="乡村振兴"))
    assert existing_event(book, event).kinds == {"party_day", "lesson"}
    (lecture,) = service.read_record(book, event).lectures
    assert (lecture.role, lecture.title) == ("书记", "乡村振兴")
    service.write_lecture(book, event, Lecture(lecture.id, "周第一", "第一书记"))
    assert [it.lecturer for it in service.read_record(book, event).lectures] == ["周第一"]
    service.take_part_out(book, "event_lecture", event, lecture.id)
    assert service.read_record(book, event).lectures == ()


def test_a_committee_meeting_before_the_event_is_written_and_linked_at_once(book, event):
    key = service.add_run_up(book, event, date(2026, 11, 2), "研究主题和分工")
    (meeting,) = service.read_record(book, event).run_up
    assert (meeting.id, meeting.on, meeting.title) == (key, date(2026, 11, 2), "研究主题和分工")
    assert existing_event(book, key).kinds == {"committee"}
    assert service.meetings_before(book, event) == [(key, "2026-11-02 支委会  研究主题和分工")]
    with pytest.raises(UserMistake, match="活动以后"):
        service.add_run_up(book, event, date(2026, 11, 7), "晚了")
    with pytest.raises(UserMistake, match="不能是它自己"):
        service.link_meetings(book, event, frozenset({event}))


def test_heads_that_do_not_add_up_are_not_written(book, event):
    before = len(acts(book))
    with pytest.raises(UserMistake):
        service.write_decision(book, event, Decision(0, "修路", Vote("ordinary", 4, 5, 4)))
    with pytest.raises(UserMistake, match="「扣除的原因」"):
        vote = Vote("ordinary", 4, 3, 3, deductions=(Deduction(1, " "),))
        service.write_decision(book, event, Decision(0, "修路", vote))
    assert len(acts(book)) == before


def test_a_group_that_is_not_in_the_book_is_refused(book, event):
    with pytest.raises(UserMistake, match="没有「三组」"):
        service.write_group(book, event, "三组")


def test_an_event_that_was_written_up_stays_in_the_plan(book, event):
    service.write_fields(book, event, {"minutes": "开过了"})
    with pytest.raises(UserMistake, match="已经写了活动记录"):
        take_event_out(book, event)
    assert any(change.field == "" and change.kept_in == "event_record" for change in event_history(book, event))


def test_a_picture_is_a_reference_with_the_hash_of_its_content(book, event, tmp_path):
    photo = tmp_path / "签到.JPG"
    photo.write_bytes(b"x" * 3_000_000)
    added = add_picture(book, event, photo)
    assert (added.kind, added.file_name, added.size) == ("photo", "签到.JPG", 3_000_000)
    assert added.sha256 == __import__("hashlib").sha256(b"x" * 3_000_000).hexdigest()
    with pytest.raises(UserMistake, match="已经登记"):
        add_picture(book, event, photo)
    (kept,) = service.read_record(book, event).pictures
    assert look_for_picture(kept) == "还在原处，没有改动"
    photo.write_bytes(b"y")
    assert look_for_picture(kept) == "还在原处，内容改动过"
    photo.unlink()
    assert look_for_picture(kept) == "原来的文件夹里找不到了"
    with pytest.raises(UserMistake, match="没有找到文件"):
        add_picture(book, event, photo)
    video = tmp_path / "活动.mp4"
    video.write_bytes(b"")
    assert add_picture(book, event, video).kind == "video"


def test_a_photo_of_another_day_is_told_and_its_day_can_be_set_right(book, event, tmp_path):
    held_on = existing_event(book, event).on_date
    path = tmp_path / "会场.jpg"
    path.write_bytes(photo(b"2026:01:02 09:31:00\x00"))
    added = add_picture(book, event, path)
    assert added.taken_on == date(2026, 1, 2)
    assert off_day_words(added, held_on) == f"会场.jpg 拍摄于2026-01-02，不是活动当天{held_on}，请核对。"
    assert photos_off(book, event) == 1
    date_picture(book, event, added, held_on)
    (kept,) = service.read_record(book, event).pictures
    assert kept == replace(added, taken_on=held_on) and off_day_words(kept, held_on) == ""
    assert photos_off(book, event) == 0
    date_picture(book, event, kept, None)
    assert service.read_record(book, event).pictures[0].taken_on is None and photos_off(book, event) == 0


def photos_off(book, event):
    return next(it.photos_off for it in event_facts(book, existing_event(book, event).on_date.year) if it.id == event)


def test_the_notice_says_what_is_settled_and_nothing_else(book, event, tmp_path):
    service.write_fields(book, event, {"notice_bring": "党员徽章", "notice_on": "2026-11-01"})
    service.write_agenda(book, event, "19:30 学习（罗有秀）\n议事")
    text = notice_text(book, event)
    assert text.splitlines() == [
        "柳湾村党支部关于开展主题党日的通知",
        "",
        "全体党员：",
        "    时间：2026年11月6日（星期五）19:30",
        "    主题：党史学习",
        "    请携带：党员徽章",
        "    议程：",
        "      1. 19:30 学习（罗有秀）",
        "      2. 议事",
        "    因事不能参加的，请提前向党支部书面请假。",
        "",
        "柳湾村党支部",
        "2026年11月1日",
    ]
    assert write_notice(book, event, tmp_path / "新").read_text("utf-8-sig") == text

"""Changes in the words of the user."""

import pytest

from partyday_tui.rules.change_words import change_lines
from partyday_tui.rules.changes import Change


def change(op, field="", old=None, new=None):
    return Change("2026-11-06T19:02:31+08:00", "2026-11-06", "罗有秀", "点名", "", "event", op, field, old, new)


@pytest.mark.parametrize(
    ("field", "old", "new", "words"),
    [
        ("on_date", "2026-11-06", "2026-11-13", "日期：2026-11-06 改为 2026-11-13"),
        ("status", None, "leave", "记录：未点 改为 请假"),
        ("status", "present", None, "记录：到会 改为 未点"),
        ("theme", "", "学党章", "主题：（空） 改为 学党章"),
        ("floating", "0", "1", "流动：否 改为 是"),
        ("identity", "110101199003072316", None, "公民身份号码：110101********2316 改为 （空）"),
    ],
)
def test_an_update_says_old_and_new(field, old, new, words):
    assert change_lines(change("update", field, old, new), {}) == [words]


def test_keys_of_the_book_are_not_shown():
    assert change_lines(change("update", "group_id", "1", "2"), {}) == []


def test_a_row_written_or_taken_out_is_said_in_one_line():
    row = {"id": "3", "theme": "学党章", "on_date": "2026-11-06"}
    assert change_lines(change("insert"), row) == ["写入：主题 学党章，日期 2026-11-06"]
    assert change_lines(change("delete"), {}) == ["去掉"]


def test_a_theme_that_looks_like_a_status_stays_as_it_is():
    assert change_lines(change("update", "theme", "present", "late"), {}) == ["主题：present 改为 late"]

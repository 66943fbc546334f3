"""Changes in the words of the user."""

import pytest

from partyday_tui.rules.changes import Change, said_before_and_after, value_word


def change(op, field="", old=None, new=None):
    return Change("2026-11-06T19:02:31+08:00", "2026-11-06", "罗有秀", "修改党员", "", "member", op, field, old, new)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("kind", "probationary", "预备党员"),
        ("kind", "died", "去世"),
        ("dues_category", "retired", "离退休"),
        ("dues_category", "", "空"),
        ("status", None, "未点"),
        ("floating", True, "是"),
        ("floating", False, "否"),
        ("floating", "1", "是"),
        ("identity", "999999196003087531", "9***************31"),
        ("identity", "", "空"),
        ("born_on", None, "空"),
        ("theme", "present", "present"),
        ("name", "张[/foo]三", "张[/foo]三"),
    ],
)
def test_a_value_is_said_as_the_screen_says_it(field, value, word):
    assert value_word(field, value) == word


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (change("update", "post", "", "书记"), [("党内职务", "空", "书记")]),
        (change("update", "id", "1", "2"), []),
        (
            change("insert", new="id\x1f3\x1ename\x1f张三\x1egroup_id\x1f2\x1efloating\x1f1\x1e"),
            [("姓名", "空", "张三"), ("流动", "否", "是")],
        ),
        (change("delete", old="id\x1f3\x1emember_id\x1f7\x1ekind\x1fdied\x1e"), [("类别", "去世", "空")]),
    ],
)
def test_only_what_says_something_to_a_person_is_said(given, said):
    assert said_before_and_after(given) == said

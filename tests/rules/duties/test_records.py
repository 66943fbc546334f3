"""What an event leaves behind. Cases of single rules, each with the sentence of its guide."""

from typing import Any

import pytest

from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.rule_values import RuleValue

from .judging import DONE, OVERDUE, an_event, only


@pytest.mark.parametrize(
    ("key", "value", "changes", "state", "sentence"),
    [
        ("record.recorder", True, {"recorder": ""}, OVERDUE, "指定专人负责记录"),
        ("review.after_event", True, {"reviewed_on": None}, OVERDUE, "活动后必须当即开展测评"),
        ("record.quality", ("记录档案与活动计划相互印证",), {}, DONE, "影像资料档案与活动计划相互印证"),
        (
            "record.quality",
            ("记录档案与活动计划相互印证",),
            {"photos_off": 1},
            OVERDUE,
            "影像资料档案与活动计划相互印证",
        ),
        ("review.comment_by", ("党支部书记", "党小组长"), {"comments_by": frozenset({"党支部书记"})}, DONE, "点评"),
        ("review.comment_by", ("党支部书记", "党小组长"), {"comments_by": frozenset({"联系领导"})}, OVERDUE, "点评"),
    ],
)
def test_what_an_event_leaves_behind(
    key: str, value: RuleValue, changes: dict[str, Any], state: State, sentence: str
) -> None:
    assert only({key: value}, an_event(**changes)).state is state, sentence

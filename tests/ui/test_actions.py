"""One definition per action."""

import pytest
from rich.cells import cell_len

from partyday_tui.ui.actions import Action, by_key, footer_pairs, help_pairs, key_line, menu_actions

ACTIONS = (
    Action("1", "到会", "记为到会", "mark", menu=True, arg="present"),
    Action("f5", "其余全到", "其余的都记为到会", "mark_rest"),
    Action("insert +", "添加", "添加列席人员", "add", footer=False),
    Action("", "看记录", "看修改记录", "history", menu=True),
)


def test_every_key_of_an_action_runs_it() -> None:
    table = by_key(ACTIONS)
    assert table["insert"] is table["+"] is ACTIONS[2]


def test_two_actions_on_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="f5"):
        by_key((*ACTIONS, Action("f5", "别的", "别的", "other")))


@pytest.mark.parametrize(
    ("width", "text"),
    [(80, " 1到会  F5 其余全到  F1 帮助"), (20, " 1到会  F1 帮助"), (9, " F1 帮助")],
)
def test_the_key_line_keeps_the_first_and_always_the_help(width: int, text: str) -> None:
    line = "".join(part for part, _ in key_line(footer_pairs(ACTIONS), width))
    assert line == text
    assert cell_len(line) <= width


def test_menu_and_help_come_from_the_same_definitions() -> None:
    assert [action.run for action in menu_actions(ACTIONS)] == ["mark", "history"]
    assert help_pairs(ACTIONS)[2:] == [("Ins +", "添加：添加列席人员"), ("回车菜单", "看记录：看修改记录")]

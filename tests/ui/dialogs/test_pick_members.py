"""Choosing members by keyboard."""

import pytest
from textual.app import App

from partyday_tui.rules.people import Member
from partyday_tui.ui.dialogs.pick_members import PickMembers
from partyday_tui.ui.theme import CSS, dress
from tests.ui.looking import HOSTILE, SIZES, lines

MEMBERS = [
    Member(1, "安一", "an yi", group="第一党小组"),
    Member(2, "白二", "bai er", floating=True),
    Member(3, HOSTILE[0], "zhang san"),
]


class Asking(App):
    """Shows one dialog and keeps what it answered."""

    CSS = CSS

    def __init__(self, dialog):
        super().__init__()
        dress(self)
        self.dialog = dialog
        self.answers = []

    def on_mount(self):
        self.push_screen(self.dialog, self.answers.append)


@pytest.mark.parametrize(
    ("keys", "named", "answer"),
    [
        (["enter"], {}, (1,)),
        (["down", "enter"], {}, (2,)),
        (["b", "e", "enter"], {}, (2,)),
        (["b", "e", "space", "a", "y", "space", "enter"], {}, (2, 1)),
        (["space", "space", "enter"], {}, (1, 2)),
        (["space", "up", "space", "down", "enter"], {}, (3,)),
        (["enter"], {"nobody": "不选"}, ()),
        (["down", "enter"], {"nobody": "不选"}, (1,)),
        (["space", "space", "enter"], {"nobody": "不选", "single": True}, ()),
        (["enter"], {"ticked": (2, 3)}, (2, 3)),
        (["space", "down", "enter"], {"single": True}, (2,)),
        (["space", "space", "enter"], {"at_least": 2}, (1, 2)),
        (["escape"], {}, None),
    ],
)
async def test_members_are_chosen(keys, named, answer):
    app = Asking(PickMembers("谁", MEMBERS, **named))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.answers == [answer]


async def test_too_few_are_asked_for_more():
    app = Asking(PickMembers("谁和谁", MEMBERS, at_least=2))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.answers == [] and "至少要选 2 名" in app.dialog.foot.text_of(0)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_as_they_are(size):
    app = Asking(PickMembers("谁", [Member(n, name, "x") for n, name in enumerate(HOSTILE, 1)]))
    async with app.run_test(size=size) as pilot:
        for _ in HOSTILE:
            await pilot.press("space")
        text = "\n".join(lines(app))
        assert HOSTILE[0] in text and HOSTILE[2] in text
        assert "已选 5 名" in app.dialog.foot.text_of(0)


async def test_an_empty_roster_says_what_to_do():
    app = Asking(PickMembers("谁", []))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "space")
        assert any("名册（F6）" in line for line in lines(app)) and app.answers == []

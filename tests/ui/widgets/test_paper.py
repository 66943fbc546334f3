"""The styles of a line are what Textual works out for the widget with the inks over it, in each look and after a change of look."""

import pytest

from partyday_tui.ui.theme import DARK, LIGHT, LOOKS, PLAIN
from partyday_tui.ui.widgets.lines import Lines
from partyday_tui.ui.widgets.paper import Paper
from tests.ui.kit_demo import KitDemo, RollDemo, names

INKS = [(), ("text",), ("quiet",), ("late", "cursor"), ("bar", "bar-strong")]


@pytest.mark.parametrize("looks", [(DARK, LIGHT, PLAIN, DARK), (LIGHT, PLAIN, LIGHT)])
async def test_the_inks_lie_on_the_paper_of_the_look_that_is_worn(looks):
    app = KitDemo(RollDemo(names(5)))
    async with app.run_test(size=(80, 24)) as pilot:
        widgets = [app.first.register, *app.first.query(Lines)]
        papers = [(widget, Paper(widget)) for widget in widgets]
        for look in looks:
            app.theme = look.name
            for _ in range(3):  # at once, while the change is under way, and after it
                for widget, paper in papers:
                    for wanted in INKS:
                        expected = widget.rich_style
                        for name in wanted:
                            expected += LOOKS[app.theme].ink(name)
                        assert paper.inks()(*wanted) == expected
                await pilot.pause()
            assert {str(paper.inks()().bgcolor.get_truecolor().hex) for _, paper in papers} == {look.paper}

"""`Lines`: a sentence that is too long for its line covers the one below with its end."""

import pytest
from textual.app import App

from partyday_tui.ui.theme import DARK, dress
from partyday_tui.ui.widgets.lines import Lines

SHORT, LONG = "已存盘", "磁盘已满（要 2.6 MB，只剩 0.0 MB），刚才这一笔没有存下，以前的都在；请腾出空间后再做一次。"


class One(App[None]):
    def __init__(self):
        super().__init__()
        dress(self, DARK)
        self.lines = Lines(2)

    def compose(self):
        yield self.lines


@pytest.mark.parametrize(
    ("sentence", "spills", "drawn"),
    [
        (SHORT, True, [SHORT, "F1 帮助"]),
        (
            LONG,
            True,
            ["磁盘已满（要 2.6 MB，只剩 0.0 MB），刚才这一笔没有存下，以前的都在；请腾出空间", "后再做一次。"],
        ),
        (LONG, False, None),
    ],
)
async def test_a_long_sentence_keeps_its_end(sentence, spills, drawn):
    app = One()
    async with app.run_test(size=(80, 24)):
        app.lines.put(1, "F1 帮助")
        app.lines.put(0, " " + sentence, spills=spills)
        found = [app.lines.render_line(y).text.strip() for y in range(2)]
        if drawn is None:
            assert found[0].endswith("..") and found[1] == "F1 帮助"
        else:
            assert found == drawn
        app.lines.put(0, "", spills=True)
        assert app.lines.render_line(1).text.strip() == "F1 帮助"

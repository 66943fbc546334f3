"""An agenda as it is typed, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.agenda import AgendaItem, agenda_text, read_agenda


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("19:30 重温入党誓词（罗有秀）", AgendaItem("19:30", "重温入党誓词", "罗有秀")),
        ("19：30重温入党誓词(罗有秀)", AgendaItem("19:30", "重温入党誓词", "罗有秀")),
        ("8点半 交纳党费", AgendaItem("08:30", "交纳党费")),
        ("９：０５ 学习", AgendaItem("09:05", "学习")),
        ("9点 学习", AgendaItem("09:00", "学习")),
        ("学习《准则》（试行）", AgendaItem("", "学习《准则》", "试行")),
        ("诵读党章", AgendaItem("", "诵读党章")),
        ("  3个议题  ", AgendaItem("", "3个议题")),
        ("=1+1", AgendaItem("", "=1+1")),
        ("[/foo]", AgendaItem("", "[/foo]")),
    ],
)
def test_a_line_is_an_item(line, item):
    assert read_agenda(line) == (item,)


def test_blank_lines_are_passed_over():
    assert [item.what for item in read_agenda("一\n\n  \n二\r\n三")] == ["一", "二", "三"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("一\n25:10 学习", "第2行的时间"),
        ("19:30", "第1行只有时间"),
        ("长" * 201, "第1行太长"),
        ("学习（" + "名" * 41 + "）", "第1行太长"),
        ("\n".join("项" for _ in range(61)), "议程有61项"),
    ],
)
def test_a_faulty_line_is_named(text, words):
    with pytest.raises(UserMistake, match=words):
        read_agenda(text)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "08:00", "23:59"]),
            st.sampled_from(["学习", "议事 (一) 修路"]),
            st.sampled_from(["", "罗有秀"]),
        )
    )
)
def test_what_is_written_is_read_back(rows):  # fmt: skip
    items = tuple(AgendaItem(*row) for row in rows)
    if len(items) <= 60:
        assert read_agenda(agenda_text(items)) == items

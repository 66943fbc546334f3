"""The showing gate: literal, printable, of the width it says."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from partyday_tui.ui.show import fit, shown, wrap


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("张建国", "张建国"),
        ("王·买买提", "王・买买提"),
        ("张[/foo]三", "张[/foo]三"),
        ("[@click=app.quit]x", "[@click=app.quit]x"),
        ("=1+1", "=1+1"),
        ("张\x1b[31m三", "张〓[31m三"),
        ("张\x9b31m三", "张〓31m三"),
        ("张\x00三", "张〓三"),
        ("张\u202e三", "张〓三"),
        ("张\u200b三", "张〓三"),
        ("张\ue000三", "张〓三"),
        ("第一行\n第二行", "第一行 第二行"),
        ("“学习强国”—①", "「学习强国」－(1)"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_text_of_the_book_is_shown_literally_and_safely(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_the_plain_look_has_no_letter_of_uncertain_width() -> None:
    assert shown("àé", plain=True) == "ae"


@pytest.mark.parametrize(
    ("text", "width", "align", "seen"),
    [
        ("张三", 6, "left", "张三  "),
        ("张三", 6, "right", "  张三"),
        ("张三", 6, "centre", " 张三 "),
        ("欧阳德胜", 7, "left", "欧阳.. "),
        ("张三丰", 4, "left", "张三"),
        ("张三", 3, "left", "张 "),
        ("张三", 0, "left", ""),
    ],
)
def test_text_is_padded_or_cropped_to_cells(text: str, width: int, align: str, seen: str) -> None:
    assert fit(text, width, align) == seen  # type: ignore[arg-type]


@given(st.text(max_size=60), st.integers(0, 40), st.booleans())
def test_a_fitted_text_is_exactly_as_wide_as_asked_and_moves_no_cursor(text: str, width: int, plain: bool) -> None:
    seen = fit(text, width, plain=plain)
    assert cell_len(seen) == width
    assert not any(unicodedata.category(char)[0] == "C" for char in seen)


@given(st.text(max_size=200), st.integers(4, 40))
def test_wrapped_lines_fit(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(text, width))


def test_a_line_never_begins_with_a_closing_mark() -> None:
    assert wrap("今天应到，实到", 8) == ["今天应", "到，实到"]
    assert wrap("按Ctrl+T看", 7) == ["按", "Ctrl+T", "看"]
    assert wrap("共1,135.73元", 8) == ["共", "1,135.73", "元"]
    assert wrap("x" * 20, 8) == ["x" * 8, "x" * 8, "x" * 4]

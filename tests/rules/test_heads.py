import pytest

from partyday_tui.rules.heads import cell_text, head_key


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (" 张三 ", "张三"),
        (1.0, "1"),
        (13812341234.0, "13812341234"),
        (0.5, "0.5"),
        (True, "是"),
        (False, "否"),
        (9.9999919410910664e17, "9.99999194109107e+17"),
    ],
)
def test_cells_read_as_a_form_shows_them(value: object, text: str):
    assert cell_text(value) == text


def test_head_keys():
    assert head_key(" 姓\n名：") == head_key("1.姓名") == "姓名"

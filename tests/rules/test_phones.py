import pytest

from partyday_tui.rules.phones import is_landline, is_mobile, plain_phone


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13812341234", "13812341234"),
        ("138 1234 1234", "13812341234"),
        ("138-1234-1234", "13812341234"),
        ("138—1234—1234", "13812341234"),
        ("+86 13812341234", "13812341234"),
        ("+86-138-1234-1234", "13812341234"),
        ("８６１３８１２３４１２３４", "13812341234"),
        ("'13812341234", "13812341234"),
        ("0712-2345678", "0712-2345678"),
        ("（0712）2345678", "(0712)2345678"),
        ("无", ""),
        ("/", ""),
        ("", ""),
        ("13812341234/13912341234", "13812341234/13912341234"),
        ("找他儿子", "找他儿子"),
    ],
)
def test_only_what_groups_the_digits_is_taken_off(written: str, kept: str):
    assert plain_phone(written) == kept


@pytest.mark.parametrize(
    ("number", "mobile", "landline"),
    [
        ("13812341234", True, False),
        ("0712-2345678", False, True),
        ("(0851)86543210", False, True),
        ("86543210-801", False, True),
        ("1381234", False, False),
        ("1381234123", False, False),
    ],
)
def test_mobiles_and_landlines(number: str, mobile: bool, landline: bool):
    assert (is_mobile(number), is_landline(number)) == (mobile, landline)

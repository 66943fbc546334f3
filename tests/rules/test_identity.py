from datetime import date

import pytest

from partyday_tui.rules.identity import check_identity, identity_birth, identity_sex, mask_identity, mask_phone

GOOD = "99999919410910664X"


@pytest.mark.parametrize(
    "value",
    [
        GOOD,
        GOOD.lower(),
        f" {GOOD} ",
        f"\t{GOOD}",
        "'" + GOOD,
        "999999 19410910 664X",
        "９９９９９９１９４１０９１０６６４Ｘ",
    ],
)
def test_accepts_the_ways_of_writing_one_number(value: str):
    check = check_identity(value)
    assert (check.number, check.problem) == (GOOD, None)


@pytest.mark.parametrize("blank", [None, "", "  ", "\t"])
def test_a_blank_is_no_number_and_no_problem(blank: object):
    assert check_identity(blank) == check_identity(None)
    assert (check_identity(blank).number, check_identity(blank).problem) == (None, None)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (9.9999919410910664e17, "存成了数字"),
        (999999194709046433, "存成了数字"),
        ("1.10105194912310E+17", "存成了数字"),
        (float("nan"), "存成了数字"),
        ("999999470904643", "15位"),
        (999999470904643, "15位"),
        (999999470904643.0, "15位"),
        ("99999919470904643", "18位"),
        ("9999991947090464333", "18位"),
        ("٩٩٩٩٩٩١٩٤٧٠٩٠٤٦٤٣٣", "18位"),
        ("099999194709046433", "18位"),
        ("无", "18位"),
        (True, "18位"),
        ("999999194713046433", "出生日期"),
        ("999999194702306433", "出生日期"),
        ("999999194709046434", "校验位"),
    ],
)
def test_refuses_and_says_why(value: object, word: str):
    check = check_identity(value)
    assert check.number is None
    assert check.problem is not None and word in check.problem and "请" in check.problem


def test_every_one_digit_error_and_neighbour_swap_is_caught():
    number = "999999194709046433"
    for at, digit in enumerate(number):
        for other in set("0123456789X") - {digit}:
            assert check_identity(number[:at] + other + number[at + 1 :]).number is None
        swapped = number[:at] + number[at + 1 : at + 2] + digit + number[at + 2 :]
        if swapped != number:
            assert check_identity(swapped).number is None


def test_birth_and_sex_come_from_the_number():
    assert identity_birth(GOOD) == date(1941, 9, 10)
    assert identity_sex(GOOD) == "女"
    assert identity_sex("999999194709046433") == "男"


def test_masks():
    assert mask_identity("11010519491231002X") == "1***************2X"
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("7123456") == "*****56"
    assert mask_identity("12") == "**"
    assert mask_phone("") == ""

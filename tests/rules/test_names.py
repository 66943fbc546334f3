import csv
from pathlib import Path

import pytest

from partyday_tui.rules.names import SURNAME_READINGS, Finder, find_rank, initials_of, split_surname

SURNAMES = list(csv.DictReader((Path(__file__).parents[1] / "evidence" / "surnames.csv").open(encoding="utf-8-sig")))
PEOPLE = [
    ("张建国", "zhang jian guo"),
    ("张金凤", "zhang jin feng"),
    ("张军", "zhang jun"),
    ("欧阳修文", "ou yang xiu wen"),
    ("单国强", "shan guo qiang"),
    ("阿依古丽·买买提", "a yi gu li mai mai ti"),
    ("吕芳", "lv fang"),
    ("吴𠮷", "wu 𠮷"),
    ("金凤", "jin feng"),
]


@pytest.mark.parametrize("row", SURNAMES, ids=lambda row: row["surname"])
def test_every_surname_of_the_evidence_has_its_reading(row: dict[str, str]):
    assert SURNAME_READINGS[row["surname"]].replace(" ", "") == row["reading"]


def test_compound_surnames_hold_one_syllable_for_each_character():
    assert all(len(reading.split()) == len(surname) for surname, reading in SURNAME_READINGS.items())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("单国强", ("单", "国强")),
        ("单于国强", ("单于", "国强")),
        ("欧阳修文", ("欧阳", "修文")),
        ("张三", ("张", "三")),
        ("张", ("张", "")),
        ("阿依古丽·买买提", ("", "阿依古丽·买买提")),
        ("", ("", "")),
    ],
)
def test_surnames_are_split_with_compounds_first(name: str, parts: tuple[str, str]):
    assert split_surname(name) == parts


def test_initials():
    assert initials_of("shan guo qiang") == "sgq"
    assert initials_of("wu 𠮷") == "w𠮷"
    assert initials_of("") == ""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zj", ["张军", "张建国", "张金凤"]),
        ("zjf", ["张金凤"]),
        ("zhangjf", ["张金凤"]),
        ("zhangjinfeng", ["张金凤"]),
        ("zhjife", ["张金凤"]),
        ("zhang", ["张建国", "张金凤", "张军"]),
        ("ZJ", ["张军", "张建国", "张金凤"]),
        ("ｚｊ", ["张军", "张建国", "张金凤"]),
        ("jf", ["金凤", "张金凤"]),
        ("oyxw", ["欧阳修文"]),
        ("xiuwen", ["欧阳修文"]),
        ("sgq", ["单国强"]),
        ("aygl", ["阿依古丽·买买提"]),
        ("lvf", ["吕芳"]),
        ("lüf", ["吕芳"]),
        ("金凤", ["金凤", "张金凤"]),
        ("国", ["张建国", "单国强"]),
        ("古丽买", ["阿依古丽·买买提"]),
        ("𠮷", ["吴𠮷"]),
        ("hang", []),
        ("zjx", []),
        ("[/foo]", []),
        (".*", []),
    ],
)
def test_typing_finds(query: str, found: list[str]):
    assert [PEOPLE[at][0] for at in Finder(PEOPLE).find(query)] == found
    ranked = [(find_rank(query, *person), at) for at, person in enumerate(PEOPLE)]
    assert [PEOPLE[at][0] for rank, at in sorted((r, at) for r, at in ranked if r is not None)] == found


def test_nothing_typed_leaves_the_list_as_it_is():
    assert Finder(PEOPLE).find(" ") == list(range(len(PEOPLE)))
    assert find_rank("", "张军", "zhang jun") is None


def test_the_whole_name_comes_before_its_beginning_before_a_later_part():
    assert find_rank("zj", "张军", "zhang jun") == 0
    assert find_rank("zj", "张建国", "zhang jian guo") == 1
    assert find_rank("jg", "张建国", "zhang jian guo") == 2
    assert find_rank("张军", "张军", "") == 0

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from partyday_tui.rules.names import initials_of
from partyday_tui.services.readings import reading_of

SURNAMES = list(csv.DictReader((Path(__file__).parents[1] / "evidence" / "surnames.csv").open(encoding="utf-8-sig")))


@pytest.mark.parametrize("row", SURNAMES, ids=lambda row: row["surname"])
def test_every_surname_of_the_evidence_alone_and_inside_a_name(row: dict[str, str]):
    assert reading_of(row["surname"]).replace(" ", "") == row["reading"]
    assert reading_of(row["surname"] + "国强").replace(" ", "") == row["reading"] + "guoqiang"


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单国强", "shan guo qiang"),
        ("欧阳修文", "ou yang xiu wen"),
        ("张单", "zhang dan"),
        ("仇  伟", "qiu wei"),
        ("阿卜杜拉·买买提", "a bo du la mai mai ti"),
        ("卜杜拉·买买提", "bo du la mai mai ti"),
        ("吕绿", "lv lv"),
        ("吴𠮷𠮷", "wu 𠮷 𠮷"),
        ("Maria李", "maria li"),
        ("张[/foo]三", "zhang [/foo] san"),
        ("", ""),
    ],
)
def test_readings(name: str, reading: str):
    assert reading_of(name) == reading


def test_initials_follow_the_surname_table():
    assert initials_of(reading_of("曾红")) == "zh"


def test_pypinyin_comes_only_with_the_first_reading_and_without_its_phrases():
    code = (
        "import sys; from partyday_tui.services.readings import reading_of;"
        "assert 'pypinyin' not in sys.modules; reading_of('张三');"
        "from pypinyin.constants import PHRASES_DICT; assert not PHRASES_DICT"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})

"""Members of one name are told apart in every list where a mark or a sum hangs on the right one."""

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.services.appraisal import read_appraisal
from partyday_tui.services.dues_evening import open_evening
from partyday_tui.services.member_year import of_member
from partyday_tui.services.namesakes import asides, names_apart
from partyday_tui.services.sheets.appraisals import ballot_form
from partyday_tui.store.members import insert_members

PEOPLE = [
    ("王建国", "1960-03-08", ""),
    ("王建国", None, "999999200310160734"),
    ("王建国", None, ""),
    ("单国强", "1950", ""),
]


def filled(book):
    with book.act("准备", with_session=True) as act:
        fields = [
            {"name": name, "reading": "", "kind": "full", "born_on": born, "identity": number}
            for name, born, number in PEOPLE
        ]
        return insert_members(act, fields)


def test_only_those_who_share_a_name_and_whose_birth_is_known_have_an_aside(book):
    first, second, third, other = filled(book)
    everyone = [(key, name) for key, (name, _, _) in zip((first, second, third, other), PEOPLE, strict=True)]
    assert asides(book, everyone) == {first: "1960年生", second: "2003年生"}
    assert asides(book, [(first, "王建国"), (other, "单国强")]) == {}, "alone on a list nobody needs telling apart"


def test_the_dues_table_and_the_appraisal_tell_them_apart(book):
    first, second, _, _ = filled(book)
    wanted = {first: "1960年生", second: "2003年生"}
    assert open_evening(book).asides == wanted
    page = read_appraisal(book, 2026)
    assert page.asides == wanted
    names = [str(row[1]) for table in ballot_form(book, 2026).tables for row in table.rows]
    assert sorted(names) == ["单国强", "王建国", "王建国 1960年生", "王建国 2003年生"]


def test_on_paper_a_name_alone_is_told_apart_from_the_others_of_the_branch(book):
    first, _, third, other = filled(book)
    assert names_apart(book, [(first, "王建国"), (other, "单国强")]) == {first: "王建国 1960年生", other: "单国强"}
    names = [of_member(book, key, 2026).name for key in (first, third, other)]
    assert names == ["王建国 1960年生", f"王建国 {third}号", "单国强"], "no two files of one name"
    with pytest.raises(UserMistake, match="请重新选"):
        of_member(book, 999, 2026)

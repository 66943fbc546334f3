"""Making, opening and describing a book."""

import os
from contextlib import closing
from datetime import date, datetime

import pytest
from tests.old_books import old_book

from partyday_tui.clock import BEIJING, Clock
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.safekeeping.place import read_file
from partyday_tui.services.backup import back_up
from partyday_tui.services.books import NeverBegun, branch_of, change_branch, clock_doubt, make_book, open_existing
from partyday_tui.store.book import create_book
from partyday_tui.store.branch import preset_choices
from partyday_tui.store.changes import changes_of

CLOCK = Clock(date(2026, 11, 6))


def test_a_new_book_knows_its_branch_and_opens_again(tmp_path):
    path = tmp_path / "新" / "book.db"
    book = make_book(path, CLOCK, name="柳湾村党支部", preset="bureau", superior="镇党委", secretary="王书记")
    made = branch_of(book)
    assert (made.name, made.superior, made.secretary, made.made_on) == (
        "柳湾村党支部",
        "镇党委",
        "王书记",
        "2026-11-06",
    )
    assert [preset for _, preset in preset_choices(book)] == ["bureau"]
    book.close()
    again = open_existing(path, CLOCK)
    assert branch_of(again) == made
    again.close()


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"name": ""}, UserMistake), ({"name": "名" * 81}, PartydayError), ({"preset": ""}, PartydayError)],
)
def test_a_book_that_cannot_be_made_leaves_no_book_behind(tmp_path, fields, error):
    path = tmp_path / "账本" / "book.db"
    with pytest.raises(error):
        make_book(path, CLOCK, **{"name": "柳湾村党支部", "preset": "bureau"} | fields)
    left = os.listdir(path.parent) if path.parent.exists() else []
    assert set(left) <= {"book.db.lock"}
    make_book(path, CLOCK, name="柳湾村党支部", preset="bureau").close()


@pytest.mark.parametrize("size", [0, None], ids=["not a byte", "a schema"])
def test_a_book_in_which_there_never_was_anything_is_made_anew(tmp_path, size):
    path = tmp_path / "book.db"
    create_book(path, CLOCK).close()
    if size is not None:
        path.write_bytes(b"")
    for _ in range(2):
        with pytest.raises(NeverBegun, match="请再新建一次"):
            open_existing(path, CLOCK)
    make_book(path, CLOCK, name="柳湾村党支部", preset="bureau").close()
    before = path.read_bytes()
    with pytest.raises(UserMistake, match="已经存在"):
        make_book(path, CLOCK, name="别的支部", preset="bureau")
    assert path.read_bytes() == before
    with closing(open_existing(path, CLOCK)) as book:
        assert branch_of(book).name == "柳湾村党支部"


@pytest.mark.parametrize("number", [1, 8])
def test_an_older_book_is_not_taken_for_an_empty_one(tmp_path, number):
    path = tmp_path / "book.db"
    old_book(path, number)
    before = path.read_bytes()
    with pytest.raises(UserMistake, match="已经存在"):
        make_book(path, CLOCK, name="别的支部", preset="bureau")
    assert path.read_bytes() == before


def test_a_changed_branch_keeps_its_key_and_says_who_changed_it(book):
    old = branch_of(book)
    new = change_branch(book, name="新支部", superior="", secretary="李书记")
    assert branch_of(book) == new
    assert (new.key, new.made_on, new.name) == (old.key, old.made_on, "新支部")
    change_branch(book, name="再改", superior="", secretary="李书记")
    names = [(c.actor, c.old, c.new) for c in changes_of(book, "branch", 1) if c.field == "name"]
    assert names == [("李书记", "新支部", "再改"), ("罗有秀", "柳湾村党支部", "新支部")]
    with pytest.raises(UserMistake, match="名称没有填"):
        change_branch(book, name="", superior="", secretary="")


class ClockAt(Clock):
    """A computer whose clock stands wherever it stands."""

    def __init__(self, moment):
        object.__setattr__(self, "day", None)
        object.__setattr__(self, "moment", moment)

    def now(self):
        return self.moment


WRONG = [datetime(year, 1, 1, 8, tzinfo=BEIJING) for year in (1970, 1980, 2000, 2036, 2038, 2099)]


@pytest.mark.parametrize(
    ("moment", "doubt"),
    [
        *zip(WRONG, ["impossible"] * 3 + ["ahead"] * 3, strict=True),
        (datetime(2026, 11, 6, 20, tzinfo=BEIJING), None),
        (datetime(2026, 11, 5, 20, tzinfo=BEIJING), "a_little_behind"),
        (datetime(2026, 11, 4, 20, tzinfo=BEIJING), "behind"),
    ],
    ids=str,
)
def test_a_clock_is_held_against_the_book_and_whatever_it_says_the_book_can_be_backed_up(tmp_path, moment, doubt):
    path = tmp_path / "book.db"
    make_book(path, ClockAt(datetime(2026, 11, 6, 19, tzinfo=BEIJING)), name="柳湾村党支部", preset="bureau").close()
    book = open_existing(path, ClockAt(moment))
    found = clock_doubt(book)
    assert (found and found.doubt) == doubt
    made = back_up(book, tmp_path)
    assert read_file(made.path).header.made_at == moment.isoformat()
    assert clock_doubt(book) is None or doubt == "impossible"
    book.close()


@pytest.mark.parametrize("moment", WRONG[:3], ids=str)
def test_no_book_is_made_on_a_day_that_cannot_be(tmp_path, moment):
    with pytest.raises(UserMistake, match="校正电脑日期"):
        make_book(tmp_path / "book.db", ClockAt(moment), name="柳湾村党支部", preset="bureau")
    assert not (tmp_path / "book.db").exists()

"""The month's end: which month it is, the package in the outbox with what is missing named, a second try as a new revision."""

from datetime import date

import pytest
from openpyxl import load_workbook

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import State
from partyday_tui.rules.packages import month_package
from partyday_tui.services import outbox
from partyday_tui.services.demo import DEMO_DAY
from partyday_tui.services.desk import read_desk
from partyday_tui.services.dues_months import close_month
from partyday_tui.services.month_due import month_to_end, month_waiting
from partyday_tui.services.month_end import package_of, read_month_end
from partyday_tui.services.month_gaps import month_gaps
from partyday_tui.services.package import lay_ready, write_package

NOW = Month.of(DEMO_DAY)


@pytest.fixture
def end_month(tmp_path):
    """Make a month's package and lay it ready."""

    def end(book, month):
        made = write_package(book, month_package(month), tmp_path / "出")
        return made, lay_ready(book, month_package(month), made)

    return end


def test_a_month_is_ended_with_things_missing_and_its_index_names_each(demo, end_month):
    gaps = month_gaps(demo, NOW)
    assert gaps, "the demo branch has something left to do"
    made, item = end_month(demo, NOW)
    assert (item.kind, item.period, item.state) == ("month", str(NOW), State.WAITING)
    assert package_of(demo, NOW) == item and outbox.waiting(demo) >= 1
    index = load_workbook(outbox.path_of(demo, item)).worksheets[0]
    said = "\n".join(str(cell.value) for row in index.iter_rows() for cell in row if cell.value is not None)
    assert all(gap.line in said for gap in gaps)
    assert made.forms > 3


def test_what_was_mended_makes_a_new_revision_and_the_end_says_so(demo, end_month):
    _, first = end_month(demo, NOW)
    end = read_month_end(demo, NOW)
    assert end.may_close_dues and end.undecided > 0 and end.package == first
    close_month(demo, NOW, {}, rest_unpaid=True)
    _, second = end_month(demo, NOW)
    end = read_month_end(demo, NOW)
    assert (second.revision, end.package) == (first.revision + 1, second)
    assert not end.may_close_dues and "close" not in {gap.key for gap in end.gaps}


def test_the_dues_of_a_month_to_come_cannot_be_closed(demo):
    assert not read_month_end(demo, NOW.next).may_close_dues


@pytest.mark.parametrize(
    ("on", "ended", "month", "waits"),
    [
        (date(2026, 11, 6), False, "2026-10", True),
        (date(2026, 11, 15), False, "2026-10", True),
        (date(2026, 11, 16), False, "2026-11", False),
        (date(2026, 11, 6), True, "2026-11", False),
        (date(2026, 11, 25), False, "2026-11", True),
        (date(2026, 11, 30), False, "2026-11", True),
    ],
)
def test_the_month_before_waits_until_the_middle_of_this_one_and_this_from_the_25th(
    demo, end_month, on, ended, month, waits
):
    if ended:
        end_month(demo, NOW.previous)
    demo.clock = Clock(on)
    assert str(month_to_end(demo)) == month
    assert (month_waiting(demo) is not None) == waits
    assert any(line.where == "month_end" for line in read_desk(demo).lines) == waits


def test_a_book_without_a_plan_ends_this_month(book):
    assert month_to_end(book) == Month.of(book.clock.today)

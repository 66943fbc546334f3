"""The demo branch, made once, and its file for questions in SQL."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from partyday_tui.clock import Clock
from partyday_tui.services.demo import DEMO_DAY, make_demo, open_demo


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("forms") / "demo.db"
    make_demo(path, Clock(DEMO_DAY))
    return path


@pytest.fixture
def demo(demo_path, tmp_path):
    book = open_demo(shutil.copy(demo_path, tmp_path / "demo.db"), Clock(DEMO_DAY))
    yield book
    book.close()


@pytest.fixture
def ask(demo_path):
    """One value, or rows, straight from the file."""
    with closing(sqlite3.connect(demo_path)) as connection:

        def run(sql, *parameters):
            return [tuple(row) for row in connection.execute(sql, parameters)]

        yield run

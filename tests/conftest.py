"""What several suites share: a book on disk, and the working day of the trials."""

import os
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book

# Sub-processes of the tests run this checkout, installed or not.
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1] / "src")
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
# The computers of the users stand in China; a test of another zone says so itself.
os.environ["TZ"] = "Asia/Shanghai"

# A slow machine is no fault of what is tested.
# The suite tries the same examples each time, so that it says the same of the same code; other ones are the soak's.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile(
    "soak", deadline=None, derandomize=False, database=None, max_examples=int(os.environ.get("SOAK_EXAMPLES", 20_000))
)
settings.load_profile("house")

TODAY = date(2026, 11, 6)


def pytest_collection_modifyitems(items):
    """The long walks first: one that came last would be waited for by all other workers."""
    items.sort(key=lambda item: item.path.parent.name not in ("whole", "manual"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """No test touches the user's own folders, nor the zone of the next test."""
    if hasattr(time, "tzset"):
        time.tzset()
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in (
        "DATA_HOME",
        "STATE_HOME",
        "CACHE_HOME",
        "CONFIG_HOME",
        "DESKTOP_DIR",
        "DOCUMENTS_DIR",
        "DOWNLOAD_DIR",
    ):
        monkeypatch.delenv(f"XDG_{name}", raising=False)
    from partyday_tui import paths

    for function in (paths.data_folder, paths.log_file):
        function.cache_clear()
    yield
    for function in (paths.data_folder, paths.log_file):
        function.cache_clear()


@pytest.fixture
def book_path(tmp_path):
    """Where the book of this test lies."""
    return tmp_path / "book.db"


@pytest.fixture
def book(book_path):
    """An open book of a rural branch on the working day of the trials."""
    book = make_book(
        book_path,
        Clock(TODAY),
        name="柳湾村党支部",
        preset="rural_community",
        superior="青山镇党委",
        secretary="罗有秀",
    )
    yield book
    book.close()

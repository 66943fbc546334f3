"""The PIN is kept as a hash beside the book; wrong ones cost time and nothing else, and a damaged file locks nobody out."""

import json
import stat
import sys

import pytest

from partyday_tui import pin
from partyday_tui.errors import PartydayError


def test_a_pin_is_kept_as_a_hash_for_its_owner_alone():
    assert not pin.screen_pin().is_set and not pin.forget()
    pin.choose_pin("135790")
    kept = pin.pin_file().read_text()
    assert "135790" not in kept and len(json.loads(kept)["digest"]) == 64
    if sys.platform != "win32":
        assert stat.S_IMODE(pin.pin_file().stat().st_mode) == 0o600
    pin.choose_minutes(10)
    assert (pin.screen_pin().minutes, pin.try_pin("135790")) == (10, True)
    first = pin.screen_pin().digest
    pin.choose_pin("135790")
    assert pin.screen_pin().digest != first, "salted"
    assert pin.forget() and not pin.screen_pin().is_set


def test_wrong_ones_are_counted_over_starts_and_the_right_one_begins_anew():
    pin.choose_pin("1234")
    pin.note_locked()
    for count in range(1, 5):
        assert not pin.try_pin("4321")
        assert (pin.screen_pin().failed, pin.screen_pin().locked) == (count, True)
    assert pin.try_pin("1234")
    assert (pin.screen_pin().failed, pin.screen_pin().locked) == (0, False)


def test_the_wait_grows_and_ends_at_ten_minutes():
    waits = [pin.wait_after(failed) for failed in range(40)]
    assert waits[:6] == [0, 0, 0, 5, 10, 20] and waits == sorted(waits) and waits[-1] == 600


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("1234", True), ("123456789012", True), ("123", False), ("1234567890123", False), ("12a4", False), ("１２３４", False), ("", False)],
)  # fmt: skip
def test_what_can_be_a_pin(typed, fits):
    assert (pin.mistake_in(typed) is None) == fits


GOOD = {"minutes": 5, "salt": "0" * 32, "digest": "0" * 64, "failed": 0, "locked": True}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"[1]", b"\xff\xfe", b"{}", b"[" * 4000,
        *(json.dumps(GOOD | wrong).encode() for wrong in (
            {"minutes": 7}, {"minutes": []}, {"salt": 3}, {"salt": "0"}, {"digest": "xyz"}, {"digest": ""}, {"failed": -1},
            {"failed": "many"}, {"locked": 1}, {"more": 1})),
    ],
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none(content):
    pin.pin_file().parent.mkdir(parents=True)
    pin.pin_file().write_bytes(content)
    assert pin.screen_pin() == pin.ScreenPin()
    assert pin.try_pin("0000"), "and nobody is kept out by it"


def test_what_cannot_be_kept_is_told(monkeypatch):
    pin.pin_file().parent.parent.mkdir(parents=True)
    pin.pin_file().parent.write_bytes(b"a file where the folder should be")
    with pytest.raises(PartydayError, match="没有能记下"):
        pin.choose_pin("1234")

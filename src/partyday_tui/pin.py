"""The screen lock of this computer: after how many minutes, and the PIN as a hash. It keeps passers-by out and encrypts nothing.

It lies beside the book's folder and never in a book or a backup. Whoever may delete files here may delete it; that is the way in for
one who forgot the PIN, and no entry of the book is lost by it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from partyday_tui.durable import write_whole
from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder

MINUTES = (0, 5, 10, 30)
"""After so many minutes without a key; 0 is never."""

_LEAST, _MOST = 4, 12  # digits
_LONGEST = 4096  # bytes
_COST = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 64 << 20}


@dataclass(frozen=True, slots=True)
class ScreenPin:
    """``salt`` and ``digest`` in hex, '' without a PIN. ``failed``: wrong PINs since the last right one. ``locked``: the screen is."""

    minutes: int = 0
    salt: str = ""
    digest: str = ""
    failed: int = 0
    locked: bool = False

    @property
    def is_set(self) -> bool:
        """Whether there is a PIN."""
        return bool(self.digest)


def pin_file() -> Path:
    """Where it is kept."""
    return data_folder() / "lock.json"


def screen_pin() -> ScreenPin:
    """What is kept; no PIN where the file is not there, cannot be read or is not as we write it."""
    try:
        return _read()
    except OSError:
        return ScreenPin()


def _read() -> ScreenPin:
    """What is kept; raises OSError where it is there and cannot be read, so that no change is made of what was not seen."""
    try:
        with open(pin_file(), "rb") as file:
            import json  # the first paint has no use for it where there is no PIN

            found = json.loads(file.read(_LONGEST))
        kept = ScreenPin(**found)
        whole = len(bytes.fromhex(kept.salt)) == 16 and len(bytes.fromhex(kept.digest)) == 32
    except (FileNotFoundError, ValueError, TypeError, RecursionError):
        return ScreenPin()
    kinds = kept.minutes in MINUTES and type(kept.failed) is int and kept.failed >= 0 and type(kept.locked) is bool
    return kept if whole and kinds else ScreenPin()


def mistake_in(pin: str) -> str | None:
    """What is wrong with a PIN that is being chosen."""
    if not (pin.isascii() and pin.isdecimal() and _LEAST <= len(pin) <= _MOST):
        return f"PIN 是 {_LEAST} 到 {_MOST} 位数字，请改一下"
    return None


def choose_pin(pin: str) -> None:
    """Keep a new PIN, as a scrypt hash; raises PartydayError."""
    salt = os.urandom(16)
    _change(salt=salt.hex(), digest=_digest(pin, salt), failed=0, locked=False)


def choose_minutes(minutes: int) -> None:
    """Keep after how many minutes; raises PartydayError."""
    _change(minutes=minutes)


def note_locked() -> None:
    """The screen is locked, so that a new start is no way round; raises PartydayError."""
    _change(locked=True)


def try_pin(pin: str) -> bool:
    """Whether the PIN is right; counts a wrong one, and takes the lock off for the right one. Takes a tenth of a second."""
    from hmac import compare_digest

    kept = screen_pin()
    right = not kept.is_set or compare_digest(_digest(pin, bytes.fromhex(kept.salt)), kept.digest)
    with suppress(PartydayError):  # a full disk must not keep the right one out
        _change(failed=0 if right else kept.failed + 1, locked=not right)
    return right


def wait_after(failed: int) -> int:
    """Seconds to wait before the next PIN is taken, after so many wrong ones: none for two slips, then ever longer, ten minutes at most."""
    return 0 if failed < 3 else min(5 * 2 ** min(failed - 3, 10), 600)


def forget() -> bool:
    """Take PIN and lock away; returns whether there was one. Raises PartydayError."""
    try:
        pin_file().unlink()
    except FileNotFoundError:
        return False
    except OSError:
        raise PartydayError(f"{pin_file()} 删不掉，锁屏没有去掉；请关掉台账的窗口，再试一次。") from None
    return True


def _digest(pin: str, salt: bytes) -> str:
    from hashlib import scrypt

    return scrypt(pin.encode(), salt=salt, dklen=32, **_COST).hex()


def _change(**fields: str | int) -> None:
    """Write the file for its owner alone, the old one or the new one whole."""
    import json

    try:
        write_whole(pin_file(), json.dumps(asdict(_read()) | fields).encode())
    except OSError:
        raise PartydayError("锁屏的设置没有能记下，请检查磁盘是否已满，再设一次。") from None

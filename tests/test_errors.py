import errno
import re

import pytest

from partyday_tui.errors import cause_of


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EROFS, errno.EIO, 9999, None])
def test_why_the_machine_refused_is_said_in_chinese(number: int | None):
    said = cause_of(OSError(number, "No space left on device") if number else OSError("odd"))
    assert re.match(r"[\u4e00-\u9fff]{4,}", said) and "device" not in said

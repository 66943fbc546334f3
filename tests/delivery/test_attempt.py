"""The limits of a try: what hangs is cut, what a server says is short and harmless."""

import socket
import threading
from contextlib import suppress

import pytest

from partyday_tui.delivery.attempt import NotDelivered, Stopped, Try, said


def test_stopping_cuts_the_connection_that_is_waited_on():
    ours, theirs = socket.socketpair()
    limits, ended = Try(20), threading.Event()

    def waits():
        limits.hold(ours)
        threading.Timer(0.05, limits.stop).start()
        heard = ours.recv(1)
        ended.set()
        return heard

    with ours, theirs:
        with suppress(Stopped):
            assert limits.run(waits) == b""
        assert ended.wait(5), "the thread still hangs on the server"


def test_a_connection_that_comes_too_late_is_cut_at_once():
    ours, theirs = socket.socketpair()
    limits = Try(20)
    limits.stop()
    with ours, theirs:
        limits.hold(ours)
        assert ours.recv(1) == b""


def test_what_ends_in_time_is_handed_back_and_what_fails_is_raised():
    assert Try(20).run(lambda: 7) == 7
    with pytest.raises(NotDelivered, match="甲"):
        Try(20).run(lambda: (_ for _ in ()).throw(NotDelivered("甲")))
    with pytest.raises(ZeroDivisionError):
        Try(20).run(lambda: 1 / 0)
    with pytest.raises(NotDelivered, match="先停下了"):
        Try(0).check()


@pytest.mark.parametrize("text", [b"\xff\x1b[2J ok\r\n", "甲\u202e" + "长" * 500, "", None, 5])
def test_what_a_server_says_is_one_short_harmless_line(text):
    words = said(text)
    assert words.isprintable() and len(words) <= 80

"""Delivery into a folder: whole or not at all, never over another file, and every trouble in a sentence."""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from partyday_tui.delivery import folder
from partyday_tui.delivery.attempt import NotDelivered, Parcel, Stopped, Try
from partyday_tui.safekeeping.uncached import read_uncached

NAME = "柳湾村党支部 2026年10月 月报.xlsx"
DATA = bytes(range(256)) * 1000
PARCEL = Parcel(NAME, DATA, hashlib.sha256(DATA).hexdigest(), "月报")


def put(target, limits=None, parcel=PARCEL):
    return folder.deliver(target, parcel, limits or Try(20), read_uncached)


def refused(target, limits=None):
    with pytest.raises(NotDelivered) as refusal:
        put(target, limits)
    assert "请" in refusal.value.sentence
    return refusal.value.sentence


@pytest.fixture
def stick(tmp_path):
    made = tmp_path / "stick"
    made.mkdir()
    return made


def test_a_package_arrives_and_a_repeat_leaves_it_alone(stick):
    assert "读回核对无误" in put(stick)
    before = (stick / NAME).stat()
    assert "已经有这一份" in put(stick)
    assert os.listdir(stick) == [NAME] and (stick / NAME).read_bytes() == DATA
    assert (stick / NAME).stat().st_mtime_ns == before.st_mtime_ns


def test_what_a_cut_left_behind_goes_first(stick):
    (stick / f"{NAME}.part").write_bytes(b"half")
    put(stick)
    assert os.listdir(stick) == [NAME]


def test_another_file_of_the_name_is_never_overwritten(stick):
    (stick / NAME).write_bytes(b"theirs")
    assert "没有覆盖" in refused(stick)
    assert (stick / NAME).read_bytes() == b"theirs" and os.listdir(stick) == [NAME]


def test_a_folder_that_is_not_there_is_named_and_not_made(tmp_path):
    assert "没有找到文件夹" in refused(tmp_path / "gone" / "away")
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("at", [0.1, 0.5, 0.79])
def test_a_folder_that_goes_away_in_the_middle(stick, at):
    assert "请插好" in refused(stick, Try(20, told=lambda done: done > at and shutil.rmtree(stick, ignore_errors=True)))
    assert not stick.exists()
    stick.mkdir()
    put(stick)
    assert os.listdir(stick) == [NAME]


def test_bytes_that_change_on_the_way_are_not_called_delivered(stick):
    def spoil(done):
        if done >= 0.79:
            (stick / f"{NAME}.part").write_bytes(DATA[:-1] + b"?")

    assert "读回来不一样" in refused(stick, Try(20, told=spoil))
    assert os.listdir(stick) == []


def test_the_user_can_stop_and_the_time_can_end(stick):
    limits = Try(20, told=lambda done: limits.stop() if done > 0.3 else None)
    with pytest.raises(Stopped):
        put(stick, limits)
    assert "先停下了" in refused(stick, Try(0))
    assert os.listdir(stick) == []


@contextmanager
def tiny_disk(at):
    """A real file system of 64 KB."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(at)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk here; the test with a limit of the file's size runs anyway")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_disk_that_is_full(stick):
    with tiny_disk(stick):
        assert "满了" in refused(stick)
        assert os.listdir(stick) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX does")
def test_a_file_that_finds_no_room(stick):
    program = f"""
import resource, sys
sys.path.insert(0, {os.getcwd()!r})
from pathlib import Path
from tests.delivery.test_folder import NotDelivered, put
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    put(Path({str(stick)!r}))
except NotDelivered as error:
    print(error.sentence)
"""
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True)
    assert "满了" in done.stdout and os.listdir(stick) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(stick):
    stick.chmod(0o500)
    assert "不能写入" in refused(stick)

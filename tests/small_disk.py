"""A real disk of a few megabytes, where the machine lets a test mount one; otherwise the test is skipped with a word about it."""

import subprocess
import sys

import pytest


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own with 3 MB."""
    if sys.platform != "linux":
        pytest.skip("not shown here: a small disk is mounted on Linux only")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("not shown here: this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill_up(folder, leave=0):
    """Take all space of the disk but so many bytes."""
    with open(folder / "ballast", "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
        file.truncate(max(file.tell() - leave, 0))

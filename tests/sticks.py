"""A folder that this machine takes for a stick: a made-up list of mounts, read by the program's own reader."""

import sys

import pytest

from partyday_tui.safekeeping import drives


def plug_in(folder, monkeypatch):
    """Let `folder` be a mounted stick called after its last part."""
    if sys.platform != "linux":
        pytest.skip("the list of mounts is Linux's")
    root = folder.parent / "machine"
    disk = root / "sdb"
    disk.mkdir(parents=True)
    (disk / "removable").write_text("1\n")
    (root / "8:16").symlink_to(disk)
    escaped = str(folder).replace(" ", "\\040")
    (root / "mountinfo").write_text(f"40 22 8:16 / {escaped} rw - vfat /dev/sdb rw\n")
    monkeypatch.setattr(drives, "_MOUNTINFO", root / "mountinfo")
    monkeypatch.setattr(drives, "_DEVICES", root)

"""Which drives can be taken out, on a made-up ``/proc`` and ``/sys``, and where this machine's own folders lie."""

from pathlib import Path

import pytest

from partyday_tui.safekeeping.drives import Volume, read_mounts, removable_drives, volume_of

LINES = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 8:17 / /media/li/KINGSTON\\040U rw,nosuid shared:2 - exfat /dev/sdb1 rw
41 22 8:33 / /media/li/DISK rw shared:3 - ext4 /dev/sdc1 rw
42 22 179:1 / /media/li/card rw - vfat /dev/mmcblk0p1 rw
43 22 0:50 / /mnt/share rw - cifs //server/share rw
44 22 0:51 / /mnt/nfs rw master:3 - nfs4 server:/x rw
45 22 0:20 / /tmp rw - tmpfs tmpfs rw
46 22 0:52 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
broken line
47 22 9:9 / /gone rw - ext4 /dev/gone rw
"""


@pytest.fixture
def devices(tmp_path):
    """A /sys with a fixed disk, a stick, a USB hard disk and a card reader."""
    numbers = tmp_path / "dev" / "block"
    numbers.mkdir(parents=True)
    for number, disk, part, removable in (
        ("8:1", "pci0/ata1/block/sda", "sda1", "0"),
        ("8:17", "pci0/other/block/sdb", "sdb1", "1"),
        ("8:33", "pci0/usb2/2-1/block/sdc", "sdc1", "0"),
        ("179:1", "pci0/mmc0/block/mmcblk0", "mmcblk0p1", "1"),
    ):
        folder = tmp_path / "devices" / disk / part
        folder.mkdir(parents=True)
        (folder.parent / "removable").write_text(removable + "\n")
        (numbers / number).symlink_to(folder)
    return numbers


def test_what_each_mount_lies_on(devices):
    assert {str(mount.path): mount.volume for mount in read_mounts(LINES, devices)} == {
        "/": Volume.FIXED,
        "/media/li/KINGSTON U": Volume.REMOVABLE,
        "/media/li/DISK": Volume.REMOVABLE,
        "/media/li/card": Volume.REMOVABLE,
        "/mnt/share": Volume.NETWORK,
        "/mnt/nfs": Volume.NETWORK,
        "/tmp": Volume.FIXED,
        "/run/user/1000/gvfs": Volume.NETWORK,
        "/gone": Volume.FIXED,
    }


def test_an_empty_or_broken_list_of_mounts_is_no_mount(devices):
    assert read_mounts("", devices) == read_mounts("x\n\n - \n", devices) == []


def test_a_path_that_is_not_there_yet_lies_where_the_folder_above_it_lies(tmp_path):
    assert volume_of(tmp_path / "no" / "such" / "book.db") == volume_of(tmp_path)


def test_this_machine_answers_without_a_mistake():
    assert all(isinstance(drive.path, Path) and drive.label for drive in removable_drives())

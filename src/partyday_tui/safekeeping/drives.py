"""Which drives can be taken out, and on what kind of volume a path lies (reliability.md R4, ecosystem.md §6)."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Volume(StrEnum):
    """What a path lies on; what nobody can tell counts as fixed, since a wrong refusal locks a user out."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"


VOLUME_WORDS = {Volume.FIXED: "本机硬盘", Volume.REMOVABLE: "U盘", Volume.NETWORK: "网络盘"}


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be taken out: where it is mounted, and its name as people see it."""

    path: Path
    label: str


def removable_drives() -> list[Drive]:
    """The sticks that are in now, in the order of their paths; a USB hard disk that calls itself fixed is not among them on Windows."""
    return sorted(_drives(), key=lambda drive: str(drive.path))


def volume_of(path: Path) -> Volume:
    """The kind of volume on which `path`, or the nearest folder above it that exists, lies."""
    there = path.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    return _volume(there.resolve())


if sys.platform == "win32":
    import ctypes

    _REMOVABLE, _REMOTE = 2, 4  # GetDriveTypeW

    def _volume(path: Path) -> Volume:
        if path.anchor.startswith("\\\\"):
            return Volume.NETWORK
        kind = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return {_REMOVABLE: Volume.REMOVABLE, _REMOTE: Volume.NETWORK}.get(kind, Volume.FIXED)

    def _drives() -> Iterator[Drive]:
        present = ctypes.windll.kernel32.GetLogicalDrives()
        for place, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            root = f"{letter}:\\"
            if not present >> place & 1 or ctypes.windll.kernel32.GetDriveTypeW(root) != _REMOVABLE:
                continue
            name = ctypes.create_unicode_buffer(261)
            # A card reader without a card is a drive without a volume: it cannot take a backup.
            if ctypes.windll.kernel32.GetVolumeInformationW(root, name, 261, None, None, None, None, 0):
                yield Drive(Path(root), f"{name.value or 'U盘'} ({letter}:)")

elif sys.platform == "darwin":

    def _volume(path: Path) -> Volume:
        parts = path.parts
        return Volume.REMOVABLE if len(parts) > 2 and parts[1] == "Volumes" else Volume.FIXED

    def _drives() -> Iterator[Drive]:
        folder = Path("/Volumes")
        for entry in folder.iterdir() if folder.is_dir() else ():
            if entry.is_dir() and not entry.is_symlink():  # the system disk is a link there
                yield Drive(entry, entry.name)

else:
    _MOUNTINFO, _DEVICES = Path("/proc/self/mountinfo"), Path("/sys/dev/block")

    def _volume(path: Path) -> Volume:
        mounts = [mount for mount in _mounts() if path.is_relative_to(mount.path)]
        return max(mounts, key=lambda mount: len(mount.path.parts)).volume if mounts else Volume.FIXED

    def _drives() -> Iterator[Drive]:
        for mount in _mounts():
            if mount.volume is Volume.REMOVABLE and mount.path.is_dir():
                yield Drive(mount.path, mount.path.name or str(mount.path))

    def _mounts() -> list["Mount"]:
        try:
            return read_mounts(_MOUNTINFO.read_text("utf-8", "replace"), _DEVICES)
        except OSError:
            return []


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system of Linux."""

    path: Path
    volume: Volume


_OVER_THE_NETWORK = re.compile(r"nfs4?|cifs|smb.*|afs|ceph|davfs2?|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse)")


def read_mounts(mountinfo: str, devices: Path) -> list[Mount]:
    """The mounts of a ``/proc/self/mountinfo``; `devices` holds a link ``major:minor`` for each block device, as /sys/dev/block does."""
    found = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) < 5 or not kinds:
            continue
        path = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal.group(1), 8)), fields[4]))
        if _OVER_THE_NETWORK.fullmatch(kinds[0]):
            found.append(Mount(path, Volume.NETWORK))
        else:
            found.append(Mount(path, Volume.REMOVABLE if _can_be_taken_out(devices / fields[2]) else Volume.FIXED))
    return found


def _can_be_taken_out(device: Path) -> bool:
    """Whether a block device, or the disk of which it is a part, calls itself removable or hangs on USB."""
    try:
        place = Path(os.path.realpath(device, strict=True))
    except OSError:
        return False
    if any(part.startswith("usb") for part in place.parts):
        return True
    for folder in (place, place.parent):
        try:
            return (folder / "removable").read_text("ascii").strip() == "1"
        except (OSError, ValueError):
            continue
    return False

"""A stick pulled in the middle of a backup (T7): a real exFAT file system whose driver is killed, checked, and mounted again.

Half of the pulls come while the backup is written to the stick, half at any moment of the whole backup. Afterwards the old generations are
there and whole, no file under a final name is not, what was told as done is there, and the next backup goes through.
"""

import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import place
from partyday_tui.services import backup
from partyday_tui.services.dues_collect import record_payment
from tests.soak.beginnings import branch
from tests.soak.calls import PASSPHRASE
from tests.soak.faults import in_child
from tests.soak.outcome import Outcome
from tests.soak.world import World, at_home, same_keys, troubles

TOOLS = ("mkfs.exfat", "mount.exfat-fuse", "fsck.exfat", "losetup", "umount")
INSTEAD = "以「stick gone from an operation of a backup on」一行代替"
_SIZE = 8 << 20  # bytes of the stick
_OLD = {1, 2}
_PATIENCE = 10.0  # seconds for a mount
_BUSY = b"w"  # what the child says when the stick begins to be written, and when it is
_PACKED, _WRITTEN = 0.4, 0.9  # of the progress of a backup


def run(count, seed, folder):
    """So many pulls."""
    if why := why_not(folder):
        return Outcome(notice=f"没有做：{why}；{INSTEAD}")
    world, chance, outcome = World(folder / "world"), random.Random(seed), Outcome()
    world.folder.mkdir()
    with at_home(world):
        stick = _prepared(world, folder)
        whole, writing = _undisturbed(stick, world)
        for number in range(count):
            outcome.tried += 1
            for wrong in _pulled(stick, world, chance, whole, writing, outcome):
                outcome.failures.append(f"pull {number} of seed {seed}: {wrong}")
    return outcome


def why_not(folder):
    """Why this machine cannot do it; '' where it can."""
    if not sys.platform.startswith("linux"):
        return "只有 Linux 能在测试里挂载"
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        return f"缺 {'、'.join(missing)}"
    if not os.access("/dev/fuse", os.W_OK):
        return "这个用户不能用 /dev/fuse"
    stick = Stick(Path(folder) / "probe.img", Path(folder) / "probe")
    try:
        stick.format()
        with stick.mounted():
            return ""
    except (OSError, subprocess.CalledProcessError) as error:
        return f"这台机器不让挂载（{error}）"


@dataclass
class Stick:
    """An image with an exFAT file system, and where it is mounted."""

    image: Path
    folder: Path

    def format(self):
        """An empty stick."""
        self.folder.mkdir(exist_ok=True)
        self.image.write_bytes(b"")
        os.truncate(self.image, _SIZE)
        _did("mkfs.exfat", self.image)

    @contextmanager
    def device(self):
        """The image as a block device."""
        name = _did("losetup", "--find", "--show", self.image).strip()
        try:
            yield name
        finally:
            _did("losetup", "--detach", name)

    @contextmanager
    def mounted(self, device=None):
        """The driver, with the stick mounted; it may be killed in between."""
        if device is None:
            with self.device() as own, self.mounted(own) as driver:
                yield driver
            return
        driver = subprocess.Popen(
            ["mount.exfat-fuse", "-d", device, str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            self._wait_for(driver)
            yield driver
        finally:
            gone = driver.poll() is not None
            with contextlib.suppress(subprocess.CalledProcessError):  # a driver that was killed leaves a dead mount
                _did("umount", *(["--lazy"] if gone else []), str(self.folder))
            driver.wait(_PATIENCE)

    def _wait_for(self, driver):
        end = time.monotonic() + _PATIENCE
        while not os.path.ismount(self.folder):
            if driver.poll() is not None or time.monotonic() > end:
                raise OSError("mount.exfat-fuse did not mount")
            time.sleep(0.002)

    def check(self, device):
        """Let fsck mend what it finds; whether there was anything."""
        done = subprocess.run(["fsck.exfat", "-y", device], capture_output=True, text=True)
        return "clean" not in done.stdout


def _did(*command):
    return subprocess.run([str(it) for it in command], check=True, capture_output=True, text=True).stdout


def _prepared(world, folder):
    """A book that has gone on since two generations were put on the stick; both kept, to be laid anew before each pull."""
    branch(world)
    stick = Stick(folder / "stick.img", folder / "stick")
    stick.format()
    with stick.mounted(), closing(world.opened()) as book:
        backup.back_up(book, stick.folder)
        record_payment(book, 2, request_key="second")
        backup.back_up(book, stick.folder)
        record_payment(book, 3, request_key="third")
    shutil.copytree(world.folder, folder / "base")
    shutil.copy(stick.image, folder / "base.img")
    return stick


def _lay(stick, world):
    base = world.folder.parent / "base"
    shutil.rmtree(world.folder)
    shutil.copytree(base, world.folder)
    shutil.copy(base.with_suffix(".img"), stick.image)


def _undisturbed(stick, world):
    """Seconds that a backup takes, and those in which the stick is written and read back."""
    _lay(stick, world)
    with stick.mounted():
        pid, told = _begun(stick, world, "")
        begun = time.monotonic()
        os.read(told, 1)
        packed = time.monotonic()
        os.read(told, 1)
        written = time.monotonic()
        said = _rest_of(pid, told)
        if not said.startswith("done"):
            raise RuntimeError(f"a backup to the stick does not work undisturbed: {said}")
        return time.monotonic() - begun, written - packed


def _begun(stick, world, passphrase):
    """A backup in a child: its process, and where it says how far it is."""
    told, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(told)
            os.write(say, _backed_up(stick, world, passphrase, say).encode("utf-8", "replace"))
        finally:
            os._exit(0)
    os.close(say)
    return pid, told


def _backed_up(stick, world, passphrase, say):
    same_keys()
    marks = [_PACKED, _WRITTEN]

    def progress(done):
        while marks and done >= marks[0]:
            marks.pop(0)
            os.write(say, _BUSY)

    try:
        with closing(world.opened()) as book:
            made = backup.back_up(book, stick.folder, passphrase, told=progress)
        return f"done {made.generation}"
    except PartydayError as error:
        return f"refused: {error.sentence}"
    except BaseException as error:
        return f"uncaught: {error!r}"


def _rest_of(pid, told):
    with open(told, "rb") as said:
        text = said.read().decode().lstrip(_BUSY.decode())
    os.waitpid(pid, 0)
    return text


def _pulled(stick, world, chance, whole, writing, outcome):
    """One pull; what is wrong afterwards."""
    _lay(stick, world)
    passphrase = chance.choice(("", PASSPHRASE))
    with stick.device() as device:
        with stick.mounted(device) as driver:
            pid, told = _begun(stick, world, passphrase)
            if chance.random() < 0.5:
                os.read(told, 1)
                time.sleep(chance.random() * writing * 1.2)
            else:
                time.sleep(chance.random() * whole * 1.1)
            driver.kill()
            driver.wait()
            said = _rest_of(pid, told)
        outcome.count(said.split()[0].rstrip(":"))
        if stick.check(device):
            outcome.count("mended by fsck")
        with stick.mounted(device):
            if list(stick.folder.glob("*.part")):
                outcome.count("cut while written")
            yield from _troubles(stick, world, said)


def _troubles(stick, world, said):
    if said.startswith("uncaught") or not said:
        yield said or "the child died"
    if said.startswith("refused") and (said.count("。") != 1 or not said.endswith("。")):
        yield f"not one sentence: {said}"
    found, wrong = _generations(stick)
    yield from wrong
    due = _OLD | {int(said.split()[1])} if said.startswith("done") else _OLD
    if not due <= found:
        yield f"on the stick there are only generations {sorted(found)} (it was {said})"
    if (again := in_child(lambda: _again(stick, world))) != "sound":
        yield again or "the next start died"
    elif not due < _generations(stick)[0]:
        yield "the next backup is not there"


def _generations(stick):
    """The whole generations on the stick, and what is wrong with others under a final name."""
    found, wrong = set(), []
    for it in place.listed(stick.folder):
        try:
            found.add(place.read_file(it.path).header.generation)
        except PartydayError as error:
            wrong.append(f"{it.path.name} under its final name: {error.sentence}")
    return found, wrong


def _again(stick, world):
    """The next start, and the next backup, without a pull."""
    try:
        with closing(world.opened()) as book:
            if wrong := troubles(book):
                return wrong[0]
            backup.back_up(book, stick.folder)
    except BaseException as error:
        return f"the next backup: {error!r}"
    return "sound"

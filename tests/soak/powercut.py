"""Power cuts replayed from the log of what the program did to its files (T4).

The log is that of the real services, from a new book to a restore. Two models of an honest disk (reliability.md §2): after a cut all that
was synced is there; of the rest any part, in pieces of a sector, in any order. In ``ext4`` any sync makes earlier changes of folders
durable, in ``posix`` only a sync of the folder does. Each state is opened by the program: it opens, is whole, holds what was
acknowledged, and at the most the one act more that was under way.
"""

import functools
import hashlib
import os
import random
import shutil
import struct
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder
from partyday_tui.safekeeping import drives, place
from partyday_tui.services import backup, plan, roll
from partyday_tui.store import copies
from tests.soak.calls import CALLS
from tests.soak.faults import in_child, in_shim, inside, library
from tests.soak.outcome import Outcome
from tests.soak.world import DAY, World, same_keys, state_of, troubles

SECTOR = 512
MODELS = ("ext4", "posix")
_HEAD = struct.Struct("<cIIqQ")


@dataclass(frozen=True)
class Step:
    """One operation of the log: ``w``rite, ``t``runcate, ``s``ync, ``c``reate, ``u``nlink, ``r``ename, folder (``d``), ``!`` a word."""

    op: str
    path: str
    other: str
    at: int
    data: bytes


@dataclass
class Inode:
    """What of a file is on the medium, and the writes that may be, or only in part."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)


class Disk:
    """The folder as the medium has it, under one of the models."""

    def __init__(self, model, root, base):
        self._model, self._root = model, root
        self.files = {path: Inode(bytearray(data)) for path, data in base.items() if data is not None}
        self._live = dict(self.files)
        self.folders = {path for path, data in base.items() if data is None}
        self._named = []  # changes of names that are not durable yet: (step, inode)

    def do(self, step):
        """Let one operation happen."""
        if step.op in "wt":
            inode = self._live.get(step.path)
            if inode is not None:
                inode.pending.append(step)
        elif step.op == "s":
            self._sync(step.path)
        elif step.op in "curd":
            self._rename(step)

    def _rename(self, step):
        inode = None
        if step.op == "c":
            inode = self._live[step.path] = Inode()
        elif step.op == "u":
            self._live.pop(step.path, None)
        elif step.op == "r":
            inode = self._live[step.other] = self._live.pop(step.path)
        self._named.append((step, inode))

    def _sync(self, path):
        inode = self._live.get(path)
        if inode is not None:
            for step in inode.pending:
                _apply(inode.durable, step)
            inode.pending.clear()
        kept = []
        for step, it in self._named:
            folders = {os.path.dirname(name) for name in (step.path, step.other) if name}
            if self._model == "ext4" or path in folders:
                _name(self.files, self.folders, step, it)
            else:
                kept.append((step, it))
        self._named = kept

    def cut(self, chance):
        """{path: bytes} after a cut now, and the folders."""
        files, folders = dict(self.files), set(self.folders)
        if self._model == "ext4":
            named = self._named[: chance.randint(0, len(self._named))]
        else:
            share = chance.choice((0.0, 0.5, 1.0))
            named = [it for it in self._named if chance.random() < share]
        for step, inode in named:
            _name(files, folders, step, inode)
        way = chance.choice(("none", "all", "prefix", "any"))
        return {
            path: _torn(inode, way, chance)
            for path, inode in files.items()
            if all(str(parent) in folders for parent in _parents(path, self._root))
        }


def _parents(path, root):
    found = Path(path).parent
    while str(found) != root and str(found) != "/":
        yield found
        found = found.parent


def _name(files, folders, step, inode):
    if step.op == "d":
        folders.add(step.path)
    elif step.op == "c":
        files[step.path] = inode
    elif step.op == "u":
        files.pop(step.path, None)
    else:
        files.pop(step.path, None)
        files[step.other] = inode


def _apply(data, step):
    if step.op == "t":
        del data[step.at :]
        data.extend(bytes(max(step.at - len(data), 0)))
    else:
        data.extend(bytes(max(step.at - len(data), 0)))
        data[step.at : step.at + len(step.data)] = step.data


def _torn(inode, way, chance):
    """The bytes of a file of which only a part of the unsynced writes came through."""
    data = bytearray(inode.durable)
    count = {"none": 0, "all": len(inode.pending), "prefix": chance.randint(0, len(inode.pending))}.get(way)
    for number, step in enumerate(inode.pending):
        if count is None:
            if step.op == "t":
                if chance.random() < 0.5:
                    _apply(data, step)
                continue
            for part in _sectors(step):
                if chance.random() < 0.5:
                    _apply(data, part)
        elif number < count:
            _apply(data, step)
        elif number == count and step.op == "w" and way == "prefix":
            parts = list(_sectors(step))
            for part in parts[: chance.randint(0, len(parts))]:
                _apply(data, part)
    return bytes(data)


def _sectors(step):
    at = 0
    while at < len(step.data):
        size = SECTOR - (step.at + at) % SECTOR
        yield replace(step, at=step.at + at, data=step.data[at : at + size])
        at += size


def read_log(path):
    """The steps of a log that faultfs.c wrote."""
    raw, at, steps = path.read_bytes(), 0, []
    while at < len(raw):
        op, first, second, offset, size = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        name, other = raw[at : at + first].decode(), raw[at + first : at + first + second].decode()
        at += first + second
        data = b""
        if op == b"w":
            data = raw[at : at + size]
            at += size
        steps.append(Step(op.decode(), name, other, offset, data))
    return steps


def run(count, seed, folder):
    """So many states, half of each model, spread over the whole log."""
    return in_shim("powercut", count, seed, folder)


def _run(count, seed, folder):
    drives._mounts = functools.cache(drives._mounts)
    same_keys()
    outcome, chance = Outcome(), random.Random(seed)
    tales = ("a year", "migration", "restore over damage", "copying a book in")
    shares = (0.85, 0.05, 0.05, 0.05)
    for tale, share in zip(tales, shares, strict=True):
        outcome.add(_replayed(tale, max(round(count * share), 2), chance, folder))
    return outcome


def _tell(tale, world, shim):
    """Do the calls of a tale; after each its word goes into the log: it is acknowledged."""
    called = {call.name: call for call in CALLS}
    if tale != "a year":
        called[tale].act(world, None)
        shim.faultfs_note(b"done")
        return
    names = (
        "new book", "roster import", "year plan", "assessment", "roll call", "end of the roll", "payment", "payments together",
        "reversal", "hand-over", "month close", "leave slip", "backup", "encrypted backup", "restore",
    )  # fmt: skip
    for name in names:
        call = called.get(name)
        if name == "assessment":
            _assess(world)
        else:
            call.act(world, call.ready(world))
        shim.faultfs_note(name.encode())
    with closing(world.opened()) as book:  # marks one at a time, each its own commit
        event = roll.event_to_call(book)
        for number, entry in enumerate(roll.read_roll(book, event).entries[:12]):
            mark = roll.Mark(entry.member_id, tuple(roll.Status)[number % 4])
            roll.write_marks(book, event, [[mark]])
            shim.faultfs_note(b"mark")
        backup.back_up(book, world.stick)
        shim.faultfs_note(b"backup")


def _assess(world):
    from partyday_tui.services.dues_assess import Decision, assess_members
    from tests.dues_branch import APPROVED

    with closing(world.opened()) as book:
        plan.ensure_event(book, DAY)
        assess_members(book, 2026, [Decision(key, "farmer", None, **APPROVED) for key in range(1, 6)])


def _replayed(tale, count, chance, folder):
    world, shim, log = World(folder / "world"), library(), folder / "log"
    shutil.rmtree(world.folder, ignore_errors=True)
    world.folder.mkdir(parents=True)
    if tale != "a year":
        next(call for call in CALLS if call.name == tale).prepare(world)
    base = {str(path): None if path.is_dir() else path.read_bytes() for path in world.folder.rglob("*")}
    shim.faultfs_watch(str(world.folder).encode())  # and the folder itself, which is synced too
    in_child(lambda: _logged(tale, world, shim, log))
    steps = read_log(log)
    shim.faultfs_watch(b"")
    judge = Judge(tale, world, data_folder() / "book.db" if tale == "copying a book in" else world.path, steps, base)
    return judge.judged(count, chance)


def _logged(tale, world, shim, log):
    handle = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    shim.faultfs_log(handle)
    _tell(tale, world, shim)
    shim.faultfs_log(-1)
    return "done"


class Judge:
    """Holds states after a cut against the states that the book went through undisturbed."""

    def __init__(self, tale, world, book, steps, base):
        self._tale, self._world, self._book, self._steps, self._base = tale, world, str(book), steps, base
        self._known, self._opened = {}, 0
        self._order = []  # the logical states in the order in which they came

    def judged(self, count, chance):
        """Cut ``count`` times, as many in each model, at places spread over the log."""
        outcome = Outcome()
        self._learn()
        for model in MODELS:
            words = [number for number, step in enumerate(self._steps, 1) if step.op == "!"]
            anywhere, told = range(1, len(self._steps) + 1), chance.choices(words, k=count // 8)
            cuts = sorted(told + chance.choices(anywhere, k=count // 2 - len(told)))
            disk = Disk(model, str(self._world.folder), self._base)
            done, acknowledged, allowed, generations = 0, False, self._first, set()
            for cut in cuts:
                for step in self._steps[done:cut]:
                    disk.do(step)
                    if step.op == "!":
                        acknowledged = True
                        allowed, generations = self._marks[id(step)]
                done = cut
                outcome.tried += 1
                for wrong in self._wrong(disk.cut(chance), acknowledged, allowed, self._reached[cut], generations):
                    outcome.failures.append(
                        f"{self._tale}, {model}, cut after step {cut} of {len(self._steps)}: {wrong}"
                    )
        outcome.count("opened", self._opened)
        outcome.count("commits", len(self._order))
        outcome.count("steps", len(self._steps))
        return outcome

    def _learn(self):
        """Walk through the log on a disk that loses nothing: which state the book is in after each step."""
        # Only the book's own commits come one after the other; elsewhere any write may complete a file.
        disk = Disk("ext4", str(self._world.folder), self._base)
        everything = _All()
        self._marks, self._reached, last = {}, {0: -1}, None
        generations = self._generations(disk.cut(everything))
        for number, step in enumerate([None, *self._steps]):
            if step is not None:
                disk.do(step)
            # A state can only have changed where a journal was emptied, a file renamed, or a book was begun.
            if step is None or step.op in "!tr":
                left = disk.cut(everything)
                try:
                    state = self._state_after(left)
                except PartydayError:  # the damaged book that a restore begins with
                    state = None
                if state is not None and state != last:
                    self._order.append(state)
                    last = state
                if step is not None and step.op == "!":
                    generations = self._generations(left)
                    self._marks[id(step)] = (len(self._order) - 1, generations)
            self._reached[number] = len(self._order) - 1
        self._first = self._reached[0]
        if self._tale != "a year":
            self._reached = dict.fromkeys(self._reached, len(self._order) - 1)

    def _generations(self, left):
        names = {os.path.basename(path): path for path in left if path.startswith(f"{self._world.stick}/")}
        return {name for name in names if name.endswith(".zip")}

    def _wrong(self, left, acknowledged, lowest, highest, generations):
        try:
            state = self._state_after(left)
        except PartydayError as error:
            state = None
            if acknowledged or lowest >= 0:
                yield f"the book does not open: {error.sentence}"
                return
        if self._tale == "restore over damage" and self._base[self._book] not in left.values():
            yield "the damaged book is gone"
        if state is None:
            if acknowledged or lowest >= 0:
                yield "there is no book"
        elif state not in self._order[max(lowest, 0) : highest + 1]:
            at = self._order.index(state) if state in self._order else None
            yield f"the book is in state {at}, and {lowest} was acknowledged, {highest} reached"
        if missing := generations - self._generations(left):
            yield f"backups that were told are gone: {sorted(missing)}"
        for path, data in left.items():
            if path.startswith(f"{self._world.stick}/") and path.endswith(".zip"):
                yield from self._spoilt(path, data)

    def _spoilt(self, path, data):
        key = hashlib.sha256(data).digest()
        if key not in self._known:
            self._known[key] = ""
            try:
                place.archive.read(data)
            except PartydayError as error:
                self._known[key] = error.sentence
        if self._known[key]:
            yield f"{os.path.basename(path)} under its final name: {self._known[key]}"

    def _state_after(self, left):
        """The logical state of the book in these files, opened by the program; None without a book. Raises PartydayError."""
        book, journal = self._book, f"{self._book}-journal"
        if book not in left or not left[book]:
            return None
        whole = hashlib.sha256(left[book] + b"|" + left.get(journal, b"none")).digest()
        if whole in self._known:
            return self._told(whole)
        self._opened += 1
        self._known[whole] = self._looked(left[book], left.get(journal))
        return self._told(whole)

    def _told(self, whole):
        found = self._known[whole]
        if isinstance(found, PartydayError):
            raise found
        return found

    def _looked(self, raw, journal):
        place_for_it = World(self._world.folder.parent / "state")
        shutil.rmtree(place_for_it.folder, ignore_errors=True)
        place_for_it.folder.mkdir()
        place_for_it.path.write_bytes(raw)
        if journal is not None:
            place_for_it.path.with_name("book.db-journal").write_bytes(journal)
        try:
            place_for_it.opened().close()
            plain = _plain(place_for_it.path.read_bytes())
            if plain not in self._known:
                with closing(place_for_it.opened()) as book:
                    if wrong := troubles(book):
                        return PartydayError(f"{wrong[0]}。")
                self._known[plain] = state_of(place_for_it.path).all
            return self._known[plain]
        except PartydayError as error:
            return error


def _plain(raw):
    """A hash of a book file but for SQLite's own counters: the same bytes need not be looked into twice."""
    head = bytearray(raw[:100])
    for part in copies._COUNTERS:
        head[part] = bytes(part.stop - part.start)
    return hashlib.sha256(bytes(head) + raw[100:]).digest()


class _All(random.Random):
    """No chance at all: everything came through."""

    def choice(self, seq):
        return "all" if "all" in seq else 1.0

    def randint(self, a, b):
        return b

    def random(self):
        return 0.0


if __name__ == "__main__":
    inside(_run)

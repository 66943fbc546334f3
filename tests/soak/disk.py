"""What of a recorded log is on the medium after a power cut.

Two models of an honest disk (reliability.md §2): all that was synced is there; of the rest any part, in pieces of a sector, in any
order. In ``ext4`` any sync makes earlier changes of folders durable, in ``posix`` only a sync of the folder does. And one of a stick or
disk that lies: a sync means nothing; whatever is older than so many operations is there, of the rest any part.
"""

import os
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

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


class LyingDisk:
    """A medium that takes a sync for done at once: what is older than ``LAG`` operations is on it, of the rest any part in any order."""

    LAG = 30

    def __init__(self, root, base):
        self._root = root
        self._files = {path: Inode(bytearray(data)) for path, data in base.items() if data is not None}
        self._live = dict(self._files)
        self._folders = {path for path, data in base.items() if data is None}
        self._waiting = []  # (step, inode)

    def do(self, step):
        """Let one operation happen."""
        if step.op in "s!":
            return
        inode = self._live.get(step.path)
        if step.op == "c":
            inode = self._live[step.path] = Inode()
        elif step.op == "u":
            self._live.pop(step.path, None)
        elif step.op == "r":
            inode = self._live[step.other] = self._live.pop(step.path)
        self._waiting.append((step, inode))
        if len(self._waiting) > self.LAG:
            old, it = self._waiting.pop(0)
            if old.op in "wt":
                _apply(it.durable, old)
            else:
                _name(self._files, self._folders, old, it)

    def cut(self, chance):
        """{path: bytes} after a cut now."""
        files, folders, share = dict(self._files), set(self._folders), chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        through = [it for it in self._waiting if chance.random() < share]
        data = {}
        for step, inode in through:
            if step.op not in "wt":
                _name(files, folders, step, inode)
            elif inode is not None:
                _apply(data.setdefault(id(inode), bytearray(inode.durable)), step)
        return {
            path: bytes(data.get(id(inode), inode.durable))
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

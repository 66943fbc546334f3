"""States after a power cut held against the states that the book went through undisturbed."""

import hashlib
import os
import random
import shutil
from contextlib import closing

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import place
from partyday_tui.store import copies
from tests.soak.disk import MODELS, Disk
from tests.soak.outcome import Outcome
from tests.soak.world import World, state_of, troubles


class Judge:
    """Holds states after a cut against the states that the book went through undisturbed.

    After `learn`: ``order`` are those states, ``reached`` the newest after each number of steps, ``marks`` what was told with each word:
    the state, and the finished files of this word and of the next.
    """

    def __init__(self, tale):
        self._tale, self._world, self._book, self._steps, self._base = (
            tale.name, tale.world, str(tale.book), tale.steps, tale.base
        )  # fmt: skip
        self._known, self._opened = {}, 0
        self.order = []  # the logical states in the order in which they came

    def judged(self, count, chance):
        """Cut ``count`` times, as many in each model, at places spread over the log."""
        outcome = Outcome()
        self.learn()
        for model in MODELS:
            words = [number for number, step in enumerate(self._steps, 1) if step.op == "!"]
            at_words = chance.choices(words, k=count // 8)
            cuts = sorted(at_words + chance.choices(range(1, len(self._steps) + 1), k=count // 2 - len(at_words)))
            disk = Disk(model, str(self._world.folder), self._base)
            done, acknowledged, allowed, told = 0, False, self._first, (self._files(disk.cut(_All())), {})
            for cut in cuts:
                for step in self._steps[done:cut]:
                    disk.do(step)
                    if step.op == "!":
                        acknowledged = True
                        allowed, told = self.marks[id(step)]
                done = cut
                outcome.tried += 1
                for wrong in self._wrong(disk.cut(chance), acknowledged, allowed, self.reached[cut], told):
                    outcome.failures.append(
                        f"{self._tale}, {model}, cut after step {cut} of {len(self._steps)}: {wrong}"
                    )
        outcome.count("opened", self._opened)
        outcome.count("commits", len(self.order))
        outcome.count("steps", len(self._steps))
        return outcome

    def learn(self):
        """Walk through the log on a disk that loses nothing: which state the book is in after each step."""
        # Only the book's own commits come one after the other; elsewhere any write may complete a file.
        disk = Disk("ext4", str(self._world.folder), self._base)
        everything = _All()
        self.marks, self.reached, last, files = {}, {0: -1}, None, []
        for number, step in enumerate([None, *self._steps]):
            if step is not None:
                disk.do(step)
            # A state can only have changed where a journal was emptied, a file renamed, or a book was begun.
            if step is None or step.op in "!tr":
                left = disk.cut(everything)
                try:
                    state = self.state_after(left)
                except PartydayError:  # the damaged book that a restore begins with
                    state = None
                if state is not None and state != last:
                    self.order.append(state)
                    last = state
                if step is not None and step.op == "!":
                    files.append(self._files(left))
                    self.marks[id(step)] = len(self.order) - 1
            self.reached[number] = len(self.order) - 1
        pairs = zip(files, [*files[1:], files[-1]], strict=True)
        self.marks = {key: (at, pair) for (key, at), pair in zip(self.marks.items(), pairs, strict=True)}
        self._first = self.reached[0]
        if self._tale != "a year":
            self.reached = dict.fromkeys(self.reached, len(self.order) - 1)

    def _files(self, left):
        """Those of the files that are finished once they are told: backups, packages, what this computer keeps."""
        ends, home = (".zip", ".xlsx", ".json", ".txt"), f"{self._world.folder}/home/"
        return {
            path: data
            for path, data in left.items()
            if path.endswith(ends)
            and (path.endswith(".zip") or ".待报送/" in path or path.startswith((home, f"{self._world.stick}/")))
            and not os.path.basename(path).startswith(".")
        }

    def _wrong(self, left, acknowledged, lowest, highest, told):
        try:
            state = self.state_after(left)
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
        elif state not in self.order[max(lowest, 0) : highest + 1]:
            at = self.order.index(state) if state in self.order else None
            yield f"the book is in state {at}, and {lowest} was acknowledged, {highest} reached"
        before, after = (
            told  # a file may also be the one that the next word tells, or be gone where that one does without
        )
        for path, data in before.items():
            if path in after and left.get(path) not in (data, after[path]):
                yield f"{os.path.basename(path)} was told, and is {'another' if path in left else 'gone'}"
        for path, data in left.items():
            if path.endswith(".zip"):
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

    def state_after(self, left):
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

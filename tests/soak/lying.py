"""Power cuts on a disk that lies about its syncs (T5): what is lost is told at the start, and a generation brings the book back.

No book is safe on such a disk: of the last operations any part is there, in any order; what the start says of it is counted. What is
demanded: where a book is damaged, the newest whole generation, on the stick or on this computer, is restored over it, and is no older
than the last one that had time to reach the medium; one that is a state that was is at the most the last few acts behind.
"""

import hashlib
import random
import shutil
from contextlib import closing

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import place
from partyday_tui.services import restore
from partyday_tui.services.start_check import check_at_start
from tests.soak.calls import PASSPHRASE
from tests.soak.disk import LyingDisk
from tests.soak.faults import in_shim, inside
from tests.soak.judge import Judge
from tests.soak.outcome import Outcome
from tests.soak.tale import recorded
from tests.soak.world import CLOCK, World, same_keys, state_of, troubles

_MOST_ACTS = 4
"""So many acts may be under way in the operations that the disk holds back."""


def run(count, seed, folder):
    """So many states, spread over the whole tale of a year."""
    return in_shim("lying", count, seed, folder)


def _run(count, seed, folder):
    same_keys()
    tale, chance = recorded("a year", folder), random.Random(seed)
    trial = _Trial(tale, World(folder / "state"))
    disk, done, told = LyingDisk(str(tale.world.folder), tale.base), 0, [(0, -1)]
    for cut in sorted(chance.choices(range(1, len(tale.steps) + 1), k=count)):
        for number, step in enumerate(tale.steps[done:cut], done):
            disk.do(step)
            if step.op == "!":
                told.append((number, trial.judge.marks[id(step)][0]))
        done = cut
        settled = max(it for it in told if it[0] <= max(cut - 2 * LyingDisk.LAG, 0))
        for wrong in trial.troubles(disk.cut(chance), told[-1][1], settled[0]):
            trial.outcome.failures.append(f"cut after step {cut} of {len(tale.steps)}, seed {seed}: {wrong}")
    return trial.outcome


class _Trial:
    """Looks into the states as the program does at its start."""

    def __init__(self, tale, state):
        self.judge, self.outcome = Judge(tale), Outcome()
        self.judge.learn()
        self._tale, self._state, self._known = tale, state, {}
        self._generations = {}  # {number of the step that told it: the newest generation of then}
        for number, step in enumerate(tale.steps):
            if step.op == "!":
                files = self.judge.marks[id(step)][1][0]
                self._generations[number] = max(map(_generation, files), default=0)

    def troubles(self, left, lowest, settled):
        """What is wrong in a state where ``lowest`` was told, and all up to the step ``settled`` is on the medium."""
        self.outcome.tried += 1
        said, state = self._start(left)
        order = self.judge.order
        if said:
            self.outcome.count("told at the start")
        elif state not in order:
            self.outcome.count("told by the full check alone" if self._doctor else "a mixture of acts, told by nothing")
        elif order.index(state) >= lowest:
            self.outcome.count("with nothing lost")
            return
        else:
            self.outcome.count("sound, the last acts not there")
            if lowest - order.index(state) > _MOST_ACTS:
                yield f"{lowest - order.index(state)} acts are not there, and the start says nothing"
            return
        if due := self._generations.get(settled, 0):
            yield from self._brought_back(left, due)

    def _start(self, left):
        """(what the start says, the state of the book); each pair of book and journal is looked into once."""
        book = left.get(str(self._tale.book), b"")
        journal = left.get(f"{self._tale.book}-journal")
        key = hashlib.sha256(book + b"|" + (journal or b"none")).digest()
        if key not in self._known:
            self._lay(book, journal)
            self._known[key] = self._looked()
        said, state, self._doctor = self._known[key]
        return said, state

    def _lay(self, book, journal):
        shutil.rmtree(self._state.folder, ignore_errors=True)
        self._state.folder.mkdir()
        self._state.path.write_bytes(book)
        if journal is not None:
            self._state.path.with_name("book.db-journal").write_bytes(journal)

    def _looked(self):
        if not self._state.path.stat().st_size:
            return "no book", None, ""
        try:
            with closing(self._state.opened()) as book:
                if found := check_at_start(book):
                    return found[0], None, ""
                doctor = troubles(book)
        except PartydayError as error:
            return error.sentence, None, ""
        return "", state_of(self._state.path).all, doctor[0] if doctor else ""

    def _brought_back(self, left, due):
        """Restore over the damage, as the user would: the newest generation that passes every check."""
        self._lay(left.get(str(self._tale.book), b""), left.get(f"{self._tale.book}-journal"))
        for path in sorted((it for it in left if _generation(it)), key=_generation, reverse=True):
            lying = self._state.folder / path.rpartition("/")[2]
            lying.write_bytes(left[path])
            try:
                encrypted = place.read_file(lying).header.encrypted
                opened = restore.open_backup(lying, CLOCK, PASSPHRASE if encrypted else "")
            except PartydayError:
                continue
            try:
                with closing(restore.restore(self._state.path, CLOCK, opened).book) as book:
                    if wrong := troubles(book):
                        yield f"what was restored is not sound: {wrong[0]}"
            except PartydayError as error:
                yield f"generation {opened.header.generation} is not restored: {error.sentence}"
            finally:
                opened.copy.close()
            if opened.header.generation < due:
                yield f"only generation {opened.header.generation} is whole, and {due} had long been told"
            self.outcome.count("brought back")
            return
        yield f"no generation is whole, and {due} had long been told"


def _generation(path):
    name = path.rpartition("/")[2]
    return int(name[-10:-4]) if name.startswith("BK-") and name.endswith(".zip") else 0


if __name__ == "__main__":
    inside(_run)

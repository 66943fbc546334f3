"""Whatever happens to a stick, its older generations stay whole, no bad file gets a final name, and nothing false is called written."""

import errno
import os
import random
import types

import pytest

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import archive, place, uncached
from tests.safekeeping.test_archive import header_of

KEY, OTHER = "d" * 32, "e" * 32
CALLS = ("open", "write", "fsync", "close", "rename", "stat", "listdir", "unlink", "lexists", "mkdir", "read")


def packed(generation, key=KEY):
    raw = random.Random(generation).randbytes(3_000_000 if generation > 90 else 3000)
    return archive.pack(header_of(raw, generation=generation, book_key=key), raw)


def put(folder, *generations, key=KEY):
    for generation in generations:
        place.write(folder, key, generation, packed(generation, key))


def names(folder):
    return sorted(name for name in os.listdir(folder) if name.startswith("BK"))


def whole(folder):
    """The generations that are whole; a file with a final name that is not whole fails the test."""
    return sorted(place.read_file(it.path).header.generation for it in place.listed(folder))


class FaultyOs(types.ModuleType):
    """`os` as a stick sees it: counts the calls, and from the `at`-th on (once or for ever) they fail."""

    def __init__(self, at, error, sticky=False, short=False):
        super().__init__("os")
        self.__dict__.update(vars(os))
        self.count, self.at, self.error, self.sticky, self.short = 0, at, error, sticky, short
        self.path = types.SimpleNamespace(lexists=self._counted(os.path.lexists))
        for name in CALLS:
            if name != "lexists":
                setattr(self, name, self._counted(getattr(os, name), name))

    def _counted(self, call, name=""):
        def run(*arguments, **named):
            self.count += 1
            hit = self.count >= self.at if self.sticky else self.count == self.at
            if hit and self.short and name == "write":
                return call(arguments[0], arguments[1][: max(1, len(arguments[1]) // 2)])
            if hit and self.error is not None:
                if name == "close":
                    call(*arguments)
                raise OSError(self.error, os.strerror(self.error))
            return call(*arguments, **named)

        return run


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, 1, 2, 3)
    return tmp_path


def count_of_calls(tmp_path_factory, monkeypatch):
    seen = FaultyOs(0, None)
    with monkeypatch.context() as patch:
        patch.setattr(place, "os", seen)
        patch.setattr(uncached, "os", seen)
        folder = tmp_path_factory.mktemp("counting")
        (folder / f"BK-{KEY[:8]}-000001.part").write_bytes(b"stale")
        place.write(folder, KEY, 99, packed(99))
    return seen.count


@pytest.mark.parametrize("sticky", [False, True], ids=["once", "pulled"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.ENODEV, errno.EACCES, errno.EROFS])
def test_a_fault_at_any_call_loses_nothing_and_claims_nothing(folder, tmp_path_factory, monkeypatch, code, sticky):
    data = packed(99)
    calls = count_of_calls(tmp_path_factory, monkeypatch)
    assert calls > 15
    for at in range(1, calls + 1):
        (folder / f"BK-{KEY[:8]}-000001.part").write_bytes(b"stale")
        faulty = FaultyOs(at, code, sticky)
        with monkeypatch.context() as patch:
            patch.setattr(place, "os", faulty)
            patch.setattr(uncached, "os", faulty)
            try:
                written = place.write(folder, KEY, 99, data)
            except PartydayError as error:
                written = None
                assert error.sentence.endswith("。") and "备份" in error.sentence
        found = whole(folder)
        assert found in ([1, 2, 3], [1, 2, 3, 99])
        assert written is None or found == [1, 2, 3, 99]
        for left in folder.glob("*-000099.*"):
            left.unlink()


def test_short_writes_go_on_where_they_stopped(folder, monkeypatch):
    faulty = FaultyOs(1, None, sticky=True, short=True)
    with monkeypatch.context() as patch:
        patch.setattr(place, "os", faulty)
        place.write(folder, KEY, 99, packed(99))
    assert whole(folder) == [1, 2, 3, 99]


def test_what_the_medium_changed_is_never_called_written(folder, monkeypatch):
    def decayed(path):
        pieces = list(uncached.read_uncached(path))
        yield from pieces[:-1]
        yield pieces[-1][:-1] + b"\0"

    monkeypatch.setattr(place, "read_uncached", decayed)
    with pytest.raises(place.NotWritten, match="不一样"):
        place.write(folder, KEY, 4, packed(4))
    monkeypatch.undo()
    assert names(folder) == [place.name_of(KEY, n) for n in (1, 2, 3)]


def test_the_file_is_synced_before_it_is_read_and_read_before_it_is_named(folder, monkeypatch):
    order = []

    def noted(name, call):
        def run(*arguments, **named):
            order.append(name)
            return call(*arguments, **named)

        return run

    faulty = FaultyOs(0, None)
    for name in ("write", "fsync", "rename"):
        setattr(faulty, name, noted(name, getattr(os, name)))
    monkeypatch.setattr(place, "os", faulty)
    monkeypatch.setattr(place, "read_uncached", noted("read back", uncached.read_uncached))
    monkeypatch.setattr(place, "sync_folder", noted("fsync", place.sync_folder))
    place.write(folder, KEY, 4, packed(4))
    assert order == ["write", "fsync", "read back", "rename", "fsync"]


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="this system drops its cache another way")
def test_the_read_back_drops_the_cache_first(folder, monkeypatch):
    order = []
    advise, read = os.posix_fadvise, os.read
    monkeypatch.setattr(os, "posix_fadvise", lambda *them: order.append(them[1:]) or advise(*them))
    monkeypatch.setattr(os, "read", lambda *them: order.append("read") or read(*them))
    assert b"".join(uncached.read_uncached(folder / place.name_of(KEY, 1))) == packed(1)
    assert order[:2] == [(0, 0, os.POSIX_FADV_DONTNEED), "read"]


def test_a_file_is_for_its_owner_alone(folder):
    assert (folder / place.name_of(KEY, 1)).stat().st_mode & 0o777 == 0o600


def test_a_generation_is_never_written_over(folder):
    before = (folder / place.name_of(KEY, 3)).read_bytes()
    with pytest.raises(place.NotWritten, match="没有覆盖"):
        place.write(folder, KEY, 3, packed(99))
    assert (folder / place.name_of(KEY, 3)).read_bytes() == before


def test_half_written_files_of_this_book_go_and_those_of_others_stay(folder):
    mine, others = folder / f"BK-{KEY[:8]}-000002.part", folder / f"BK-{OTHER[:8]}-000002.part"
    for left in (mine, others):
        left.write_bytes(b"half")
    put(folder, 4)
    assert not mine.exists() and others.exists()


def test_several_books_on_one_stick_do_not_mix(folder):
    put(folder, 2, 7, key=OTHER)
    assert place.numbers(KEY, folder).highest == 3
    assert place.numbers(OTHER, folder).highest == 7
    put(folder, *range(4, 12))
    place.thin(folder, KEY)
    assert [it.generation for it in place.listed(folder) if it.book8 == OTHER[:8]] == [7, 2]


def test_names_that_are_not_ours_are_left_alone(folder):
    for name in (
        "BK-dddddddd-0004.zip",
        "BK-DDDDDDDD-000004.zip",
        "BK-dddddddd-000004.zip.part",
        "照片.zip",
        "BK-dddddddd-000004 (1).zip",
    ):
        (folder / name).write_bytes(b"x")
    assert [it.generation for it in place.listed(folder)] == [3, 2, 1]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert place.listed(tmp_path / "gone") == []


def test_up_to_ten_files_nothing_goes(tmp_path):
    put(tmp_path, *range(1, 11))
    assert place.thin(tmp_path, KEY) == []


def test_the_newest_five_stay(tmp_path):
    put(tmp_path, *range(1, 12))
    place.thin(tmp_path, KEY)
    assert whole(tmp_path) == [7, 8, 9, 10, 11]


def test_only_whole_files_count_among_the_five(tmp_path):
    put(tmp_path, *range(1, 12))
    for damaged in (11, 9, 8):
        path = tmp_path / place.name_of(KEY, damaged)
        path.write_bytes(path.read_bytes()[:-500])
    place.thin(tmp_path, KEY)
    assert [it.generation for it in place.listed(tmp_path)] == [11, 10, 9, 8, 7, 6, 5, 4]


def test_a_file_renamed_to_a_newer_generation_does_not_count(tmp_path):
    put(tmp_path, *range(1, 7))
    for number in range(20, 30):
        (tmp_path / place.name_of(KEY, number)).write_bytes(packed(1))
    place.thin(tmp_path, KEY)
    assert {1, 2, 3, 4, 5, 6} - {it.generation for it in place.listed(tmp_path)} == {1}


def test_clocks_do_not_matter_to_the_order(tmp_path):
    for generation in range(1, 12):
        put(tmp_path, generation)
        os.utime(tmp_path / place.name_of(KEY, generation), (10**9 - generation * 10**6,) * 2)
    place.thin(tmp_path, KEY)
    assert whole(tmp_path) == [7, 8, 9, 10, 11]


def test_what_cannot_be_removed_stays_and_nothing_is_said(tmp_path, monkeypatch):
    put(tmp_path, *range(1, 12))
    faulty = FaultyOs(0, None)

    def refuse(_):
        raise OSError(errno.EACCES, "no")

    faulty.unlink = refuse
    monkeypatch.setattr(place, "os", faulty)
    assert place.thin(tmp_path, KEY) == []

"""Sums, zips, wheels laid out, and the search for what must not leave the machine of the build."""

import io
import subprocess
import zipfile

import pytest
from tools.windows import interpreter, registries, wine
from tools.windows.written import SUMS, telling, unpack_wheel, write_sums, wrong_sums, zip_folder


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "主题党日 台账"
    (made / "python").mkdir(parents=True)
    (made / "主题党日台账.bat").write_bytes(b"@echo off\r\n")
    (made / "python" / "a.py").write_text("x = 1\n")
    return made


def test_sums_hold_until_something_is_changed_lost_or_added(folder):
    write_sums(folder)
    assert wrong_sums(folder) == []
    (folder / "python" / "a.py").write_text("x = 2\n")
    (folder / "主题党日台账.bat").unlink()
    (folder / "新来的.txt").touch()
    assert wrong_sums(folder) == ["python/a.py", "主题党日台账.bat", "新来的.txt"]


def test_sums_are_what_the_usual_tool_reads(folder):
    write_sums(folder)
    done = subprocess.run(["sha256sum", "-c", "--strict", SUMS], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_same_files_make_the_same_zip(folder, tmp_path):
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    zip_folder(folder, first, "主题党日台账")
    content = (folder / "python" / "a.py").read_bytes()
    (folder / "python" / "a.py").unlink()
    (folder / "python" / "a.py").write_bytes(content)
    zip_folder(folder, second, "主题党日台账")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == ["主题党日台账/python/a.py", "主题党日台账/主题党日台账.bat"]
        assert all(info.flag_bits & 0x800 for info in archive.infolist()), "Windows must know the names to be UTF-8"


def test_a_wheel_is_laid_out_without_its_scripts(tmp_path):
    wheel = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("a/__init__.py", "a-1.dist-info/METADATA", "a-1.data/purelib/b.py", "a-1.data/scripts/run"):
            archive.writestr(name, name)
    unpack_wheel(wheel, tmp_path / "to")
    found = sorted(it.relative_to(tmp_path / "to").as_posix() for it in (tmp_path / "to").rglob("*") if it.is_file())
    assert found == ["a-1.dist-info/METADATA", "a/__init__.py", "b.py"]


@pytest.mark.parametrize("form", ["utf-8", "utf-16-le"])
def test_a_place_of_this_machine_is_found_in_any_file(folder, form):
    assert telling(folder, ["/build/place", "registry.example", ""]) == []
    (folder / "python" / "a.pyc").write_bytes(b"\0\1" + "/build/place/a.py".encode(form))
    assert telling(folder, ["/build/place"]) == ["python/a.pyc: /build/place"]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("global.index-url='https://user:word@registry.example:8443/simple'", ["registry.example"]),
        ("global.index-url='https://pypi.org/simple'\nglobal.find-links='file:///opt/wheels'", ["/opt/wheels"]),
        ("", []),
    ],
)
def test_the_places_of_the_registries_are_known_from_the_settings_of_pip(monkeypatch, settings, found):
    monkeypatch.setattr(registries, "pip", lambda *_: settings)
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    assert registries.places_of_registries() == found


def embed_zip(names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("names", "digest", "said"),
    [
        (["python.exe", "python312.dll"], "0" * 64, "is not the file"),
        (["python.exe", "python313.dll"], None, "no embeddable CPython 3.12"),
        (["python.exe", "python312.dll", "python312._pth"], None, None),
    ],
)
def test_a_given_interpreter_is_taken_by_its_sum_only(tmp_path, names, digest, said):
    import hashlib

    file = tmp_path / "embed.zip"
    file.write_bytes(embed_zip(names))
    given = (file, digest or hashlib.sha256(file.read_bytes()).hexdigest())
    if said:
        with pytest.raises(SystemExit, match=said):
            interpreter.put_interpreter(tmp_path / "python", given, tmp_path / "work")
        return
    interpreter.put_interpreter(tmp_path / "python", given, tmp_path / "work")
    assert (tmp_path / "python" / "python312._pth").read_bytes() == interpreter.PTH.encode()


def test_without_a_compiler_for_the_modules_the_build_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(wine, "_BESIDE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"Python 3\.12 .*or Wine.*apt-get install"):
        interpreter.compile_modules(tmp_path / "python", tmp_path / "work")

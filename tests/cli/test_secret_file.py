"""A file with a passphrase, as the editors of Windows save it."""

import os
from pathlib import Path

import pytest

from partyday_tui.cli.secret_file import lines_of
from partyday_tui.errors import UserMistake

WORDS = "wanlai-shuban-tiegu"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_an_editor_saved_is_read(tmp_path, encoding, ending):
    path = tmp_path / "口令.txt"
    path.write_bytes(f"{WORDS}{ending}第二行".encode(encoding))
    assert lines_of(path, "口令", "--passphrase-file") == [WORDS, "第二行"]


@pytest.mark.parametrize("content", ["口令一二三".encode("gbk"), WORDS.encode("utf-16-le"), b"\xff\xfea"])
def test_another_encoding_is_told_with_what_to_choose(tmp_path, content):
    path = tmp_path / "口令.txt"
    path.write_bytes(content)
    with pytest.raises(UserMistake, match=r"口令文件不是 UTF-8 编码；.*另存为时编码选 UTF-8"):
        lines_of(path, "口令", "--passphrase-file")


def test_a_wrong_name_and_a_file_that_is_none_are_told(tmp_path):
    with pytest.raises(UserMistake, match="密码文件读不出来，请检查 --password-file 后面的文件名"):
        lines_of(tmp_path / "没有", "密码", "--password-file")
    (tmp_path / "大").write_bytes(b"x" * 3_000_000)
    with pytest.raises(UserMistake, match="密码文件太大"):
        lines_of(tmp_path / "大", "密码", "--password-file")


def test_an_empty_file_has_one_empty_line(tmp_path):
    (tmp_path / "空").write_bytes(b"")
    assert lines_of(tmp_path / "空", "口令", "--passphrase-file") == [""]


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="a pipe has a name on POSIX only")
def test_a_secret_may_come_through_a_pipe():
    end, begin = os.pipe()
    os.write(begin, f"{WORDS}\n".encode())
    os.close(begin)
    assert lines_of(Path(f"/dev/fd/{end}"), "口令", "--passphrase-file")[0] == WORDS
    os.close(end)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="only POSIX has the device")
def test_a_device_without_end_is_not_read_to_its_end():
    with pytest.raises(UserMistake, match="太大"):
        lines_of(Path("/dev/zero"), "口令", "--passphrase-file")

"""Safekeeping without a screen: backup, verify, restore, and a damaged book that takes no command that writes."""

import json
import sqlite3
from contextlib import closing

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.__main__ import main
from partyday_tui.safekeeping.place import listed
from partyday_tui.services.dues_collect import record_payment

WORDS = "wanlai-shuban-tiegu-ranqu"


@pytest.fixture
def run(book_path, capsys):
    """Run a command on the book; (exit code, what it said on both streams)."""
    with closing(dues_branch(book_path)) as book:
        record_payment(book, 1)

    def run(*arguments, book=book_path):
        capsys.readouterr()
        code = main(["--book", str(book), "--today", "2026-11-06", *map(str, arguments)])
        return code, "".join(capsys.readouterr())

    return run


@pytest.fixture
def kept(run, tmp_path):
    """(a backup with a passphrase, the file that holds it)."""
    stick, words = tmp_path / "stick", tmp_path / "words.txt"
    stick.mkdir()
    words.write_text(WORDS + "\n", "utf-8")
    code, said = run("backup", stick, "--json", "--passphrase-file", words)
    made = json.loads(said)
    assert code == 0 and made["encrypted"] and made["generation"] == 1 and made["path"] == str(listed(stick)[0].path)
    return listed(stick)[0].path, words


def test_a_backup_is_verified_with_and_without_its_passphrase(run, kept, tmp_path):
    file, words = kept
    code, said = run("verify", file)
    assert code == 0 and "文件完好" in said and "没有打开里面的账本" in said
    code, said = run("verify", file, "--json", "--passphrase-file", words)
    told = json.loads(said)
    assert code == 0 and told["whole"] and told["opened"] and told["counts"]["member"] == 5
    words.write_text("wrong-words-altogether", "utf-8")
    code, said = run("verify", file, "--passphrase-file", words)
    assert code == 2 and "口令不对，文件本身是完好的" in said
    file.write_bytes(file.read_bytes().replace(b"PK\x01\x02", b"PK\x01\x03", 1))
    code, said = run("verify", file, "--passphrase-file", words)
    assert code == 1 and "已损坏" in said
    code, said = run("verify", words)
    assert code == 2 and "不是本程序的备份" in said


def test_a_restore_shows_the_differences_before_it_is_meant(run, kept, book_path, tmp_path):
    file, words = kept
    with closing(sqlite3.connect(book_path)) as other:
        other.execute("UPDATE member SET name = '新名' WHERE id = 3")
        other.commit()
    before = book_path.read_bytes()
    code, said = run("restore", file, "--passphrase-file", words)
    assert code == 0 and "恢复后会多出：曹三" in said and "恢复后会没有：新名" in said and "--yes" in said
    code, said = run("restore", file, "--passphrase-file", words, "--json")
    told = json.loads(said)
    assert code == 0 and not told["restored"] and told["same_book"]
    assert (told["only_in_backup"], told["only_in_book"]) == (["曹三"], ["新名"])
    assert book_path.read_bytes() == before
    code, said = run("restore", file, "--passphrase-file", words, "--json", "--yes")
    told = json.loads(said)
    assert code == 0 and told["restored"] and "恢复前的账本已存在本机" in told["kept"]
    assert "曹三" in run("members")[1]
    elsewhere = tmp_path / "new" / "book.db"
    code, said = run("restore", file, "--passphrase-file", words, "--yes", book=elsewhere)
    assert code == 0 and "这台电脑上现在没有账本" in said and elsewhere.is_file()


def test_a_damaged_book_takes_no_command_that_writes(run, book_path):
    with closing(sqlite3.connect(book_path)) as other:
        other.execute("DROP TRIGGER dues_entry_is_never_changed")
        other.execute("UPDATE dues_entry SET amount_fen = 9 WHERE id = 1")
        other.commit()
    before = book_path.read_bytes()
    code, said = run("dues", "collect", "白二")
    assert code == 1 and "请先从备份恢复" in said and book_path.read_bytes() == before
    assert run("members")[0] == 0
    assert run("doctor")[0] == 1

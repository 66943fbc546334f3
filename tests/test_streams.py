"""The gate of the command line: nothing passes that steers a terminal, and what cannot be written is told."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import partyday_tui
from partyday_tui.__main__ import main
from partyday_tui.safekeeping.archive import pack
from partyday_tui.safekeeping.header import Header
from partyday_tui.streams import Gate, guarded

SOURCE = Path(partyday_tui.__file__).parent
ENTRY = [sys.executable, "-m", "partyday_tui"]
HOSTILE = "柳\x1b]0;pwn\x07\x9b2J\u202e湾\u200b\udcff\r村"
FORGED_LINE = "里面的账本也逐项核对过，可以用来恢复。"
STEERS = "\x1b\x07\x9b\u202e\u200b\r"


def hostile_backup(folder):
    """A backup that is whole, whose plain header was forged."""
    header = Header(
        format=1,
        book_key="0" * 32,
        branch=f"{HOSTILE}\n{FORGED_LINE}",
        generation=1,
        schema=1,
        made_at="2026-11-06T19:00:00+08:00",
        program=HOSTILE,
        counts={},
        last_entry="",
        ledger_fen=0,
        ledger_head="",
        encrypted=True,
        raw_size=512,
        raw_sha256="0" * 64,
    )
    path = folder / "BK-00000000-000001.zip"
    path.write_bytes(pack(header, bytes(512), "wanlai-shuban-tiegu"))
    return path


def test_every_command_speaks_through_the_gate(monkeypatch, capsys):
    seen = []
    monkeypatch.setattr("partyday_tui.cli.duties._presets", lambda *_: seen.append((sys.stdout, sys.stderr)) or 0)
    before = sys.stdout, sys.stderr
    assert main(["presets"]) == 0
    assert [isinstance(stream, Gate) for stream in seen[0]] == [True, True]
    assert (sys.stdout, sys.stderr) == before


def test_the_gate_has_no_way_past_it(capsys):
    with guarded():
        assert not {"buffer", "fileno", "detach", "raw"} & set(dir(sys.stdout))
        print(HOSTILE)
        print(HOSTILE, file=sys.stderr)
        with guarded():
            print("里面一层")
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == told.err.rstrip("\n") == "柳〓]0;pwn〓〓2J〓湾〓〓〓村"
    assert "里面一层" in told.out


@pytest.mark.parametrize("file", sorted((SOURCE / "cli").glob("*.py")), ids=lambda it: it.name)
def test_no_module_of_the_command_line_writes_past_the_gate(file):
    """They print, or answer in JSON; nobody takes hold of a real stream or a file number."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"__stdout__", "__stderr__", "buffer", "dup2"}
            on_os = isinstance(node.value, ast.Name) and node.value.id == "os"
            assert not (on_os and node.attr in {"write", "system", "popen", "fdopen"})
        if isinstance(node, ast.ImportFrom) and node.module == "sys":
            assert not {"stdout", "stderr"} & {name.name for name in node.names}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "dumps":
            assert file.name in ("run.py", "web_server.py"), "JSON leaves by run.answer"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getpass":
            assert ast.unparse(node.args[0]).startswith("literal("), "getpass writes to the terminal itself"


@pytest.mark.parametrize(
    "arguments",
    [
        [HOSTILE],
        ["presets", HOSTILE],
        ["presets", "--" + HOSTILE],
        ["verify", HOSTILE],
        ["--book", HOSTILE, "members"],
        ["--book", HOSTILE, "members", "--json"],
        ["--today", HOSTILE, "members"],
        ["backup", HOSTILE],
        ["collect", HOSTILE, "--out", HOSTILE],
        ["duties", "--month", HOSTILE],
        ["leave", HOSTILE],
        ["event", HOSTILE],
        ["export", HOSTILE, "--out", "x"],
    ],
)
def test_a_refusal_shows_what_was_typed_and_is_not_steered_by_it(arguments, book_path, capsys):
    assert main(["--book", str(book_path), *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.rstrip().endswith("。") and told.err.count("\n") <= 2
    assert not set(STEERS) & set(told.err)


def test_a_forged_backup_does_not_steer_and_reads_the_same_as_json(tmp_path, capsys):
    forged = hostile_backup(tmp_path)
    assert main(["verify", str(forged)]) == 0
    told = capsys.readouterr().out
    assert not set(STEERS) & set(told) and FORGED_LINE in told and FORGED_LINE not in told.splitlines()
    assert main(["verify", str(forged), "--json"]) == 0
    told = capsys.readouterr().out
    assert not set(STEERS) & set(told) and json.loads(told)["program"] == HOSTILE


@pytest.mark.skipif(sys.platform == "win32", reason="names in bytes are POSIX")
@pytest.mark.parametrize("arguments", [["verify", b"\xff\xfe.zip"], ["--book", b"\xff.db", "doctor"]])
def test_a_name_that_is_no_text_is_refused_in_a_sentence(arguments):
    done = subprocess.run([*ENTRY, *arguments], capture_output=True)
    told = done.stderr.decode("utf-8")
    assert (done.returncode, done.stdout, told.count("\n")) == (2, b"", 1)
    assert "没有找到" in told and "〓" in told


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(("to", "word"), [("--json", "presets"), ("-h", "")])
def test_an_output_that_takes_nothing_is_told(to, word):
    with open("/dev/full", "w") as full:
        done = subprocess.run([*ENTRY, *filter(None, [word]), to], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("命令的结果没有写出来（磁盘已满）；在这之前办好的都已存盘")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a device that is always full")
def test_a_refusal_that_nobody_hears_keeps_its_exit_code():
    with open("/dev/full", "w") as full:
        assert subprocess.run([*ENTRY, "presets", "x"], stdout=full, stderr=full).returncode == 2

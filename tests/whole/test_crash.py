"""What a user sees when the program itself fails: a sentence and the way to the log, never a traceback (R17)."""

import os
import subprocess
import sys
from pathlib import Path

import pexpect


def test_a_crash_in_a_screen_ends_with_a_sentence_and_without_data(tmp_path, book, book_path):
    book.close()
    (tmp_path / "sitecustomize.py").write_text(
        "import partyday_tui.services.desk as desk\n"
        "def read_desk(book):\n"
        "    secret = '张三的身份证号'\n"
        "    raise RuntimeError(secret)\n"
        "desk.read_desk = read_desk\n",
        encoding="utf-8",
    )
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]]),
        "TERM": "xterm-256color",
    }
    child = pexpect.spawn(
        sys.executable,
        ["-m", "partyday_tui", "--book", str(book_path)],
        env=environment,
        timeout=20,
        dimensions=(24, 80),
    )
    shown = child.read().decode("utf-8")
    child.close()
    assert child.exitstatus == 1
    assert "程序出了意外，已存盘的记录都在" in shown
    assert "Traceback" not in shown and "张三" not in shown
    log = next(Path(os.environ["HOME"]).rglob("partyday.log")).read_text("utf-8")
    assert "RuntimeError" in log and "张三" not in log
    again = subprocess.run(
        [sys.executable, "-m", "partyday_tui", "--book", str(book_path), "roll", "2026-11-06"],
        capture_output=True,
        text=True,
    )
    assert again.returncode == 0, "the book opens again at once: the lock went with the process"

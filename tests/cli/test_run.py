"""The command line's manners: one Chinese sentence, the right exit code, no traceback."""

import json
import re
import subprocess
import sys
import time

import pytest

from partyday_tui.__main__ import main
from partyday_tui.errors import PartydayError
from partyday_tui.services import plan
from partyday_tui.store.members import insert_members

CHINESE_ONLY = re.compile(r"^[^A-Za-z]*$")


def run(book_path, *arguments, today="2026-11-06"):
    return main(["--book", str(book_path), "--today", today, *arguments])


def test_a_book_is_made_and_its_empty_roster_listed(book_path, capsys):
    assert run(book_path, "new", "--name", "柳湾村党支部", "--preset", "rural_community") == 0
    assert "已新建账本" in capsys.readouterr().out
    assert run(book_path, "members", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_book_is_never_made_over_another(book_path, capsys):
    assert run(book_path, "new", "--name", "甲", "--preset", "rural_community") == 0
    before = book_path.read_bytes()
    assert run(book_path, "new", "--name", "乙", "--preset", "rural_community") == 2
    assert "已经存在" in capsys.readouterr().err
    assert book_path.read_bytes() == before


def test_a_wrong_preset_leaves_no_book_behind(book_path, capsys):
    assert run(book_path, "new", "--name", "甲", "--preset", "village") == 2
    assert "rural_community" in capsys.readouterr().err
    assert not book_path.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["members", "--json"], "没有找到账本"),
        (["roll", "2026-11-06", "--json"], "没有找到账本"),
        (["roll", "6.11.2026"], "日期 6.11.2026 写得不对"),
        (["roll", "20261106"], "日期 20261106 写得不对"),
        (["members", "--on", "2026-W01-1"], "日期 2026-W01-1 写得不对"),
        (["event", "20261106"], "日期 20261106 写得不对"),
        (["--today", "20261106", "members"], "日期 20261106 写得不对"),
        (["--today", "0001-01-01", "dues", "status"], "不在 1949 到 2200 年之间"),
        (["--today", "20261106"], "日期 20261106 写得不对"),
        (["register", "development", "add", "何树苗", "--set", "1=20260310"], "没有看懂，请写成 第几道=日期"),
        (["frobnicate"], "命令没有看懂"),
        (["mark", "2026-11-06"], "还缺少"),
        (["new", "--name", "", "--preset", "rural_community"], "支部名称没有填"),
        (["new", "--name", "甲", "--preset", "柳" * 400], "这种支部类型，请用其中之一"),
        (["presets", "柳" * 400], "这种支部类型，请用其中之一"),
        (["presets", "../policies/bureau"], "这种支部类型，请用其中之一"),
        (["--book", "x" * 300, "doctor"], "名字太长"),
        (["--book", "x" * 300, "members"], "名字太长"),
        (["backup", "x" * 300], "名字太长"),
        (["collect", "柳" * 400, "--out", "a.xlsx"], "名字太长"),
    ],
)
def test_a_mistake_is_told_in_one_chinese_sentence(book_path, capsys, arguments, words):
    assert run(book_path, *arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err


def test_a_file_that_is_no_book_is_refused_and_left_alone(book_path, capsys):
    book_path.write_bytes(b"not a book at all" * 100)
    assert run(book_path, "members", "--json") == 2
    assert "不是主题党日台账的账本" in capsys.readouterr().err
    assert book_path.read_bytes() == b"not a book at all" * 100


def test_a_clock_before_the_newest_entry_is_told_and_asked(book_path, capsys, monkeypatch):
    assert run(book_path, "new", "--name", "甲", "--preset", "rural_community", today="2099-01-01") == 0
    capsys.readouterr()
    assert main(["--book", str(book_path), "plan", "2026"]) == 2
    assert "早于账本最后一笔 2099-01-01" in capsys.readouterr().err
    assert run(book_path, "plan", "2026") == 0


def test_help_is_chinese(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert "用法：" in text
    assert not set(re.findall(r"[a-z]{4,}", text)) & {
        "usage",
        "options",
        "show",
        "help",
        "message",
        "exit",
        "positional",
    } - {"help"}


def test_an_unforeseen_failure_names_the_log_and_shows_no_traceback(book_path, monkeypatch, capsys, tmp_path):
    assert run(book_path, "new", "--name", "甲", "--preset", "rural_community") == 0
    capsys.readouterr()

    def broken(*_):
        secret = "".join(("张", "三"))
        raise RuntimeError(secret)

    monkeypatch.setattr("partyday_tui.services.books.clock_doubt", broken)
    monkeypatch.setattr("partyday_tui.services.books.branch_of", broken)
    assert run(book_path, "members") == 1
    told = capsys.readouterr().err
    assert "partyday.log" in told and "Traceback" not in told and "张三" not in told
    log = next(tmp_path.rglob("partyday.log")).read_text("utf-8")
    assert "RuntimeError" in log and "张三" not in log


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "--name", "甲", "--preset", "bureau"), "磁盘"),
        (("export", "sign-in", "2026-11-06", "--out", "{folder}"), "磁盘放不下"),
        (("mark", "2026-11-06", "张三", "到会"), "磁盘"),
    ],
)
def test_a_full_disk_is_one_chinese_sentence(book, tmp_path, arguments, words):
    with book.act("建名册", with_session=True) as transaction:
        insert_members(transaction, [{"name": "张三", "reading": "zhang san", "kind": "full"}])
    plan.make_plan(book, 2026)
    book.close()
    path = tmp_path / "另一本.db" if arguments[0] == "new" else book.path
    filled = [word.format(folder=tmp_path / "导出") for word in arguments]
    starved = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000));"
        "from partyday_tui.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", starved, "--book", str(path), "--today", "2026-11-06", *filled],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert not (arguments[0] == "new" and path.exists())


def test_a_failure_of_the_machine_names_the_log(book_path, monkeypatch, capsys):
    def refused(*_):
        raise PartydayError("账本读写出错，请再做一次。")

    monkeypatch.setattr("partyday_tui.services.books.open_existing", refused)
    assert run(book_path, "members") == 1
    assert re.fullmatch(r"账本读写出错，请再做一次；详情已记入 .*partyday\.log。\n", capsys.readouterr().err)


def test_without_a_terminal_the_app_says_so(book_path):
    done = subprocess.run(
        [sys.executable, "-m", "partyday_tui", "--book", str(book_path)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert "不是终端" in done.stderr


def test_a_reader_that_stops_early_is_no_failure(book, book_path):
    book.close()
    command = f"{sys.executable} -m partyday_tui --book {book_path} --today 2026-11-06 plan 2026 --json | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is set on POSIX only")
def test_a_computer_in_another_zone_is_told_when_it_writes(book_path, monkeypatch, capsys):
    assert run(book_path, "new", "--name", "甲", "--preset", "rural_community") == 0
    for zone, is_told in (("America/Los_Angeles", True), ("XXX+99", True), ("Asia/Shanghai", False)):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        capsys.readouterr()
        main(["--book", str(book_path), "plan", "2026", "--json"])
        assert ("时区不是北京时间" in capsys.readouterr().err) == is_told
    main(["--book", str(book_path), "--today", "2026-11-06", "plan", "2026", "--json"])
    assert capsys.readouterr().err == ""


def test_what_cannot_be_seen_is_taken_out_and_told(book_path, capsys):
    name = "柳\u202e湾\u200b村"
    assert run(book_path, "new", "--name", name, "--preset", "rural_community", "--secretary", "罗\u200b有秀") == 0
    assert capsys.readouterr().err == (
        "「柳湾村」里面看不见的字符（U+202E、U+200B）已去掉，请核对。\n「罗有秀」里面看不见的字符（U+200B）已去掉，请核对。\n"
    )
    assert run(book_path, "plan", "2026", "--json") == 0
    capsys.readouterr()
    for words, said in (
        (("register", "发展党员", "add", "何\u202e树苗", "--set", "1=2026-03-10"), "何树苗：写了1道"),
        (("event", "2026-11-06", "lecture", "学\u200b党章", "--person", "张\u202e三"), "张三讲党课"),
        (("event", "2026-11-06", "set", "地点=\x1b[2J会议室"), "已存盘"),
    ):
        assert run(book_path, *words) == 0
        told = capsys.readouterr()
        assert said in told.out and "看不见的字符" in told.err and "〓" not in told.out
    assert run(book_path, "event", "2026-11-06", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lectures"][0]["title"], told["lectures"][0]["lecturer"]) == ("学党章", "张三")


def test_a_file_is_found_by_the_name_it_has(book, tmp_path, capsys):
    plan.make_plan(book, 2026)
    book.close()
    photo = tmp_path / "合\u200b影.jpg"
    photo.write_bytes(b"jpg")
    assert run(book.path, "event", "2026-11-06", "picture", str(photo)) == 0
    told = capsys.readouterr()
    assert "已存盘" in told.out and told.err == ""

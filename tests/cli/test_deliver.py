"""``partyday deliver`` as scripts use it."""

import json

import pytest
from tests.delivery.servers import PASSWORD, USER, Mailbox, mail_server

from partyday_tui.__main__ import main
from partyday_tui.services import outbox

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
def run(book, book_path, tmp_path, capsys):
    """Run a command on a book whose outbox holds two months; returns (exit code, stdout, stderr)."""
    for month in ("2026-09", "2026-10"):
        file = tmp_path / f"柳湾村党支部 {month} 月报.xlsx"
        file.write_bytes(month.encode())
        outbox.put(book, file, "month", month, f"{month} 月报")
    book.close()

    def command(*arguments):
        code = main(["--book", str(book_path), "--today", "2026-11-06", "deliver", *map(str, arguments)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_set_list_deliver_and_nothing_is_left(run, stick):
    assert run()[0] == 2 and "--to-folder" in run()[2]
    code, out, _ = run("--to-folder", stick)
    assert (code, out) == (0, f"已记下，报送到：文件夹 {stick}\n") and list(stick.iterdir()) == []
    code, out, _ = run("--list")
    assert [line.split("\t")[:4] for line in out.splitlines()] == [
        ["2", "2026-10", "2026-10 月报", "待报送"],
        ["1", "2026-09", "2026-09 月报", "待报送"],
    ]
    code, out, _ = run()
    assert code == 0 and [line.split("\t")[::2] for line in out.splitlines()] == [["1", "已报送"], ["2", "已报送"]]
    assert len(list(stick.iterdir())) == 2
    assert run()[1] == "没有待报送的材料。\n"
    listed = json.loads(run("--list", "--json")[1])
    assert [(it["state"], it["word"], it["last"]["carrier"]) for it in listed] == [("sent", "已报送", "folder")] * 2


def test_one_item_and_a_failure_is_exit_1_with_a_sentence(run, stick):
    run("--to-folder", stick)
    assert run("--item", 2)[0] == 0 and len(list(stick.iterdir())) == 1
    assert run("--item", 9)[0] == 2
    for left in stick.iterdir():
        left.unlink()
    stick.rmdir()
    code, out, _ = run("--json")
    assert code == 1 and [it["delivered"] for it in json.loads(out)] == [False]
    assert "没有找到文件夹" in json.loads(out)[0]["words"]


def test_by_mail_with_the_password_in_a_file(run, tmp_path, monkeypatch):
    box, secret = Mailbox(), tmp_path / "secret.txt"
    with mail_server(box) as port:
        assert run("--smtp", f"localhost:{port}", "--user", USER, "--mail-to", "dangwei@town.test")[0] == 0
        code, _, err = run()
        assert code == 2 and "--password-file" in err and not box.letters
        secret.write_text("falsch\n", "utf-8")
        code, out, _ = run("--password-file", secret)
        assert code == 1 and out.count("授权码") == 1, (
            "a password that is wrong is not tried again for the next package"
        )
        secret.write_text(f"{PASSWORD}\n", "utf-8-sig")
        assert run("--password-file", secret)[0] == 0
    assert len(box.letters) == 2
    assert run("--password-file", tmp_path / "none")[1] == "没有待报送的材料。\n"


def test_what_is_not_understood_is_refused(run):
    for words, says in (
        (("--smtp", "smtp.qq.com:x", "--user", "a@b.c", "--mail-to", "d@e.f"), "smtp.qq.com:465"),
        (("--smtp", "smtp.qq.com", "--user", "a@b.c"), "收件邮箱"),
        (("--webdav", "http://dav.town.test/x"), "https://"),
        (("--webdav", "https://dav.town.test/x", "--to-folder", "."), "不能和"),
        (("--item", "x"), "写得不对"),
    ):
        code, _, err = run(*words)
        assert code == 2 and says in err


def test_every_kind_of_place_can_be_set(run):
    mail, cloud = ("--mail-to", "d@e.f"), "https://dav.jianguoyun.com/dav/报送"
    for words, label in (
        (("--smtp", "smtp.qq.com", "--user", "a@b.c", *mail), "邮件 d@e.f"),
        (("--smtp", "smtp.qq.com", "--user", "a", "--mail-from", "a@b.c", *mail, "--starttls"), "邮件 d@e.f"),
        (("--webdav", cloud, "--user", "a@b.c"), f"网盘 {cloud}"),
    ):
        assert run(*words)[:2] == (0, f"已记下，报送到：{label}\n")

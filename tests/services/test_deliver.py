"""Delivering: what happened is written down with where to and by whom; the password nowhere; the book goes on without the files."""

import gc
from pathlib import Path

import pytest
from tests.conftest import TODAY
from tests.delivery.servers import PASSWORD, USER, Mailbox, mail_server, webdav_server

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.rules.delivery_place import Place
from partyday_tui.rules.outbox import State
from partyday_tui.services import deliver, outbox
from partyday_tui.services.backup import back_up
from partyday_tui.services.restore import open_backup, restore

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
def item(book, tmp_path):
    file = tmp_path / "柳湾村党支部 2026年10月 月报.xlsx"
    file.write_bytes(b"october" * 1000)
    return outbox.put(book, file, "month", "2026-10", "2026年10月月报")


@pytest.fixture
def stick(book, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    outbox.choose_place(book, Place("folder", str(folder)))
    return folder


def send(book, item, password="", limits=None):
    return deliver.deliver(book, item.id, password, limits or deliver.Try(20, 5))


def test_a_delivery_is_written_down_whole(book, item, stick):
    done = send(book, item)
    assert done.ok and (stick / item.file_name).read_bytes() == b"october" * 1000
    it = outbox.item(book, item.id)
    assert it.state is State.SENT and it.last is not None
    assert (it.last.on, it.last.carrier, it.last.to_where, it.last.by_whom) == (
        TODAY,
        "folder",
        f"文件夹 {stick}",
        "罗有秀",
    )
    assert "读回核对无误" in it.last.words and outbox.waiting(book) == 0


def test_what_was_not_delivered_stays_and_says_why(book, item, stick):
    stick.rmdir()
    done = send(book, item)
    assert not done.ok and "没有找到文件夹" in done.words
    assert outbox.item(book, item.id).state is State.WAITING
    assert [each.result for _, each in outbox.history(book, item.id)] == ["failed"]
    stick.mkdir()
    assert send(book, item).ok and outbox.item(book, item.id).state is State.SENT


def test_before_a_place_is_chosen_nothing_is_tried(book, item):
    with pytest.raises(UserMistake, match="还没有定报送到哪里"):
        send(book, item)
    assert outbox.history(book, item.id) == []


def test_a_place_that_no_form_let_in_is_refused(book, item):
    with book.act("造数") as act:
        act.connection.execute(
            "INSERT INTO delivery_place (id, carrier, target, port, security, user_name, recipient) "
            "VALUES (1, 'smtp', 'localhost', 25, 'tls', 'a@b.c', 'd@e.f' || char(13, 10) || 'Bcc: x@y.z')"
        )
    with pytest.raises(UserMistake, match="收件邮箱"):
        send(book, item)


def test_a_file_that_was_changed_is_never_sent(book, item, stick):
    outbox.path_of(book, item).write_bytes(b"changed")
    with pytest.raises(PartydayError, match="被改过"):
        send(book, item)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("carrier", ["smtp", "webdav"])
def test_by_a_server_and_the_password_is_left_nowhere(book, item, tmp_path, carrier):
    disk = tmp_path / "disk"
    disk.mkdir()
    box = Mailbox()
    with mail_server(box) as port, webdav_server(disk) as url:
        place = Place("smtp", "localhost", port, "", USER, "", "dangwei@town.test")
        outbox.choose_place(book, place if carrier == "smtp" else Place("webdav", f"{url}/报送", user_name=USER))
        assert not send(book, item, f"{PASSWORD}x").ok
        assert outbox.item(book, item.id).state is State.WAITING
        assert send(book, item, PASSWORD).ok
    assert len(box.letters) + len(list(disk.rglob("*.xlsx"))) == 1
    assert outbox.item(book, item.id).state is State.SENT
    book.close()
    gc.collect()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert PASSWORD.encode() not in path.read_bytes(), path


def test_what_a_server_says_is_cleaned_before_it_is_kept(book, item):
    with mail_server(Mailbox(rcpt="550 \x1b[2J\u202e[/x]" + "长" * 120)) as port:
        outbox.choose_place(book, Place("smtp", "localhost", port, "", USER, "", "dangwei@town.test"))
        words = send(book, item, PASSWORD).words
    kept = outbox.item(book, item.id).last.words
    assert kept == words and kept.isprintable() and len(kept) <= 200


def test_a_try_that_hangs_ends_at_its_limit(book, item, stick, monkeypatch):
    from threading import Event

    never = Event()
    monkeypatch.setattr(deliver.folder, "deliver", lambda *_: never.wait(30))
    done = send(book, item, limits=deliver.Try(0.2))
    assert not done.ok and "先停下了" in done.words
    never.set()


def test_a_backup_and_a_restore_keep_the_outbox(book, item, stick, tmp_path):
    send(book, item)
    place = tmp_path / "backup"
    place.mkdir()
    path = book.path
    made = back_up(book, place)
    outbox.withdraw(book, item.id)
    opened = open_backup(made.path, book.clock)
    try:
        book = restore(path, book.clock, opened, book).book
    finally:
        opened.copy.close()
    assert outbox.item(book, item.id).state is State.SENT
    assert outbox.place(book) == Place("folder", str(Path(stick)))
    assert outbox.bytes_of(book, outbox.item(book, item.id)) == b"october" * 1000

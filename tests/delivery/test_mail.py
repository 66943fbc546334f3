"""Delivery by e-mail to a real server: what arrives, what is refused and in which words, and that a repeat is the same message."""

import email
import email.policy
import hashlib
from dataclasses import replace

import pytest

from partyday_tui.delivery import mail
from partyday_tui.delivery.attempt import NotDelivered, Parcel, Try, WrongPassword
from partyday_tui.rules.delivery_place import Place
from tests.delivery.servers import (
    CERTIFICATES,
    PASSWORD,
    USER,
    Mailbox,
    breaking_wire,
    free_port,
    mail_server,
    saying,
)

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

NAME = "柳湾村党支部 2026年10月 月报.xlsx"
DATA = bytes(range(256)) * 300
PARCEL = Parcel(
    NAME, DATA, hashlib.sha256(DATA).hexdigest(), "柳湾村党支部 2026年10月月报", ("青山镇党委：", ".现报送", ".")
)


def place(port, security="", **changed):
    return Place(**{"carrier": "smtp", "target": "localhost", "port": port, "security": security, "user_name": USER, "recipient": "dangwei@town.test"} | changed)  # fmt: skip


def send(where, password=PASSWORD, limits=None):
    return mail.deliver(where, password, PARCEL, limits or Try(20, 5))


def refused(where, password=PASSWORD, limits=None):
    with pytest.raises(NotDelivered) as refusal:
        send(where, password, limits)
    return refusal.value


@pytest.fixture
def trusted(monkeypatch):
    """This computer trusts the certificates made for these tests."""

    def trust(name):
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / f"{name}.pem"))

    trust("good")
    return trust


@pytest.mark.parametrize(
    ("server", "security"),
    [({}, ""), ({"tls": "good"}, "tls"), ({"starttls": "good"}, "starttls")],
    ids=["loopback", "tls", "starttls"],
)
def test_a_letter_arrives_with_a_chinese_subject_and_name_and_the_very_bytes(trusted, server, security):
    box = Mailbox()
    with mail_server(box, **server) as port:
        assert "服务器已收下" in send(place(port, security))
    assert len(box.letters) == 1
    letter = email.message_from_bytes(box.letters[0], policy=email.policy.default)
    assert letter["Subject"] == PARCEL.title and letter["To"] == "dangwei@town.test" and letter["From"] == USER
    attached = next(letter.iter_attachments())
    assert attached.get_filename() == NAME and attached.get_content() == DATA
    assert letter.get_body().get_content().splitlines() == list(PARCEL.lines)
    assert box.letters[0].isascii()


def test_lines_of_dots_arrive_as_they_are():
    box, lines = Mailbox(), ("hello", ".", "..", ".x", "end")
    with mail_server(box) as port:
        mail.deliver(place(port), PASSWORD, replace(PARCEL, lines=lines), Try(20, 5))
    letter = email.message_from_bytes(box.letters[0], policy=email.policy.default)
    assert letter.get_body().get_content().splitlines() == list(lines)
    assert next(letter.iter_attachments()).get_content() == DATA


def test_an_own_sender_is_named_and_no_password_is_asked_where_nobody_signs_in():
    box = Mailbox()
    with mail_server(box, auth=False) as port:
        send(place(port, user_name="", sender="liuwan@village.test"), "")
    assert email.message_from_bytes(box.letters[0])["From"] == "liuwan@village.test"


def test_a_wrong_password_has_its_own_sentence():
    with mail_server(Mailbox()) as port:
        found = refused(place(port), "falsch")
        assert isinstance(found, WrongPassword) and "授权码" in found.sentence
        assert isinstance(refused(place(port), "密码"), WrongPassword)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"rcpt": "550 no such user"}, "核对收件邮箱"),
        ({"rcpt": "552 mailbox full"}, "满了"),
        ({"mail": "553 not yours"}, "检查发件邮箱"),
        ({"data": "552 too much mail data"}, "附件太大"),
        ({"data": "554 looks like spam"}, "没有收下（554 looks like spam）"),
        ({"rcpt": "550 \x1b[31m坏\u202e" + "长" * 90}, "核对收件邮箱"),
    ],
)
def test_what_the_server_refuses_is_said_with_the_next_step(answers, words):
    box = Mailbox(**answers)
    with mail_server(box) as port:
        sentence = refused(place(port)).sentence
    assert words in sentence and "；请" in sentence and not box.letters
    assert sentence.isprintable() and len(sentence) < 200


def test_a_cut_after_the_last_dot_is_repeated_as_the_same_message():
    box = Mailbox(cut_after_data=True)
    with mail_server(box) as port:
        assert "中途断了" in refused(place(port)).sentence
        box.cut_after_data = False
        send(place(port))
    ids = [email.message_from_bytes(it)["Message-ID"] for it in box.letters]
    assert len(ids) == 2 and ids[0] == ids[1] and PARCEL.sha256[:40] in ids[0]


@pytest.mark.parametrize("up", [0, 10, 60, 120, 400, 5000, 60_000, 105_000])
def test_a_wire_that_breaks_anywhere_delivers_nothing_and_says_so(up):
    box = Mailbox()
    with mail_server(box) as port, breaking_wire(port, up=up) as (wire, _):
        sentence = refused(place(wire)).sentence
        assert "请" in sentence and not box.letters
        send(place(port))
    assert len(box.letters) == 1


@pytest.mark.parametrize(
    ("name", "trusts", "words"),
    [
        ("good", "elsewhere", "证书不可信"),
        ("elsewhere", "elsewhere", "别的网址"),
        ("expired", "expired", "电脑的日期"),
        ("future", "future", "电脑的日期"),
    ],
)
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_bad_certificate_stops_before_the_password(trusted, name, trusts, words, security):
    trusted(trusts)
    box = Mailbox()
    with mail_server(box, **{security: name}) as port:
        sentence = refused(place(port, security)).sentence
    assert words in sentence and not box.letters


@pytest.mark.parametrize(
    ("security", "words"),
    [("starttls", "换一种加密方式"), ("tls", "检查端口和加密方式")],
)
def test_a_server_without_the_encryption_that_is_set_gets_nothing(security, words):
    box = Mailbox()
    with mail_server(box) as port:
        assert words in refused(place(port, security)).sentence
    assert not box.letters


def test_without_encryption_only_this_computer_is_spoken_to():
    assert "加密连接" in refused(place(25, target="mail.town.test")).sentence


def test_nobody_there_is_refused_at_once_and_an_unknown_name_is_named():
    assert "拒绝连接" in refused(place(free_port())).sentence
    assert "no-such-host.invalid" in refused(place(465, "tls", target="no-such-host.invalid")).sentence


def test_a_server_that_says_nothing_is_not_waited_for_longer_than_the_limit():
    with saying(b"") as port:
        assert "很久没有回答" in refused(place(port), limits=Try(20, 0.2)).sentence


def test_a_server_that_drips_is_cut_by_the_limit_of_the_whole_try():
    with saying(b"220-", drip=0.05) as port:
        limits = Try(0.6, 5)
        with pytest.raises(NotDelivered, match="先停下了"):
            limits.run(lambda: send(place(port), limits=limits))


def test_a_server_that_never_stops_talking_is_not_listened_to():
    with saying(b"220-x" + b"\r\n220-" * 40_000) as port:
        assert "中途断了" in refused(place(port)).sentence


@pytest.mark.parametrize(
    "said",
    [
        b"\xff\xfe\r\n" * 3,
        b"HTTP/1.1 400 Bad\r\n\r\n",
        b"220 hi\r\nabc def\r\n",
        b"220 hi\r\n250-x\r\n250 AUTH CRAM-MD5\r\n334 !!!\r\n" + b"501 no\r\n" * 9,
        b"220 hi\r\n250 AUTH\r\n" + b"250 ok\r\n" * 9,
        b"220 hi\r\n250 AUTH LOGIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n999 x\r\n",
        b"220 hi\r\n250 AUTH PLAIN\r\n235 ok\r\n" + b"-1\r\n" * 9,
        b"220" + b"x" * 9000 + b"\r\n",
    ],
)
def test_whatever_a_server_says_ends_in_a_sentence(said):
    with saying(said) as port:
        sentence = refused(place(port), limits=Try(5, 0.3)).sentence
    assert "请" in sentence and sentence.isprintable()

"""Delivery to a real WebDAV server: Chinese names, both ways to sign in, every refusal in words, and one file after any repeat."""

import hashlib

import pytest

from partyday_tui.delivery import webdav
from partyday_tui.delivery.attempt import NotDelivered, Parcel, Stopped, Try, WrongPassword
from partyday_tui.rules.delivery_place import Place
from tests.delivery.servers import (
    CERTIFICATES,
    PASSWORD,
    USER,
    FullProvider,
    breaking_wire,
    free_port,
    saying,
    serving,
    webdav_server,
)

NAME = "柳湾村党支部 2026年10月 月报（第2版）#100%.xlsx"
DATA = bytes(range(256)) * 400
PARCEL = Parcel(NAME, DATA, hashlib.sha256(DATA).hexdigest(), "月报")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A server for each way to sign in, with a disk that many tests share: a server takes longer to stop than to serve."""
    disks = {auth: tmp_path_factory.mktemp(auth) for auth in ("basic", "digest")}
    with (
        webdav_server(disks["basic"], auth="basic") as basic,
        webdav_server(disks["digest"], auth="digest") as digest,
    ):
        yield {"basic": (basic, disks["basic"]), "digest": (digest, disks["digest"])}


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def put(url, password=PASSWORD, parcel=PARCEL, limits=None):
    return webdav.deliver(Place("webdav", url, user_name=USER), password, parcel, limits or Try(20, 5))


def refused(url, password=PASSWORD, parcel=PARCEL, limits=None):
    with pytest.raises(NotDelivered) as refusal:
        put(url, password, parcel, limits)
    return refusal.value


def held(disk):
    return sorted(str(path.relative_to(disk)) for path in disk.rglob("*") if path.is_file())


@pytest.mark.parametrize("auth", ["basic", "digest"])
def test_a_package_arrives_whole_under_its_own_name_in_a_folder_that_is_made(disk, auth):
    asked = []
    with webdav_server(disk, auth=auth, asked=asked) as url:
        assert "读回核对无误" in put(f"{url}/报送 材料")
        assert (disk / "报送 材料" / NAME).read_bytes() == DATA
        assert held(disk) == [f"报送 材料/{NAME}"]
        assert [method for method, _ in asked if method in ("MKCOL", "MOVE")] == ["MKCOL", "MOVE"]
        assert (method_of(asked), asked[-1][1]) == ("MOVE", f"/报送 材料/{NAME}.part")
        asked.clear()
        assert "已经有这一份" in put(f"{url}/报送%20材料")
        assert {method for method, _ in asked} == {"GET"}
    assert held(disk) == [f"报送 材料/{NAME}"]


def method_of(asked):
    return asked[-1][0]


def test_without_a_user_nobody_signs_in(disk):
    with webdav_server(disk, auth="") as url:
        webdav.deliver(Place("webdav", url), "", PARCEL, Try(20, 5))
    assert held(disk) == [NAME]


def test_over_tls(disk, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "good.pem"))
    with webdav_server(disk, tls="good") as url:
        put(url)
    assert held(disk) == [NAME]


@pytest.mark.parametrize(
    ("name", "trusts", "words"),
    [("good", "elsewhere", "证书不可信"), ("elsewhere", "elsewhere", "别的网址"), ("expired", "expired", "电脑的日期")],
)
def test_a_bad_certificate_stops_before_the_password(disk, monkeypatch, name, trusts, words):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / f"{trusts}.pem"))
    asked = []
    with webdav_server(disk, tls=name, asked=asked) as url:
        assert words in refused(url).sentence
    assert not asked


@pytest.mark.parametrize("auth", ["basic", "digest"])
def test_a_wrong_password_has_its_own_sentence(shared, auth):
    url, disk = shared[auth]
    found = refused(f"{url}/口令", "falsch")
    assert isinstance(found, WrongPassword) and "应用密码" in found.sentence and not (disk / "口令").exists()


def test_a_full_disk_is_named_and_nothing_stays_there(disk):
    with webdav_server(disk, provider=FullProvider) as url:
        sentence = refused(url).sentence
    assert "网盘满了" in sentence and "请" in sentence and not held(disk)


def test_another_file_of_the_name_is_never_overwritten(shared):
    url, disk = shared["basic"]
    (disk / "别人").mkdir()
    (disk / "别人" / NAME).write_bytes(b"theirs")
    assert "没有覆盖" in refused(f"{url}/别人").sentence
    assert held(disk / "别人") == [NAME] and (disk / "别人" / NAME).read_bytes() == b"theirs"


@pytest.mark.parametrize(
    ("way", "most"),
    [("up", most) for most in (0, 50, 200, 700, 1200, 20_000, 60_000, 102_000, 102_900, 103_500)]
    + [("down", most) for most in (0, 100, 400, 1000, 30_000, 103_000, 103_400)],
)
@pytest.mark.parametrize("auth", ["basic", "digest"])
def test_a_wire_that_breaks_anywhere_leaves_one_file_after_the_repeat(shared, way, most, auth):
    url, disk = shared[auth]
    name = f"{way}{most}"
    with breaking_wire(int(url.rpartition(":")[2]), **{way: most}) as (wire, _):
        try_over_a_wire_that_may_break(f"http://localhost:{wire}/{name}")
    folder = disk / name
    assert not (folder / NAME).exists() or (folder / NAME).read_bytes() == DATA, (
        "never half a file under the final name"
    )
    put(f"{url}/{name}")
    assert held(folder) == [NAME] and (folder / NAME).read_bytes() == DATA


def try_over_a_wire_that_may_break(url):
    """Each connection may break anew, so a try may also come through."""
    try:
        put(url)
    except NotDelivered as error:
        assert "请" in error.sentence


ANSWERS = (
    ("403 Forbidden", "", "检查网盘地址和权限"),
    ("404 Not Found", "", "检查网盘地址"),
    ("405 Method Not Allowed", "", "不是网盘文件夹"),
    ("413 Too Large", "", "改用U盘交"),
    ("423 Locked", "", "正被占用"),
    ("500 \x1b[2J oops " + "x" * 300, "", "没有收下（500"),
    ("507 Insufficient Storage", "", "网盘满了"),
    ("301 Moved", "https://evil.test/dav/x", "别的网址（evil.test）"),
    ("307 Temporary", "//evil.test/x", "别的网址（evil.test）"),
    ("308 Permanent", "http://[", "没有跟去"),
    ("302 Found", "/new/", "网盘地址变了"),
    ("401 No", "", "应用密码"),
)


@pytest.fixture(scope="module")
def answering():
    """A server that answers PUT as its folder's number in ANSWERS says."""

    def app(environ, start_response):
        if environ["REQUEST_METHOD"] == "GET":
            start_response("404 Not Found", [("Content-Length", "0")])
            return [b""]
        environ["wsgi.input"].read()
        status, location, _ = ANSWERS[int(environ["PATH_INFO"].split("/")[1])]
        challenge = ("WWW-Authenticate", 'Digest realm="x", nonce="y", qop="auth", algorithm=MD5')
        start_response(status, [("Location", location or "-"), challenge, ("Content-Length", "0")])
        return [b""]

    with serving(app) as port:
        yield f"http://localhost:{port}"


@pytest.mark.parametrize("number", range(len(ANSWERS)), ids=[status[:3] for status, _, _ in ANSWERS])
def test_every_refusal_is_a_sentence_that_cannot_steer_the_screen_and_no_redirect_is_followed(answering, number):
    sentence = refused(f"{answering}/{number}").sentence
    assert ANSWERS[number][2] in sentence and "请" in sentence
    assert sentence.isprintable() and len(sentence) < 200


@pytest.mark.parametrize("algorithm", ["SHA-512", "x"])
def test_a_challenge_that_we_cannot_answer_is_said(algorithm):
    offer = f'Digest realm="x", nonce="y", qop="auth-int", algorithm={algorithm}'

    def app(environ, start_response):
        start_response("401 No", [("WWW-Authenticate", offer), ("Content-Length", "0")])
        return [b""]

    with serving(app) as port:
        assert "登录方式本程序不会" in refused(f"http://localhost:{port}/dav").sentence


def test_bytes_that_a_server_spoils_never_get_the_final_name():
    kept, moved = {}, []

    def app(environ, start_response):
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method == "PUT":
            kept[path] = environ["wsgi.input"].read()[:-1] + b"?"
        if method == "MOVE":
            moved.append(path)
        body = kept.get(path, b"") if method == "GET" else b""
        status = "201 Created" if method != "GET" else "200 OK" if body else "404 Not Found"
        start_response(status, [("Content-Length", str(len(body)))])
        return [body]

    with serving(app) as port:
        assert "读回来不一样" in refused(f"http://localhost:{port}/dav").sentence
    assert len(kept) == 1 and not moved


def test_an_answer_without_end_is_not_read_to_its_end():
    sent = []

    def endless(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])

        def pieces():
            for _ in range(2000):
                sent.append(1)
                yield b"x" * 65536

        return pieces()

    with serving(endless) as port:
        assert "内容不同" in refused(f"http://localhost:{port}/dav").sentence
    assert len(sent) < 1000


def test_only_https_but_for_this_computer():
    assert "https://" in refused("http://dav.town.test/x").sentence


def test_nobody_there():
    assert "拒绝连接" in refused(f"http://localhost:{free_port()}/x").sentence


def test_a_server_that_says_nothing_or_something_else_is_left():
    with saying(b"") as port:
        assert "很久没有回答" in refused(f"http://localhost:{port}/x", limits=Try(20, 0.2)).sentence
    with saying(b"SSH-2.0-x\r\n") as port:
        assert "中途断了" in refused(f"http://localhost:{port}/x").sentence


def test_the_user_can_stop_in_the_middle_and_nothing_gets_the_final_name(disk):
    limits = Try(20, 5, told=lambda done: limits.stop() if done > 0.3 else None)
    with webdav_server(disk) as url:
        with pytest.raises(Stopped):
            limits.run(lambda: put(url, limits=limits))
        assert NAME not in held(disk)
        put(url)
    assert held(disk) == [NAME]


@pytest.mark.parametrize(
    "answer",
    [
        b"\xff\xfe\r\n" * 3,
        b"220 mail.town.test ESMTP\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=, nonce\r\nContent-Length: 0\r\n\r\n" * 2,
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="\xff", nonce="\r\t", qop="auth"\r\nContent-Length: 0\r\n\r\n'
        * 2,
        b"HTTP/1.1 302 Found\r\nLocation: \xff\x1b[2J\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 " + b"9" * 70000,
    ],
)
def test_whatever_a_server_says_ends_in_a_sentence(answer):
    with saying(answer) as port:
        sentence = refused(f"http://localhost:{port}/x", limits=Try(5, 0.3)).sentence
    assert "请" in sentence and sentence.isprintable()


def test_a_password_with_chinese_characters_is_said_where_it_cannot_be_used(shared):
    assert "英文输入法" in refused(f"{shared['digest'][0]}/x", "密码").sentence

"""Delivery to a WebDAV folder (坚果云 and the like): PUT under a temporary name, read back, MOVE; a repeat leaves one file."""

from __future__ import annotations

import base64
import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from partyday_tui.delivery.attempt import NotDelivered, Parcel, Try, WrongPassword, in_pieces, said
from partyday_tui.delivery.network import cut_off, not_understood, safe_context, trouble
from partyday_tui.rules.delivery_place import Place, is_loopback

_MISSING = (404, 409)  # a server says 409 where the folder above is not there
_REDIRECTS = (301, 302, 303, 307, 308)
_SAFE = "/%~!$&'()*+,;=:@-._"
_LONGEST_ANSWER = 1 << 16  # bytes of an answer that is not the file


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the server answered: `sha256` and `size` of the body, up to one byte more than was asked for."""

    status: int
    reason: str
    headers: http.client.HTTPMessage
    sha256: str
    size: int


def deliver(place: Place, password: str, parcel: Parcel, attempt: Try) -> str:
    """Put the parcel into the WebDAV folder under its own name; returns what can be said of it. Raises NotDelivered."""
    server = _Server(place, password, attempt)
    try:
        return _deliver(server, parcel, attempt)
    finally:
        server.close()


def _deliver(server: _Server, parcel: Parcel, attempt: Try) -> str:
    size = len(parcel.data)
    final, part = quote(parcel.name), quote(f"{parcel.name}.part")
    if _is_there(server.ask("GET", final, limit=size), parcel):
        return "网盘上已经有这一份，读过了，内容相同"
    attempt.told(0.1)
    answer = server.ask("PUT", part, parcel.data)
    if answer.status in _MISSING:
        server.expect(server.ask("MKCOL", ""), 201, 405)
        answer = server.ask("PUT", part, parcel.data)
    server.expect(answer, 200, 201, 204)
    back = server.ask("GET", part, limit=size)
    server.expect(back, 200)
    if (back.sha256, back.size) != (parcel.sha256, size):
        raise NotDelivered("传到网盘的内容读回来不一样，没有算数；请再报送一次。")
    attempt.told(0.9)
    moved = server.ask("MOVE", part, headers={"Destination": server.url(final), "Overwrite": "F"})
    if moved.status == 412 and _is_there(server.ask("GET", final, limit=size), parcel):
        return "网盘上已经有这一份，读过了，内容相同"
    server.expect(moved, 201, 204)
    return "已传到网盘，读回核对无误"


def _is_there(answer: _Answer, parcel: Parcel) -> bool:
    """Whether the very bytes are there under the final name; raises where others are."""
    if answer.status != 200:
        return False
    if (answer.sha256, answer.size) == (parcel.sha256, len(parcel.data)):
        return True
    raise NotDelivered(f"网盘上已有同名但内容不同的「{parcel.name}」，没有覆盖；请先移走它，再报送。")


class _Server:
    """One server, one connection at a time, and the answer to its challenge."""

    def __init__(self, place: Place, password: str, attempt: Try) -> None:
        parts = urlsplit(place.target)
        self.host = parts.hostname or ""
        if parts.scheme != "https" and not is_loopback(self.host):
            raise NotDelivered("网盘地址要以 https:// 开头；请在「报送到哪里」里改一下。")
        self._attempt = attempt
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._path = quote(unquote(parts.path), safe=_SAFE.replace("%", "")).rstrip("/") + "/"
        self._user, self._password = place.user_name, password
        self._challenge: Mapping[str, str] | None = None
        self._is_basic = False
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, self._origin, self._user, password)
        self._digest = urllib.request.HTTPDigestAuthHandler(known)
        self._connection: http.client.HTTPConnection = (
            http.client.HTTPSConnection(self.host, parts.port, context=safe_context())
            if parts.scheme == "https"
            else http.client.HTTPConnection(self.host, parts.port)
        )

    def url(self, name: str) -> str:
        """The URL of a quoted name in the folder."""
        return f"{self._origin}{self._path}{name}"

    def close(self) -> None:
        """Let the connection go."""
        self._attempt.hold(None)
        self._connection.close()

    def ask(
        self,
        method: str,
        name: str,
        body: bytes | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        limit: int = _LONGEST_ANSWER,
    ) -> _Answer:
        """One request, signed in where the server asks for it; reads at most `limit` bytes and one of the answer."""
        for again in (False, True):
            signed = dict(headers or {}) | self._signature(method, name)
            answer = self._once(method, name, body, signed, limit)
            if answer.status in _REDIRECTS:
                raise self._redirected(answer)
            if answer.status != 401 or again:
                break
            self._take_challenge(answer)
        if answer.status in (401, 407):
            raise WrongPassword(f"{self.host} 不认这个用户名或密码；请核对，坚果云等要填「应用密码」，不是登录密码。")
        return answer

    def expect(self, answer: _Answer, *statuses: int) -> None:
        """Raise the sentence for an answer that is none of these."""
        if answer.status in statuses:
            return
        heard = f"{answer.status} {answer.reason}".strip()
        sentences = {
            403: f"{self.host} 不让这个用户往这个文件夹里写（{heard}）；请检查网盘地址和权限。",
            404: f"{self.host} 上没有这个文件夹（{heard}）；请检查网盘地址。",
            405: f"{self.host} 的这个地址不是网盘文件夹（{heard}）；请检查网盘地址。",
            409: f"{self.host} 上没有上一层的文件夹（{heard}）；请检查网盘地址。",
            412: f"{self.host} 上已有同名的文件（{heard}），没有覆盖；请先移走它，再报送。",
            413: f"{self.host} 说文件太大（{heard}），没有收下；请改用U盘交。",
            423: f"{self.host} 上的文件正被占用（{heard}）；请过一会儿再报送。",
            507: f"网盘满了（{heard}），没有送出；请清理网盘，再报送。",
        }
        raise NotDelivered(
            sentences.get(answer.status, f"{self.host} 没有收下（{heard}）；请过一会儿再报送，或改用U盘交。")
        )

    def _once(self, method: str, name: str, body: bytes | None, headers: Mapping[str, str], limit: int) -> _Answer:
        connection = self._connection
        try:
            connection.timeout = self._attempt.seconds
            if connection.sock is None:
                connection.connect()
            else:
                connection.sock.settimeout(self._attempt.seconds)
            self._attempt.hold(connection.sock)
            length = {"Content-Length": str(len(body))} if body is not None else {}
            sent = self._pieces(body) if body is not None else None
            fixed = {"User-Agent": "partyday", "Accept-Encoding": "identity"}
            # A server that refuses early closes while we still send; its answer says why.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, f"{self._path}{name}", sent, fixed | length | dict(headers))
            return self._read(connection.getresponse(), limit)
        except http.client.HTTPException as error:
            self._attempt.check()
            connection.close()
            raise cut_off(self.host) from error
        except OSError as error:  # before ValueError: an error of a certificate is both
            self._attempt.check()
            connection.close()
            raise trouble(error, self.host) from error
        except ValueError as error:
            connection.close()
            raise not_understood(self.host) from error

    def _pieces(self, body: bytes) -> Iterator[memoryview]:
        done = 0
        for piece in in_pieces(body, self._attempt):
            if self._connection.sock is not None:
                self._connection.sock.settimeout(self._attempt.seconds)
            yield piece
            done += len(piece)
            self._attempt.told(0.1 + done / len(body) * 0.7)

    def _read(self, response: http.client.HTTPResponse, limit: int) -> _Answer:
        digest, size = hashlib.sha256(), 0
        while size <= limit:
            self._attempt.check()
            piece = response.read(min(1 << 16, limit + 1 - size))
            if not piece:
                break
            digest.update(piece)
            size += len(piece)
        if size > limit or response.will_close:
            self._connection.close()
        return _Answer(response.status, said(response.reason), response.headers, digest.hexdigest(), size)

    def _take_challenge(self, answer: _Answer) -> None:
        """Digest before Basic; over plain HTTP this is only ever the loopback."""
        offers = answer.headers.get_all("WWW-Authenticate") or []
        digests = [it for it in offers if it[:7].lower() == "digest "]
        if digests:
            parts = urllib.request.parse_http_list(digests[0][7:])
            self._challenge = urllib.request.parse_keqv_list([it for it in parts if it.partition("=")[2]])
        self._is_basic = not digests and any(it[:5].lower() == "basic" for it in offers)

    def _signature(self, method: str, name: str) -> dict[str, str]:
        if self._challenge is not None:
            if not (self._user + self._password).isascii():
                raise WrongPassword("用户名或密码里有汉字或全角符号；请切换到英文输入法重新填写。")
            request = urllib.request.Request(self.url(name), method=method)
            try:
                answer = self._digest.get_authorization(request, self._challenge)
            except (ValueError, urllib.error.URLError) as error:
                raise NotDelivered(f"{self.host} 的登录方式本程序不会；请换一个网盘，或改用U盘交。") from error
            return {"Authorization": f"Digest {answer}"} if answer else {}
        if self._is_basic:
            pair = f"{self._user}:{self._password}".encode()
            return {"Authorization": "Basic " + base64.b64encode(pair).decode()}
        return {}

    def _redirected(self, answer: _Answer) -> NotDelivered:
        """A redirect is never followed: to another host it would carry the members' data there."""
        try:
            to = urlsplit(urljoin(self.url(""), answer.headers.get("Location", "")))
            host = to.hostname or ""
        except ValueError:
            host = ""
        if host == self.host:
            return NotDelivered("服务器说网盘地址变了；请问清新地址，在「报送到哪里」里改一下。")
        return NotDelivered(f"服务器要把文件转到别的网址（{said(host)}），没有跟去；请检查网盘地址。")

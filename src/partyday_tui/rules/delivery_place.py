"""Where packages are delivered to: a folder, a mailbox, a WebDAV folder; and what such an address must be like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from partyday_tui.errors import UserMistake
from partyday_tui.rules.text import clean_line

SECURITY_WORDS = {"tls": "SSL（常用465端口）", "starttls": "STARTTLS（常用587端口）"}
USUAL_PORTS = {"tls": 465, "starttls": 587, "": 25}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|::1")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,120}[A-Za-z0-9])?")
_LONGEST_TARGET, _LONGEST_NAME = 1000, 200


@dataclass(frozen=True, slots=True)
class Place:
    """The configured place, without any secret.

    `carrier`: folder, smtp or webdav. `target`: the folder's path, the mail server's name, or the URL of the WebDAV folder. `security`
    of a mail server: tls (from the first byte), starttls, or '' for a server on this computer. `sender` '' means `user_name`.
    """

    carrier: str
    target: str
    port: int = 0
    security: str = ""
    user_name: str = ""
    sender: str = ""
    recipient: str = ""

    @property
    def label(self) -> str:
        """How the place is told to the user and written beside each try."""
        if self.carrier == "smtp":
            return f"邮件 {self.recipient}"
        return f"{'文件夹' if self.carrier == 'folder' else '网盘'} {self.target}"

    @property
    def needs_password(self) -> bool:
        """Whether somebody signs in there."""
        return bool(self.user_name)

    @property
    def account(self) -> tuple[str, str, int, str]:
        """What a password belongs to."""
        return self.carrier, self.target, self.port, self.user_name


def is_loopback(host: str) -> bool:
    """Whether a server is this computer itself: only there may a password go unencrypted."""
    return host.lower() in _LOOPBACK


def checked(place: Place) -> Place:
    """The place with its address cleaned and looked through; raises UserMistake that says what to write."""
    checks = {"folder": _folder, "smtp": _mail, "webdav": _webdav}
    if place.carrier not in checks:
        raise UserMistake("没有这种报送方式，请选文件夹、邮件或网盘。")
    if len(place.user_name) > _LONGEST_NAME or place.user_name != clean_line(place.user_name).text:
        raise UserMistake("用户名没有看懂，请重新填写。")
    return checks[place.carrier](place)


def _folder(place: Place) -> Place:
    target = place.target.strip()
    if not target or len(target) > _LONGEST_TARGET or "\0" in target:
        raise UserMistake("文件夹的位置没有看懂，请另选一个文件夹。")
    return Place("folder", target)


def _mail(place: Place) -> Place:
    host = place.target.strip()
    if not _HOST.fullmatch(host):
        raise UserMistake("发信服务器没有看懂，请写成 smtp.qq.com 这样。")
    if place.security not in USUAL_PORTS:
        raise UserMistake("加密方式没有看懂，请选 SSL 或 STARTTLS。")
    if not place.security and not is_loopback(host):
        raise UserMistake("发信服务器要用加密连接，请选 SSL 或 STARTTLS。")
    user, recipient = place.user_name.strip(), place.recipient.strip()
    sender = place.sender.strip() or user
    for address, what in ((recipient, "收件邮箱"), (sender, "发件邮箱")):
        if not _MAIL.fullmatch(address):
            raise UserMistake(f"{what}没有看懂，请写成 dangwei@qq.com 这样。")
    port = place.port or USUAL_PORTS[place.security]
    if not 0 < port < 65536:
        raise UserMistake("端口没有看懂，一般是 465 或 587。")
    return Place("smtp", host, port, place.security, user, "" if sender == user else sender, recipient)


def _webdav(place: Place) -> Place:
    target = place.target.strip()
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    usable = (
        _HOST.fullmatch(host)
        and parts.scheme in ("http", "https")
        and not (parts.query or parts.fragment)
        and target.isprintable()
    )
    if not usable or len(target) > _LONGEST_TARGET or " " in target:
        raise UserMistake("网盘地址没有看懂，请写成 https://dav.jianguoyun.com/dav/报送 这样。")
    if parts.username is not None or parts.password is not None:
        raise UserMistake("网盘地址里不要写用户名和密码，请把用户名填在下一项；密码报送时再问。")
    if parts.scheme != "https" and not is_loopback(host):
        raise UserMistake("网盘地址要以 https:// 开头，不加密的网址会泄露密码，请改一下。")
    return Place("webdav", target.rstrip("/"), user_name=place.user_name.strip())

"""Delivery by e-mail: the standard library's SMTP, with TLS, and one Message-ID for one package however often it is tried."""

from __future__ import annotations

import email.policy
import re
import smtplib
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from partyday_tui.delivery.attempt import NotDelivered, Parcel, Try, WrongPassword, in_pieces, said
from partyday_tui.delivery.network import cut_off, not_understood, safe_context, trouble
from partyday_tui.rules.delivery_place import Place, is_loopback

_LONGEST_ANSWERS = 1 << 16  # bytes of all answers of a server in one try
_NAME = "[127.0.0.1]"  # what we call ourselves: never this computer's name
_TOO_MUCH = {552, 523, 452}


class _Capped:
    """What a server answers, line by line, and no more than a server has to say."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._left = _LONGEST_ANSWERS

    def readline(self, size: int = -1) -> bytes:
        line: bytes = self._file.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise OSError("the server talks too much")
        return line

    def close(self) -> None:
        self._file.close()


class _Smtp(smtplib.SMTP):
    """SMTP whose server cannot fill the memory with an answer that never ends."""

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Capped(self.sock.makefile("rb"))
        return super().getreply()


class _SmtpOverTls(_Smtp, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def deliver(place: Place, password: str, parcel: Parcel, attempt: Try) -> str:
    """Send the parcel as an attachment; returns what can be said: accepted by the server is not received. Raises NotDelivered."""
    host = place.target
    if not place.security and not is_loopback(host):
        raise NotDelivered("发信服务器要用加密连接；请在「报送到哪里」里选 SSL 或 STARTTLS。")
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _connected(place, attempt)
        attempt.told(0.1)
        _sign_in(smtp, place, password)
        _envelope(smtp, place, len(parcel.data))
        _send(smtp, letter(place, parcel).as_bytes(), host, attempt)
    except smtplib.SMTPServerDisconnected as error:
        attempt.check()
        cause = error.__context__ if isinstance(error.__context__, TimeoutError) else None
        raise (trouble(cause, host) if cause else cut_off(host)) from error
    except smtplib.SMTPException as error:
        raise NotDelivered(_refusal(error, host)) from error
    except OSError as error:
        attempt.check()
        raise trouble(error, host) from error
    except ValueError as error:
        raise not_understood(host) from error
    finally:
        attempt.hold(None)
        if smtp is not None:
            smtp.close()
    return "服务器已收下，对方收没收到请再问一声"


def letter(place: Place, parcel: Parcel) -> EmailMessage:
    """The message; its Message-ID follows from the bytes, so that a repeat is the same message."""
    sender = place.sender or place.user_name
    message = EmailMessage(policy=email.policy.SMTP.clone(cte_type="7bit"))
    message["From"] = sender
    message["To"] = place.recipient
    message["Subject"] = parcel.title
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<{parcel.sha256[:48]}.partyday@{sender.rpartition('@')[2]}>"
    message.set_content("\n".join(parcel.lines) + "\n")
    is_sheet = parcel.name.endswith(".xlsx")
    subtype = "vnd.openxmlformats-officedocument.spreadsheetml.sheet" if is_sheet else "octet-stream"
    message.add_attachment(parcel.data, maintype="application", subtype=subtype, filename=parcel.name)
    return message


def _connected(place: Place, attempt: Try) -> smtplib.SMTP:
    seconds = attempt.seconds
    smtp: smtplib.SMTP
    if place.security == "tls":
        smtp = _SmtpOverTls(place.target, place.port, _NAME, timeout=seconds, context=safe_context())
    else:
        smtp = _Smtp(place.target, place.port, _NAME, timeout=seconds)
    attempt.hold(smtp.sock)
    smtp.ehlo_or_helo_if_needed()
    if place.security == "starttls":
        smtp.starttls(context=safe_context())
        attempt.hold(smtp.sock)
        smtp.ehlo()
    return smtp


def _sign_in(smtp: smtplib.SMTP, place: Place, password: str) -> None:
    if not place.user_name:
        return
    try:
        smtp.login(place.user_name, password)
    except UnicodeEncodeError:
        raise WrongPassword("密码里有汉字或全角符号，请切换到英文输入法重新填写。") from None
    except smtplib.SMTPAuthenticationError as error:
        raise WrongPassword(
            f"{place.target} 不认这个用户名或密码；请核对，QQ、163 等要填「授权码」，不是登录密码。"
        ) from error


def _envelope(smtp: smtplib.SMTP, place: Place, size: int) -> None:
    """MAIL FROM and RCPT TO, each with its own sentence."""
    options = [f"size={size * 3 // 2}"] if smtp.has_extn("size") else []
    code, words = smtp.mail(place.sender or place.user_name, options)
    if code in _TOO_MUCH:
        raise NotDelivered(_too_much(place.target, code))
    if code != 250:
        raise NotDelivered(f"{place.target} 不让这个发件邮箱发信（{code} {said(words)}）；请检查发件邮箱。")
    code, words = smtp.rcpt(place.recipient)
    if code in _TOO_MUCH:
        raise NotDelivered(f"收件邮箱 {place.recipient} 满了（{code}），没有送出；请告诉上级，或改用U盘交。")
    if code not in (250, 251):
        raise NotDelivered(f"服务器不收给 {place.recipient} 的信（{code} {said(words)}）；请和上级核对收件邮箱。")


def _send(smtp: smtplib.SMTP, message: bytes, host: str, attempt: Try) -> None:
    """DATA, in pieces; every line that begins with a dot gets one more (RFC 5321 4.5.2)."""
    code, words = smtp.docmd("DATA")
    if code != 354:
        raise NotDelivered(f"{host} 没有收下（{code} {said(words)}）；请过一会儿再报送。")
    stuffed = re.sub(rb"(?m)^\.", b"..", message)
    done = 0
    for piece in in_pieces(stuffed, attempt):
        if smtp.sock is not None:
            smtp.sock.settimeout(attempt.seconds)
        smtp.send(bytes(piece))
        done += len(piece)
        attempt.told(0.1 + done / len(stuffed) * 0.8)
    if smtp.sock is not None:
        smtp.sock.settimeout(attempt.seconds_left)  # a server looks through a letter before it answers
    smtp.send(b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")
    code, words = smtp.getreply()
    if code in _TOO_MUCH:
        raise NotDelivered(_too_much(host, code))
    if code != 250:
        raise NotDelivered(f"{host} 没有收下（{code} {said(words)}）；请过一会儿再报送，或改用U盘交。")
    with suppress(smtplib.SMTPException, OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(2)
        smtp.quit()


def _too_much(host: str, code: int) -> str:
    return f"{host} 说附件太大或邮箱满了（{code}），没有收下；请告诉上级，或改用U盘交。"


def _refusal(error: smtplib.SMTPException, host: str) -> str:
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{host} 不支持这种加密或登录方式；请在「报送到哪里」里换一种加密方式。"
    code = getattr(error, "smtp_code", "")
    words = said(getattr(error, "smtp_error", ""))
    return f"{host} 没有收下（{code} {words}）；请过一会儿再报送，或改用U盘交。"

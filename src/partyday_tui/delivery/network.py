"""What went wrong on the way to a server, in one sentence with the next step."""

from __future__ import annotations

import errno
import socket
import ssl
from datetime import date

from partyday_tui.delivery.attempt import NotDelivered

_NOT_YET_VALID, _EXPIRED, _OTHER_NAME = 9, 10, 62  # X509_V_ERR_* of OpenSSL
_NO_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, 10050, 10051, 10065}
_BUSY_NAMES = {getattr(socket, "EAI_AGAIN", None), 11002}


def trouble(error: OSError, host: str) -> NotDelivered:
    """The refusal for an error of the network on the way to `host`."""
    return NotDelivered(_sentence(error, host))


def cut_off(host: str) -> NotDelivered:
    """The refusal for a server that went away in the middle."""
    return NotDelivered(f"和 {host} 的连接中途断了，没有送完；请再报送一次，不会多出一份。")


def not_understood(host: str) -> NotDelivered:
    """The refusal for an answer that no such server gives."""
    return NotDelivered(f"{host} 的回答看不懂，没有送出；请检查地址和端口，或改用U盘交。")


def safe_context() -> ssl.SSLContext:
    """TLS that checks the certificate and the name in it."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _sentence(error: OSError, host: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, host)
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return f"和 {host} 的加密连接没有建成；请检查端口和加密方式填得对不对。"
    if isinstance(error, socket.gaierror):
        if error.errno in _BUSY_NAMES:
            return f"电脑好像没有连上网，查不到 {host}；请连上网再报送。"
        return f"找不到服务器 {host}；请看看网连上没有，地址写得对不对。"
    if isinstance(error, TimeoutError):
        return f"{host} 很久没有回答；请看看网络，过一会儿再报送。"
    if isinstance(error, ConnectionRefusedError):
        return f"{host} 拒绝连接；请检查地址和端口，或问问上级服务器开了没有。"
    if error.errno in _NO_NETWORK:
        return f"电脑没有连上网，到不了 {host}；请连上网再报送。"
    return cut_off(host).sentence


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> str:
    """A wrong date of this computer looks like a bad certificate, never like a missing network."""
    if error.verify_code in (_NOT_YET_VALID, _EXPIRED):
        return (
            f"{host} 的证书和今天的日期对不上：电脑的日期（{date.today()}）可能不对，请先校正；"
            "日期没错就是对方证书过期了，请告诉上级。"
        )
    if error.verify_code == _OTHER_NAME:
        return f"{host} 的证书是别的网址的，为安全没有发送；请检查服务器地址。"
    return f"{host} 的证书不可信，为安全没有发送；请检查地址，或换一个网络再试。"

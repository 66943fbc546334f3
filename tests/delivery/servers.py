"""Real servers on the loopback: mail (aiosmtpd), WebDAV (wsgidav on cheroot), and a wire between that breaks."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cheroot import wsgi
from wsgidav.dav_error import HTTP_INSUFFICIENT_STORAGE, DAVError
from wsgidav.fs_dav_provider import FileResource, FilesystemProvider, FolderResource
from wsgidav.wsgidav_app import WsgiDAVApp

USER, PASSWORD = "liuwan@qq.test", "shou-quan-ma"
CERTIFICATES = Path(__file__).parent / "certificates"


def certificate(name):
    """A server's TLS with one of the certificates made for these tests."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem", CERTIFICATES / "key.pem")
    return context


class Mailbox:
    """Takes what is sent to it, or answers as it is told."""

    def __init__(self, *, rcpt="250 OK", mail="250 OK", data="250 OK", cut_after_data=False):
        self.letters = []
        self.rcpt, self.mail, self.data, self.cut_after_data = rcpt, mail, data, cut_after_data

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mail.startswith("250"):
            envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        if self.data.startswith("250"):
            self.letters.append(envelope.original_content)
        if self.cut_after_data:
            server.transport.abort()
        return self.data


class _OverTls(Controller):
    """aiosmtpd looks whether it came up without checking the certificate, since that may be what is tested."""

    def _trigger_server(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection((self.hostname, self.port), 5) as plain, context.wrap_socket(plain) as wire:
            wire.recv(100)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def mail_server(box, *, tls=None, starttls=None, auth=True):
    """Serves `box` on the loopback; yields the port."""

    def knows(server, session, envelope, mechanism, login):
        return AuthResult(success=(login.login, login.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    named = {"authenticator": knows, "auth_required": True, "auth_require_tls": False} if auth else {}
    if starttls:
        named |= {"tls_context": certificate(starttls), "require_starttls": True}
    kind = _OverTls if tls else Controller
    controller = kind(
        box, hostname="127.0.0.1", port=free_port(), ssl_context=certificate(tls) if tls else None, **named
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class _FullFile(FileResource):
    def begin_write(self, *, content_type=None):
        raise DAVError(HTTP_INSUFFICIENT_STORAGE)


class _FullFolder(FolderResource):
    def create_empty_resource(self, name):
        raise DAVError(HTTP_INSUFFICIENT_STORAGE)


class FullProvider(FilesystemProvider):
    """A disk that has no room left."""

    def get_resource_inst(self, path, environ):
        found = super().get_resource_inst(path, environ)
        if isinstance(found, FolderResource):
            return _FullFolder(found.path, environ, found._file_path)
        return _FullFile(found.path, environ, found._file_path) if isinstance(found, FileResource) else found


@contextmanager
def webdav_server(folder, *, auth="basic", tls=None, provider=FilesystemProvider, asked=None):
    """Serves `folder`; yields its URL. `asked` collects (method, path) of every request."""
    users = {"*": {USER: {"password": PASSWORD}}} if auth else {"*": True}
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": provider(str(folder))},
            "simple_dc": {"user_mapping": users},
            "http_authenticator": {
                "accept_basic": auth == "basic",
                "accept_digest": auth == "digest",
                "default_to_digest": auth == "digest",
            },
            "logging": {"enable": False},
            "verbose": 0,
        }
    )

    def noting(environ, start_response):
        if asked is not None:
            asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"].encode("latin-1").decode()))
        return app(environ, start_response)

    with serving(noting, tls=tls) as port:
        yield f"{'https' if tls else 'http'}://localhost:{port}"


@contextmanager
def serving(app, *, tls=None):
    """Any WSGI app on the loopback; yields the port."""
    server = wsgi.Server(("127.0.0.1", 0), app, numthreads=2)
    server.error_log = lambda *_, **__: None
    if tls:
        from cheroot.ssl.builtin import BuiltinSSLAdapter

        server.ssl_adapter = BuiltinSSLAdapter(str(CERTIFICATES / f"{tls}.pem"), str(CERTIFICATES / "key.pem"))
    server.shutdown_timeout = 0.2
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server.bind_addr[1]
    finally:
        server.stop()
        thread.join(5)


@contextmanager
def breaking_wire(port, *, up=None, down=None):
    """A proxy to `port` whose every connection breaks after so many bytes to the server or from it; yields its port and the counts."""
    listener = socket.create_server(("127.0.0.1", 0))
    counts = {"up": 0, "down": 0}

    def carry(source, sink, name, most):
        carried = 0
        with suppress(OSError):
            while piece := source.recv(4096):
                if most is not None and carried + len(piece) > most:
                    sink.sendall(piece[: most - carried])
                    break
                sink.sendall(piece)
                carried += len(piece)
                counts[name] += len(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve():
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", port))
                for ends in ((client, server, "up", up), (server, client, "down", down)):
                    threading.Thread(target=carry, args=ends, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], counts
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@contextmanager
def saying(first, *, drip=0.0):
    """A server that says `first` to whoever comes and then nothing more; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve():
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                with suppress(OSError):
                    client.sendall(first)
                    while drip and not over.wait(drip):
                        client.sendall(b"x")
                open_ones.append(client)

    open_ones = []
    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        for each in [listener, *open_ones]:
            each.close()

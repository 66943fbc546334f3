"""Submission to real servers of mail and WebDAV over a wire that breaks after any number of bytes, to them or from them (T16).

A try that failed is written down as failed and the package goes on waiting; one that was told as sent is there; under a file's final
name there is never a part of it; after the repeat the package is there once, or as copies of one message that bear one Message-ID.
"""

import email
import email.policy
import logging
import random
import warnings
from contextlib import closing, contextmanager
from urllib.parse import quote

from partyday_tui.errors import PartydayError
from partyday_tui.rules.delivery_place import Place
from partyday_tui.rules.outbox import State
from partyday_tui.services import deliver, outbox
from tests.delivery.servers import PASSWORD, USER, Mailbox, breaking_wire, mail_server, webdav_server
from tests.soak.beginnings import branch
from tests.soak.outcome import Outcome
from tests.soak.world import World

_SIZE = 60_000  # bytes of a package
_STEPS = 1_500  # bytes at either end of a connection in which the protocol is spoken


def run(count, seed, folder):
    """So many cuts, shared by the carriers."""
    warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
    logging.disable(logging.CRITICAL)  # what the servers say to themselves
    world, chance, outcome = World(folder / "world"), random.Random(seed), Outcome()
    world.folder.mkdir()
    branch(world)
    carriers = (_mail(), _webdav(folder / "basic", "basic"), _webdav(folder / "digest", "digest"))
    with closing(world.opened()) as book:
        for number, carrier in enumerate(carriers):
            with carrier as other:
                whole = _whole(book, other, world, chance)
                for cut in range(count // 3 + (number < count % 3)):
                    way = chance.choice(("up", "down"))
                    most = _place_to_cut(chance, whole[way])
                    outcome.tried += 1
                    for wrong in _cut(book, other, world, chance, way, most, outcome):
                        outcome.failures.append(
                            f"{other.name}, {way} after {most} bytes, cut {cut} of seed {seed}: {wrong}"
                        )
    return outcome


class _Post:
    """A mail server, and what arrived there."""

    name = "mail"

    def __init__(self, box, port):
        self._box, self.port = box, port

    def place(self, port):
        """Where the book sends to, by this port."""
        return Place("smtp", "localhost", port, "", USER, "", "dangwei@town.test")

    def arrived(self, item):
        """The bytes of each copy that is there, and how many different messages they are."""
        found = [email.message_from_bytes(it, policy=email.policy.default) for it in self._box.letters]
        own = [it for it in found if item.sha256[:40] in it["Message-ID"]]
        copies = [part.get_content() for it in own for part in it.iter_attachments()]
        return copies, len({it["Message-ID"] for it in own})


class _Disk:
    """A WebDAV server, and what lies there."""

    def __init__(self, folder, port, auth):
        self.name, self._folder, self.port = f"WebDAV {auth}", folder, port

    def place(self, port):
        """Where the book sends to, by this port."""
        return Place("webdav", f"http://localhost:{port}/{quote('报送')}", user_name=USER)

    def arrived(self, item):
        """The bytes under the final name, and how many files there are of it."""
        under = [it for it in self._folder.rglob("*") if it.is_file() and it.name == item.file_name]
        return [it.read_bytes() for it in under], len(under)


@contextmanager
def _mail():
    box = Mailbox()
    with mail_server(box) as port:
        yield _Post(box, port)


@contextmanager
def _webdav(folder, auth):
    folder.mkdir()
    with webdav_server(folder, auth=auth) as url:
        yield _Disk(folder, int(url.rpartition(":")[2]), auth)


def _laid(book, world, chance):
    """A new package in the outbox."""
    paper = world.folder / "paper.xlsx"
    paper.write_bytes(chance.randbytes(_SIZE))
    return outbox.put(book, paper, "other", "2026-10", f"材料{chance.getrandbits(60)}")


def _whole(book, other, world, chance):
    """The bytes that an undisturbed delivery sends and gets."""
    item = _laid(book, world, chance)
    with breaking_wire(other.port) as (wire, counts):
        outbox.choose_place(book, other.place(wire))
        done = deliver.deliver(book, item.id, PASSWORD, deliver.Try(20, 5))
        if not done.ok:
            raise RuntimeError(f"{other.name} does not work undisturbed: {done.words}")
        return dict(counts)


def _place_to_cut(chance, whole):
    """Half of the cuts while the protocol is spoken, half anywhere."""
    if chance.random() < 0.5:
        return chance.randint(0, whole)
    at = chance.randint(0, min(_STEPS, whole))
    return chance.choice((at, whole - at))


def _cut(book, other, world, chance, way, most, outcome):
    item = _laid(book, world, chance)
    data = outbox.bytes_of(book, item)
    with breaking_wire(other.port, **{way: most}) as (wire, _):
        outbox.choose_place(book, other.place(wire))
        yield from _tried(book, other, item, data, outcome)
    outbox.choose_place(book, other.place(other.port))
    done = deliver.deliver(book, item.id, PASSWORD, deliver.Try(20, 5))
    copies, kinds = other.arrived(item)
    if not done.ok:
        yield f"the repeat failed: {done.words}"
    elif kinds != 1 or set(copies) != {data}:
        yield f"after the repeat there are {len(copies)} copies in {kinds} messages or files"
    if len(copies) > 1:
        outcome.count("came twice under one id")


def _tried(book, other, item, data, outcome):
    try:
        done = deliver.deliver(book, item.id, PASSWORD, deliver.Try(20, 5))
    except PartydayError as error:
        yield f"it could not be begun: {error.sentence}"
        return
    except Exception as error:
        yield f"uncaught {error!r}"
        return
    outcome.count("sent" if done.ok else "failed")
    state, (copies, _) = outbox.item(book, item.id).state, other.arrived(item)
    if any(it != data for it in copies):
        yield "a part of it lies under its name"
    if done.ok != (state is State.SENT):
        yield f"it was told as {'sent' if done.ok else 'failed'}, and the book says {state}"
    if done.ok and not copies:
        yield "it was told as sent, and is not there"
    if not done.ok and (not done.words.endswith("。") or "请" not in done.words):
        yield f"no sentence with a next step: {done.words}"

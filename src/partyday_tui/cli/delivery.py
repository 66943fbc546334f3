"""``partyday deliver``: the outbox without a screen."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.cli.secret_file import lines_of
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.rules.literal import literal

if TYPE_CHECKING:
    from partyday_tui.rules.delivery_place import Place
    from partyday_tui.rules.outbox import Item
    from partyday_tui.store.book import Book


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    deliver = commands.add_parser("deliver", help="报送：把待报送的材料送到定好的文件夹、邮箱或网盘，每份只试一次")
    deliver.add_argument("--list", action="store_true", help="只列出材料和状态，什么也不送")
    deliver.add_argument("--item", type=int, metavar="编号", help="只送这一份，编号见 --list")
    deliver.add_argument("--password-file", type=Path, metavar="文件", help="密码所在的文件（第一行）；不写就当场问")
    place = deliver.add_argument_group("定报送到哪里（只记下，不报送；密码从不存盘）")
    kinds = place.add_mutually_exclusive_group()
    kinds.add_argument("--to-folder", type=Path, metavar="文件夹", help="U盘、共享或自动同步的文件夹")
    kinds.add_argument("--smtp", metavar="服务器[:端口]", help="发信服务器，如 smtp.qq.com，加上 --user 和 --mail-to")
    kinds.add_argument(
        "--webdav", metavar="网址", help="网盘的文件夹，如 https://dav.jianguoyun.com/dav/报送，加上 --user"
    )
    place.add_argument("--user", default="", metavar="用户名", help="邮箱或网盘的用户名")
    place.add_argument("--mail-to", default="", metavar="邮箱", help="收件邮箱")
    place.add_argument("--mail-from", default="", metavar="邮箱", help="发件邮箱，不写就是用户名")
    place.add_argument("--starttls", action="store_true", help="发信用 STARTTLS（587 端口），不写就用 SSL（465 端口）")
    add_json(deliver)
    deliver.set_defaults(run=_deliver)


def _deliver(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.services import outbox

    if options.list:
        with context.book() as book:
            _list(outbox.items(book), options.json)
        return 0
    with context.book(writing=True) as book:
        chosen = _place(options)
        if chosen is not None:
            print(f"已记下，报送到：{outbox.choose_place(book, chosen).label}")
            return 0
        return _send(options, book)


def _place(options: argparse.Namespace) -> Place | None:
    """The place that the options set; None where they set none."""
    from partyday_tui.rules.delivery_place import Place, is_loopback

    if options.to_folder is not None:
        return Place("folder", str(options.to_folder.absolute()))
    if options.webdav is not None:
        return Place("webdav", options.webdav, user_name=options.user)
    if options.smtp is None:
        return None
    host, _, port = options.smtp.rpartition(":") if ":" in options.smtp else (options.smtp, "", "0")
    if not port.isdecimal() or len(port) > 5:
        raise UserMistake("发信服务器没有看懂，请写成 smtp.qq.com 或 smtp.qq.com:465 这样。")
    plain = "" if is_loopback(host) and port not in ("0", "465") else "tls"
    security = "starttls" if options.starttls else plain
    return Place("smtp", host, int(port), security, options.user, options.mail_from, options.mail_to)


def _send(options: argparse.Namespace, book: Book) -> int:
    """Deliver one package, or all that wait, oldest first; 1 where one was not delivered."""
    from partyday_tui.rules.outbox import State
    from partyday_tui.services import deliver, outbox

    if options.item is not None:
        wanted = [outbox.item(book, options.item)]
    else:
        wanted = [it for it in reversed(outbox.items(book)) if it.state is State.WAITING]
    place = outbox.place(book)
    if place is None and wanted:
        raise UserMistake("还没有定报送到哪里，请用 --to-folder、--smtp 或 --webdav 定一个。")
    password = _password(options, place) if wanted and place is not None else ""
    told: list[dict[str, object]] = []
    for it in wanted:
        try:
            done = deliver.deliver(book, it.id, password, deliver.Try())
        except PartydayError as error:  # its file is gone or was changed: the others are delivered all the same
            done = deliver.Done(False, error.sentence)
        told.append({"id": it.id, "title": it.named, "delivered": done.ok, "words": done.words})
        if done.wrong_password:  # tried again and again, it would lock the account
            break
    if options.json:
        answer(told)
    elif not told:
        print("没有待报送的材料。")
    else:
        for each in told:
            print(f"{each['id']}\t{each['title']}\t{'已报送' if each['delivered'] else '没有送出'}\t{each['words']}")
    return 0 if all(each["delivered"] for each in told) else 1


def _password(options: argparse.Namespace, place: Place) -> str:
    """The password from the file or the prompt; never from the command line, where other users would see it."""
    if not place.needs_password:
        return ""
    if options.password_file is not None:
        typed = lines_of(options.password_file, "密码", "--password-file")[0]
    elif sys.stdin.isatty():
        from getpass import getpass

        typed = getpass(literal(f"{place.user_name} 的密码（看不见）："))  # it writes past our streams
    else:
        raise UserMistake("这里不能当场问密码，请把密码写在文件的第一行，用 --password-file 指明。")
    if not typed:
        raise UserMistake("密码是空的，什么也没有报送；请写上密码再来。")
    return typed


def _list(items: list[Item], as_json: bool) -> None:
    from partyday_tui.rules.outbox import CARRIER_WORDS, STATE_WORDS

    if as_json:
        answer([_plain(it) for it in items])
        return
    for it in items:
        last = it.last
        how = f"{CARRIER_WORDS.get(last.carrier, '')}\t{last.by_whom}\t{last.words}" if last else "\t\t"
        print(f"{it.id}\t{it.period}\t{it.named}\t{STATE_WORDS[it.state]}\t{last.on if last else ''}\t{how}")
    if not items:
        print("没有报送材料。")


def _plain(it: Item) -> dict[str, object]:
    from partyday_tui.rules.outbox import STATE_WORDS

    last = asdict(it.last) | {"on": str(it.last.on)} if it.last else None
    return asdict(it) | {
        "made_on": str(it.made_on),
        "state": it.state.value,
        "word": STATE_WORDS[it.state],
        "last": last,
    }

"""``partyday backup``, ``verify`` and ``restore``: safekeeping without a screen."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.parser import plain_file
from partyday_tui.cli.run import Context, add_json, answer
from partyday_tui.cli.secret_file import lines_of
from partyday_tui.errors import UserMistake
from partyday_tui.paths import short
from partyday_tui.rules.literal import on_one_line

if TYPE_CHECKING:
    from partyday_tui.services.restore import Differences, Opened

_MOST_NAMES = 20


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    backup = commands.add_parser("backup", help="把账本备份到U盘或文件夹，写完读回核对")
    backup.add_argument("folder", type=Path, metavar="文件夹", help="U盘上或别处的文件夹")
    _add_passphrase(backup, "口令所在的文件（第一行）；不写就不加密")
    add_json(backup)
    backup.set_defaults(run=_backup)
    verify = commands.add_parser("verify", help="核对一个备份文件：从头到尾读一遍，看能不能用")
    verify.add_argument("file", type=plain_file, metavar="文件", help="BK- 开头的 zip 文件")
    _add_passphrase(verify, "口令所在的文件（第一行）")
    add_json(verify)
    verify.set_defaults(run=_verify)
    restore = commands.add_parser("restore", help="用一个备份文件恢复账本；不写 --yes 只看差别")
    restore.add_argument("file", type=plain_file, metavar="文件", help="BK- 开头的 zip 文件")
    restore.add_argument("--yes", action="store_true", help="看过差别了，现在恢复")
    _add_passphrase(restore, "口令所在的文件（第一行）")
    add_json(restore)
    restore.set_defaults(run=_restore)


def _add_passphrase(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--passphrase-file", type=Path, metavar="文件", help=words)


def _passphrase(options: argparse.Namespace) -> str:
    if options.passphrase_file is None:
        return ""
    typed = lines_of(options.passphrase_file, "口令", "--passphrase-file")[0]
    if not typed:
        raise UserMistake("口令文件的第一行是空的，请把口令写在第一行；不加密就不要写 --passphrase-file。")
    return typed


def _backup(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.safekeeping.passphrase import mistake_in
    from partyday_tui.services.backup import back_up

    passphrase = _passphrase(options)
    mistake = mistake_in(passphrase) if passphrase else None
    if mistake:
        raise UserMistake(f"{mistake}。")
    if not options.folder.is_dir():
        raise UserMistake(f"没有找到文件夹 {short(options.folder)}，请检查U盘有没有插好。")
    with context.book(writing=True) as book:
        made = back_up(book, options.folder, passphrase)
    if options.json:
        answer(asdict(made) | {"path": str(made.path), "encrypted": bool(passphrase)})
        return 0
    print(
        f"已备份：第{made.generation}代，{short(made.path)}，{'已加密' if passphrase else '没有加密'}，读回核对无误。"
    )
    if not made.past_cache:
        print("这个系统不能绕过缓存读回；拔下U盘再插上后，请用 partyday verify 再核对一次。")
    if made.local_failure:
        print(f"本机的那一份没有存下：{made.local_failure}")
    print("拔U盘之前，请先在系统里「安全弹出」。")
    return 0


def _verify(options: argparse.Namespace, context: Context) -> int:
    from partyday_tui.safekeeping.place import read_file
    from partyday_tui.services.restore import open_backup

    passphrase = _passphrase(options)
    found = read_file(options.file)
    opened_too = bool(passphrase) or not found.header.encrypted
    if opened_too:
        open_backup(options.file, context.clock, passphrase).copy.close()
    header = found.header
    if options.json:
        answer(asdict(header) | {"whole": True, "opened": opened_too, "sha256": found.sha256})
        return 0
    print(
        on_one_line(
            f"文件完好：{header.branch} 第{header.generation}代，{header.made_at[:16].replace('T', ' ')} 备份。"
        )
    )
    print(_held(header.counts, header.last_entry, header.ledger_fen))
    if opened_too:
        print("里面的账本也逐项核对过，可以用来恢复。")
    else:
        print("这个备份加了密，没有打开里面的账本；要一起核对，请加 --passphrase-file。")
    return 0


def _restore(options: argparse.Namespace, context: Context) -> int:
    from contextlib import closing

    from partyday_tui.services.restore import open_backup, restore

    opened = open_backup(options.file, context.clock, _passphrase(options))
    with closing(opened.copy):
        found = _differences(opened, context)
        if not options.json:
            _print_backup(opened, found, context)
        kept = ""
        if options.yes:
            done = restore(context.book_path, context.clock, opened)
            done.book.close()
            kept = done.kept
    if options.json:
        names = (
            {"only_in_backup": list(found.only_in_backup), "only_in_book": list(found.only_in_book)} if found else {}
        )
        answer(
            asdict(opened.header)
            | {"same_book": found and found.same_book, **names, "restored": options.yes, "kept": kept}
        )
    elif options.yes:
        print(f"已恢复：{short(context.book_path)}。{kept}")
    else:
        print("还没有恢复，账本没有改动；确定要恢复，请在命令后面加 --yes。")
    return 0


def _differences(opened: Opened, context: Context) -> Differences | None:
    """The present book against the backup; None where there is none that can be opened."""
    from partyday_tui.services.restore import differences
    from partyday_tui.store.lock import InUse
    from partyday_tui.store.schema import NewerBook

    if not context.has_book():
        return None
    try:
        with context.book() as book:
            return differences(book, opened)
    except (InUse, NewerBook):
        raise
    except UserMistake:
        return None


def _print_backup(opened: Opened, found: Differences | None, context: Context) -> None:
    """What the backup holds, and the present book beside it."""
    header = opened.header
    print(on_one_line(f"备份：{header.branch} 第{header.generation}代，{header.made_at[:16].replace('T', ' ')}"))
    print(f"  {_held(header.counts, header.last_entry, header.ledger_fen)}")
    if found is None:
        is_there = context.has_book()
        print(
            "现在的账本打不开；恢复时它会原样留在旁边。" if is_there else "这台电脑上现在没有账本，恢复就是新放一本。"
        )
        return
    print(f"现在的账本：{found.book.branch}")
    held = found.book
    last = held.last_entry.isoformat() if held.last_entry else ""
    print(f"  {_held(dict(held.counts), last, held.ledger_fen)}")
    for sentence in told(found):
        print(on_one_line(sentence))


def told(found: Differences) -> list[str]:
    """What would come and go, in sentences."""
    sentences = [] if found.same_book else ["注意：这是另一本账的备份，不是现在这本的。"]
    for word, names in (("恢复后会多出", found.only_in_backup), ("恢复后会没有", found.only_in_book)):
        if names:
            more = f"等{len(names)}人" if len(names) > _MOST_NAMES else ""
            sentences.append(f"{word}：{'、'.join(names[:_MOST_NAMES])}{more}")
    if not found.only_in_backup and not found.only_in_book:
        sentences.append("名册上的姓名相同。")
    return sentences


def _held(counts: dict[str, int], last_entry: str, ledger_fen: int) -> str:
    from partyday_tui.rules.dues.money import yuan

    return (
        f"名册{counts.get('member', 0)}人，活动{counts.get('event', 0)}次，台账{counts.get('dues_entry', 0)}笔，"
        f"在手{yuan(ledger_fen)}元，最后登记{last_entry or '无'}。"
    )

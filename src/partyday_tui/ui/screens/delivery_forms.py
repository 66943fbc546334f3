"""What the outbox asks: where to deliver to, the password, who handed a package over, why one came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.delivery_place import SECURITY_WORDS, USUAL_PORTS, Place, checked
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.rules.outbox import Item
    from partyday_tui.ui.book_screen import BookScreen

_CARRIERS = [
    ("folder", "文件夹", "U盘、共享文件夹、自动同步的网盘文件夹"),
    ("smtp", "电子邮件", "用自己的邮箱发给上级"),
    ("webdav", "网盘", "坚果云等能用网址存文件的网盘"),
]


async def ask_for_place(screen: BookScreen, now: Place | None) -> Place | None:
    """Where to deliver to, as typed; None when the user went back."""
    carrier = await screen.ask(Choose("报送到哪里", _CARRIERS, current=now.carrier if now else None))
    if carrier is None:
        return None
    was = now if now is not None and now.carrier == carrier else Place(carrier, "")
    if carrier == "folder":
        from partyday_tui.ui.dialogs.pick_folder import PickFolder

        folder: Path | None = await screen.ask(PickFolder("报送到哪个文件夹"))
        return None if folder is None else Place("folder", str(folder))
    values = await screen.ask(_mail_form(was) if carrier == "smtp" else _webdav_form(was))
    return _typed(values) if values is not None else None


async def ask_for_password(screen: BookScreen, place: Place) -> str | None:
    """The password of the account, typed without being seen; None when the user went back."""
    from partyday_tui.ui.dialogs.ask_secret import AskSecret

    hint = "邮箱的授权码，不是登录密码；只记到程序关闭" if place.carrier == "smtp" else "网盘的应用密码；只记到程序关闭"
    values = await screen.ask(AskSecret(f"{place.user_name} 的密码", "密码", hint))
    return values["password"] if values else None


async def ask_how_handed_over(screen: BookScreen, it: Item) -> Values | None:
    """{how, by, on} of a package that was carried or sent by hand."""
    branch = screen.partyday.branch
    return await screen.ask(
        FormDialog(
            it.named,
            [
                Field("how", "怎么交的", "stick", "choice", (("stick", "U盘"), ("wechat", "微信"))),
                Field("on", "哪天交的", screen.partyday.clock.today.isoformat(), "date", required=True),
                Field("by", "谁交的", branch.secretary if branch else "", hint="经手人的姓名"),
            ],
        )
    )


async def ask_why_returned(screen: BookScreen, it: Item) -> Values | None:
    """{reason, on} of a package that came back."""
    return await screen.ask(
        FormDialog(
            it.named,
            [
                Field("reason", "退回原因", required=True, hint="上级怎么说的，改好重新生成就是新的一版"),
                Field("on", "哪天退的", screen.partyday.clock.today.isoformat(), "date", required=True),
            ],
        )
    )


def _typed(values: Values) -> Place:
    """The place of a filled form."""
    if "recipient" not in values:
        return Place("webdav", values["target"], user_name=values["user_name"])
    port = int(values["port"] or 0)
    if port in (0, *USUAL_PORTS.values()):  # the usual one goes with the encryption, also when that is changed
        port = USUAL_PORTS[values["security"]]
    return Place("smtp", values["target"], port, values["security"], values["user_name"], "", values["recipient"])


def _mistake(values: Values) -> tuple[str, str] | None:
    """The field that is wrong, and why, while the form is still open."""
    try:
        checked(_typed(values))
    except UserMistake as mistake:
        words = {"收件邮箱": "recipient", "发件邮箱": "user_name", "用户名": "user_name", "端口": "port"}
        wrong = next((field for word, field in words.items() if mistake.sentence.startswith(word)), "target")
        return wrong, mistake.sentence
    return None


def _mail_form(was: Place) -> FormDialog:
    security = was.security or "tls"
    return FormDialog(
        "报送到邮箱",
        [
            Field("recipient", "收件邮箱", was.recipient, required=True, hint="上级收材料的邮箱，如 dangwei@qq.com"),
            Field("user_name", "自己的邮箱", was.user_name, required=True, hint="用来发信的邮箱，如 liuwan@qq.com"),
            Field("target", "发信服务器", was.target, required=True, hint="如 smtp.qq.com、smtp.163.com"),
            Field("security", "加密方式", security, "choice", tuple(SECURITY_WORDS.items())),
            Field("port", "端口", str(was.port) if was.port else "", "number", hint="不填就用常用的 465 或 587"),
        ],
        check=_mistake,
    )


def _webdav_form(was: Place) -> FormDialog:
    return FormDialog(
        "报送到网盘",
        [
            Field("target", "网盘地址", was.target, required=True, hint="如 https://dav.jianguoyun.com/dav/报送"),
            Field("user_name", "用户名", was.user_name, required=True, hint="网盘的账号；密码到报送时再问，不存盘"),
        ],
        check=_mistake,
    )

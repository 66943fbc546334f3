"""The outbox (报送): its packages, what can become of one, and the state that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How a package stands; always derived from what became of it."""

    WAITING = "waiting"
    SENT = "sent"
    RETURNED = "returned"
    BY_HAND = "by_hand"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


STATE_WORDS = {
    State.WAITING: "待报送",
    State.SENT: "已报送",
    State.RETURNED: "被退回",
    State.BY_HAND: "已用U盘或微信交",
    State.WITHDRAWN: "不用报送",
    State.REPLACED: "已有新版",
}
RESULT_WORDS = {
    "sent": "已报送",
    "failed": "没有送出",
    "by_hand": "已用U盘或微信交",
    "returned": "被退回",
    "withdrawn": "不用报送",
    "waiting": "改回待报送",
}
"""What can become of a package (`Attempt.result`)."""

CARRIER_WORDS = {"folder": "文件夹", "smtp": "邮件", "webdav": "网盘", "stick": "U盘", "wechat": "微信"}
KIND_WORDS = {"month": "月报", "year": "年报", "inspection": "迎检材料", "other": "其他"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that became of a package: a try to deliver, or what was noted by hand.

    `carrier`: a key of CARRIER_WORDS or ''. `on`: the day it happened. `words`: what was said of it, cleaned.
    """

    result: str
    on: date
    carrier: str = ""
    to_where: str = ""
    by_whom: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A package in the outbox. `size` in bytes; `made_on` the working day; `last`: what decided the state, None before anything did."""

    id: int
    kind: str
    period: str
    title: str
    revision: int
    file_name: str
    sha256: str
    size: int
    made_on: date
    state: State
    last: Attempt | None = None

    @property
    def named(self) -> str:
        """The title, with the revision from the second on."""
        return self.title if self.revision == 1 else f"{self.title}（第{self.revision}版）"


def state_after(results: Iterable[str], *, replaced: bool) -> State:
    """The state after these results, oldest first: the last that was not a failure decides.

    A package that a newer revision has overtaken waits no more, and its return is settled by the newer one.
    """
    decisive = [it for it in results if it != "failed"]
    state = State(decisive[-1]) if decisive else State.WAITING
    return State.REPLACED if replaced and state in (State.WAITING, State.RETURNED) else state

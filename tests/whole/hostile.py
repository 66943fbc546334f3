"""Texts that have broken other programs (reliability.md §7, T10), and a book that is full of them."""

import re
import sqlite3
import unicodedata
from contextlib import closing
from datetime import date, timedelta

from partyday_tui.ui.console import question

TEXTS = (
    "张[/foo]三",
    "[@click=app.quit]x[/]",
    "[red]红[/red]",
    "[bold",
    "]][[/]",
    "[link=file:///etc]链[/link]",
    "$name {x} %s %(a)s \\n",
    "\\[red]反[/]",
    "=1+1",
    "+1-1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "#N/A",
    "_x0041_",
    "'=1",
    "\t=1+1",
    "甲\t乙",
    "甲\x1b]52;c;5L2g\x07乙",
    "甲\x1b]0;标题\x07乙",
    "甲\x1b[2J\x1b[H乙",
    "\x1b[31m红\x1b[0m",
    "甲\x1bP1;1|乙\x1b\\",
    "甲\x9b2J乙\x9d0;x\x9c",
    "甲\x00乙",
    "甲\x7f\x08\x08乙",
    "甲\r乙",
    "甲\n乙\r\n丙",
    "\u202e三张\u202c",
    "\u200f张三\u200e",
    "\u2066张\u2067三\u2069",
    "甲\u2028乙\u2029丙\x85丁",
    "张\u200b三\u200d四\ufeff",
    "\u2068WeChat\u2069",
    "e" + "\u0301" * 30,
    "张" + "\u0336\u0489" * 20,
    "\u0301",
    "\ud800张\udfff",
    "长" * 200,
    "x" * 200,
    "。，；：" * 20,
    "𠮷野家𡈽",
    "𪚥𰻝𱁬",
    "\ue000\uf8ff\U000f0000",
    "👨\u200d👩\u200d👧👍🏽🇨🇳",
    "ＡＢＣ１２３　［／ｆｏｏ］",
    "﷽ ﷺ",
    "阿依古丽·买买提",
    "\u3164\u2800\u115f",
    "‘’“”—…①√●■×→℃",
    "Å\u030aẛ\u0323",
    "\ufffd\ufffe\U0001ffff",
    "<script>&lt;!--]]>",
    "'; DROP TABLE member; --",
    "../../etc/passwd",
    "CON",
    "\U000e0041\U000e007f旗",
    "葛\U000e0100城\ufe00",
)

# Nothing in these would hurt a terminal, so the screen must show them letter for letter.
LITERAL = ("张[/foo]三", "[@click=app.quit]x[/]", "[red]红[/red]", "]][[/]", "=1+1", "\\[red]反[/]", "#N/A", "_x0041_")

BAD_BYTES = "坏".encode()[:2] + b"\xff\xfe\xc0\x80ok"
"""What a program with another encoding leaves in a text column; no UTF-8."""

_LIMITS = {
    "party_group": {"name": 40},
    "member": {
        "name": 40, "reading": 200, "ethnicity": 40, "education": 40, "post": 40, "job": 80, "dues_category": 40, "phone": 40,
        "landline": 40, "address": 200, "destination": 200, "note": 2000,
    },
    "guest": {"name": 40, "reading": 200, "class": 40, "unit": 80, "phone": 40, "note": 200},
    "event": {
        "rule": 200, "moved_reason": 200, "theme": 200, "form": 200, "content": 2000, "place": 200, "in_charge": 40, "note": 2000,
    },
    "change_request": {"reason": 200, "document_no": 80, "approver": 80},
    "roll_entry": {"name": 40, "group_name": 40, "post": 40, "reason": 200},
    "event_guest": {"name": 40, "class": 40, "unit": 80},
    "movement": {"place": 200, "note": 200},
    "leave": {"reason_class": 40, "reason": 200, "granted_by": 40, "paper": 80},
    "case_step": {"word": 40, "by_whom": 40, "note": 200},
    "make_up": {"form": 40, "place": 200, "content": 2000, "led_by": 40, "archive_no": 80},
    "review": {"remarks": 200, "group_note": 200},
    "review_count": {"dimension": 80},
    "appraisal_member": {"name": 40, "group_name": 40, "post": 40, "reason": 200, "absence": 200, "note": 2000},
}  # fmt: skip


def is_unsafe(char):
    """Whether a character may do something to a terminal or to the order of what is read."""
    category = unicodedata.category(char)
    return category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or "\ufe00" <= char <= "\ufe0f"


def is_rare(char):
    """Whether the gate keeps a character although not every machine can show it: private use, variation selectors."""
    return unicodedata.category(char) in ("Co", "Mn")


def pour(path, today):
    """Write every text straight into a book that has a branch, past the cleaning gate, as a foreign program might.

    Each row holds many texts, each text stands in each field of some row. Members and events take the numbers of `TEXTS`.
    """
    with closing(sqlite3.connect(path)) as connection:
        run = connection.execute
        run("UPDATE branch SET name = ?, superior = ?, secretary = ?", tuple(TEXTS[n] for n in (0, 18, 28)))
        run(
            "INSERT INTO act (at, day, actor, what, source) VALUES (?, ?, ?, ?, ?)",
            (f"{today}T08:00:00+08:00", str(today), TEXTS[19], TEXTS[0], TEXTS[18]),
        )
        event = _row(run, "event", 0, month=f"{today:%Y-%m}", on_date=str(today))
        run("INSERT INTO roll_close VALUES (?, ?)", (event, f"{today}T20:30:00+08:00"))
        for n in range(len(TEXTS)):
            group = _row(run, "party_group", n, name=_bytes(f"{n}", 9) + _bytes(TEXTS[n], 36))
            member = _row(run, "member", n, kind="full", group_id=group, floating=n % 2)
            _row(run, "movement", n, member_id=member, kind="transfer_in", on_date="2020-01-01")
            status = (None, "present", "leave", "absent")[n % 4]
            _row(
                run, "roll_entry", n, event_id=event, member_id=member, kind="full", floating=0, infirm=0, status=status
            )
            _absence(run, n, event, member, str(today))
            guest = _row(run, "guest", n)
            _row(run, "event_guest", n, event_id=event, guest_id=guest)
            when = date(today.year, n % 12 + 1, n % 28 + 1).isoformat()
            other = _row(run, "event", n, month=when[:7], on_date=when, moved_from=when)
            for one in {event, other}:
                run("INSERT OR IGNORE INTO event_kind VALUES (?, 'party_day')", (one,))
            for mine in (event, other):
                _row(run, "change_request", n, event_id=mine, to_date=when, duty="consent")
            day = (date(today.year, 1, 1) + timedelta(days=n)).isoformat()
            run(
                "INSERT INTO holiday (day, is_off, name, source) VALUES (?, 1, CAST(? AS TEXT), 'manual')",
                (day, _bytes(TEXTS[n], 40)),
            )
        _evaluate(run, event, today)
        run("UPDATE member SET note = 'x' || note, post = note WHERE length(note) < 39")
        _bad_bytes(run)
        reason = "CAST(? AS TEXT)"
        run(
            f"INSERT INTO rule_override (key, value, reason, valid_from) VALUES ('party_day.founding_day_counts_as_july', 'true', {reason}, '2026-01-01')",
            (_bytes("".join(TEXTS[:25]), 200),),
        )
        connection.commit()


def _absence(run, n, event, member, day):
    """A slip, a step and a lesson about this member's absence."""
    fixed = {"first_day": day, "last_day": day, "applied_on": day}
    _row(run, "leave", n, member_id=member, form=("written", "oral")[n % 2], **fixed)
    step = ("contact", "reason", "brief")[n % 3]
    _row(run, "case_step", n, event_id=event, member_id=member, step=step, on_date=day)
    if n % 3:
        lesson = _row(run, "make_up", n, on_date=day)
        run("INSERT INTO make_up_case VALUES (?, ?, ?, 0)", (lesson, event, member))


def _evaluate(run, event, today):
    """A review of the event and an appraisal of the year, both full of it."""
    _row(run, "review", 0, event_id=event, on_date=str(today))
    run("INSERT INTO review_ballots VALUES (?, 'party', 40, 40, 0)", (event,))
    run("INSERT INTO appraisal VALUES (?, ?)", (today.year, event))
    counts = {"satisfied": 40, "fairly": 0, "dissatisfied": 0, "abstained": 0}
    for n in range(len(TEXTS)):
        _row(run, "review_count", n, event_id=event, voter="party", number=n + 1, **counts)
        _row(run, "appraisal_member", n, year=today.year, member_id=n + 1, kind="full")


def _bad_bytes(run):
    """One row of each kind that is not even UTF-8."""
    for table, field in (("member", "post"), ("guest", "unit"), ("event", "place"), ("roll_entry", "reason")):
        run(f"UPDATE {table} SET {field} = CAST(? AS TEXT) WHERE id = 2", (BAD_BYTES,))


def _row(run, table, n, **fixed):
    fields = {
        name: _bytes(TEXTS[(n + 7 * place) % len(TEXTS)], limit)
        for place, (name, limit) in enumerate(_LIMITS[table].items())
        if name not in fixed
    } | fixed
    marks = ", ".join("CAST(? AS TEXT)" if isinstance(value, bytes) else "?" for value in fields.values())
    return run(f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({marks})", tuple(fields.values())).lastrowid


def _bytes(text, limit):
    return text[:limit].encode("utf-8", "surrogatepass")


SAFE_STREAM = re.compile(
    rb"\x1b\[\?[0-9;]+[hl]"  # modes
    rb"|\x1b\[\?[0-9;]+\$p"  # what modes are there?
    rb"|\x1b\[[0-9;]*[mHJKABCDGt]"  # colours, moves, wiping, window
    rb"|\x1b\[[<>=]?[0-9;]*u"  # kitty keys
    rb"|\x1b\[[0-9]* q"  # the shape of the cursor
    rb"|\x1b\]22;[a-z-]+\x07"  # the shape of the pointer
    rb"|\x1b\[c|\x1b\[>[0-9]*[cq]"
    rb"|\x1b[=>78]|\x1b\(B"
    rb"|[\r\n]"
)
"""The control sequences that Textual itself writes; whatever else begins with a control byte came from data."""


def leftovers(stream):
    """Where a terminal's stream holds control characters that are not Textual's own, or characters that no screen may hold."""
    asked = question().encode()  # how wide the console draws, asked once at the start
    text = SAFE_STREAM.sub(b"", stream.replace(asked, b"")).decode("utf-8")
    return {text[max(n - 20, 0) : n + 20] for n, char in enumerate(text) if is_unsafe(char)}

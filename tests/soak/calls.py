"""The service calls that write, each with the book it begins with; every fault is tried on every one of them."""

from contextlib import closing

from partyday_tui import config, pin
from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder
from partyday_tui.rules.ballots import Ballots
from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import State
from partyday_tui.rules.packages import month_package
from partyday_tui.safekeeping import place, remembered
from partyday_tui.services import (
    appraisal,
    backup,
    books,
    deliver,
    outbox,
    package,
    plan,
    registers,
    restore,
    review,
    roll,
    roster_import,
)
from partyday_tui.services.copy_in import copy_in
from partyday_tui.services.dues_collect import record_from_many, record_payment
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_import import import_base_figures, preview_base_figures
from partyday_tui.services.dues_months import close_month
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.leave import enter_slip
from partyday_tui.services.roll_close import close_roll
from tests.dues_branch import APPROVED
from tests.soak import beginnings, checks
from tests.soak.acts import ACTS
from tests.soak.beginnings import BASES, ROSTER
from tests.soak.call import Call, with_book
from tests.soak.world import CLOCK, DAY

PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"
SLIP = {"reason_class": "外出务工", "first_day": "2026-11-01", "last_day": "2026-11-30", "applied_on": "2026-11-01"}
OCTOBER = Month(2026, 10)
OCTOBER_PACKAGE = month_package(OCTOBER)


def _preview(world):
    with closing(world.opened()) as book:
        return roster_import.preview(book, ROSTER)


def _new(world, _):
    books.make_book(world.path, CLOCK, name="新村党支部", preset="rural_community", secretary="甲").close()


def _restore(world, _, book=None):
    opened = restore.open_backup(place.listed(world.stick)[-1].path, CLOCK)
    try:
        restore.restore(world.path, CLOCK, opened, book).book.close()
    finally:
        opened.copy.close()


def _restore_open(world, ready):
    book = world.opened()
    try:
        _restore(world, ready, book)
    finally:
        book.close()


def _back_up(passphrase):
    return lambda world, _: with_book(lambda book, _: backup.back_up(book, world.stick, passphrase))(world, None)


def _preview_bases(world):
    with closing(world.opened()) as book:
        return preview_base_figures(book, BASES, 2026)


def _import_bases(book, preview):
    import_base_figures(book, preview, **APPROVED)


def _review(book, _):
    event = roll.event_to_call(book)
    rows = dict.fromkeys(review.lines_of(None, review.terms_on(book, DAY)), "3 1")
    review.write_class(book, event.id, "party", Ballots(5, 4, 0), rows)


def _appraise(book, _):
    appraisal.write_class(book, 2026, "party", Ballots(5, 5, 1), {1: "3 1", 2: "4", 3: "2 2"})


def _register(book, _):
    texts = {"on_date": str(DAY), "topic": "思想"}
    registers.add(book, registers.register_named("talk"), texts, [1, 2])


def _package(world):
    with closing(world.opened()) as book:
        return package.write_package(book, OCTOBER_PACKAGE, world.folder / "made")


def _lay(book, made):
    package.lay_ready(book, OCTOBER_PACKAGE, made)


def _deliver(book, _):
    it = outbox.items(book)[0]
    if it.state is not State.SENT:
        done = deliver.deliver(book, it.id, "", deliver.Try())
        if not done.ok:
            raise PartydayError(done.words)


def _daily(book, _):
    taken = backup.begin_daily(book)
    try:
        made = backup.make_local(taken)
    finally:
        taken.copy.close()
    backup.record(book, made)


def _set(world, _):
    config.choose_look("partyday-plain")
    config.choose_book(world.folder / "other.db")
    remembered.remember_folder(data_folder(), world.folder)


CALLS = (
    Call("new book", lambda world: None, _new),
    Call("roll call", beginnings.branch, with_book(lambda book, _: beginnings.mark(book))),
    Call("end of the roll", beginnings.marked, with_book(lambda book, _: close_roll(book, roll.event_to_call(book)))),
    Call("payment", beginnings.branch, with_book(lambda book, _: record_payment(book, 4, request_key="one"))),
    Call(
        "payments together",
        beginnings.branch,
        with_book(lambda book, _: record_from_many(book, [2, 3, 5], request_key="two")),
    ),
    Call("reversal", beginnings.branch, with_book(lambda book, _: reverse(book, [1], "记错了", request_key="three"))),
    Call("hand-over", beginnings.branch, with_book(lambda book, _: remit(book, 10, request_key="four"))),
    Call("month close", beginnings.branch, with_book(lambda book, _: close_month(book, OCTOBER, {}, rest_unpaid=True))),
    Call("roster import", beginnings.branch, with_book(roster_import.commit), ready=_preview),
    Call("year plan", beginnings.branch, with_book(lambda book, _: plan.make_plan(book, 2027))),
    Call(
        "leave slip",
        beginnings.branch,
        with_book(lambda book, _: enter_slip(book, 2, None, SLIP)),
        is_new_each_time=True,
    ),
    Call("backup", beginnings.stick, _back_up(""), check=checks.sticks, parts=True),
    Call("encrypted backup", beginnings.stick, _back_up(PASSPHRASE), check=checks.sticks, parts=True),
    Call("restore", beginnings.stick, _restore_open, check=checks.sticks_at_restore, parts=True),
    Call("restore over damage", beginnings.damaged, _restore, check=checks.kept_aside, is_broken=True),
    Call("restore without a book", beginnings.gone, _restore, check=lambda world, _: checks.sticks(world, False)),
    Call("migration", beginnings.old, with_book(lambda book, _: None)),
    Call("copying a book in", beginnings.away, lambda world, _: copy_in(world.path), check=checks.copied_in),
    Call("import of dues bases", beginnings.rostered, with_book(_import_bases), ready=_preview_bases),
    Call("ballots of a review", beginnings.branch, with_book(_review)),
    Call("ballots of the appraisal", beginnings.branch, with_book(_appraise)),
    Call("entry of a register", beginnings.branch, with_book(_register), is_new_each_time=True),
    Call("package into the outbox", beginnings.branch, with_book(_lay), ready=_package, check=checks.in_outbox),
    Call("delivery to a folder", beginnings.packaged, with_book(_deliver), check=checks.delivered, parts=True),
    Call("generation of the day", beginnings.stick, with_book(_daily), check=checks.local_generation, parts=True),
    Call(
        "PIN of the screen lock", beginnings.locked, lambda *_: pin.choose_pin(checks.NEW_PIN), check=checks.has_a_pin
    ),
    Call("settings of this computer", beginnings.settled, _set, check=checks.has_settings),
    *ACTS,
)

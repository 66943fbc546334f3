"""Wrong clocks (T14): days from 1970 to 2099 in three zones; nothing crashes, and a clock that is not believed is told."""

import os
import random
import shutil
import time
from contextlib import closing
from datetime import date

from partyday_tui.errors import PartydayError
from partyday_tui.rules.form_kinds import FORMS
from partyday_tui.safekeeping import place
from partyday_tui.services import backup, books, desk, duties, plan, restore, roll
from partyday_tui.services.forms import asked_for, export_form
from tests.soak.beginnings import branch
from tests.soak.outcome import Outcome
from tests.soak.world import DAY, Still, World

DAYS = (
    date(1970, 1, 1), date(1980, 1, 1), date(2000, 1, 1), date(2000, 2, 29), date(2020, 1, 1), date(2026, 1, 1), date(2026, 11, 5),
    date(2026, 11, 6), date(2027, 1, 31), date(2036, 2, 7), date(2038, 1, 20), date(2099, 12, 31),
)  # fmt: skip
ZONES = ("Asia/Shanghai", "UTC", "America/Los_Angeles")


def _marked(book, _):
    with book.act("安排") as act:
        run = act.connection.execute
        day = book.clock.today.isoformat()
        key = run("INSERT INTO event (month, on_date, theme) VALUES (?, ?, '学习')", (day[:7], day)).lastrowid
        run("INSERT INTO event_kind VALUES (?, 'party_day')", (key,))
    event = roll.event_with_key(book, key)
    roll.write_marks(book, event, [[roll.Mark(1, roll.Status.PRESENT)]])
    roll.read_roll(book, event)


def _backed_up(book, folder):
    made = backup.back_up(book, folder / "stick")
    restore.open_backup(made.path, book.clock).copy.close()
    if place.listed(folder / "stick")[0].generation != made.generation:
        raise AssertionError("the newest generation is not the newest by number")


def _exported(book, folder):
    for kind in FORMS[:2]:
        export_form(book, asked_for(book, kind.title), folder / "out")


PLACES = (
    ("desk", lambda book, _: desk.read_desk(book)),
    ("roll", _marked),
    ("year", lambda book, _: plan.year_plan(book, book.clock.today.year)),
    ("duties", lambda book, _: duties.duties_of_year(book, book.clock.today.year)),
    ("backup", _backed_up),
    ("forms", _exported),
)


def run(count, seed, folder):
    """So many of the 216 (day, zone, place)."""
    world, outcome = World(folder / "clocks"), Outcome()
    world.folder.mkdir()
    branch(world)
    shutil.copy(world.path, folder / "clocks.db")
    trials = [(day, zone, spot) for day in DAYS for zone in ZONES for spot in PLACES]
    for day, zone, (name, look) in random.Random(seed).sample(trials, min(count, len(trials))):
        shutil.rmtree(world.folder)
        world.folder.mkdir()
        shutil.copy(folder / "clocks.db", world.path)
        outcome.tried += 1
        os.environ["TZ"] = zone
        time.tzset()
        try:
            with closing(books.open_existing(world.path, Still(day))) as book:
                doubt = books.clock_doubt(book)
                if (doubt is None) != (day >= DAY and (day - DAY).days <= 62):
                    outcome.failures.append(f"{day} {zone}: of the clock it is said {doubt}")
                look(book, world.folder)
        except PartydayError as error:
            outcome.count("refused")
            if not error.sentence.endswith("。"):
                outcome.failures.append(f"{day} {zone} {name}: no sentence: {error.sentence}")
        except Exception as error:
            outcome.failures.append(f"{day} {zone} {name}: uncaught {error!r}")
        finally:
            os.environ.pop("TZ")
            time.tzset()
    return outcome

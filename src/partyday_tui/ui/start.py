"""From the door to the running app and back to an exit code."""

import sys
from pathlib import Path

from partyday_tui import crash
from partyday_tui.clock import Clock


def run_app(book: Path, clock: Clock, *, throw_away: bool = False) -> int:
    """Open the app on a book, which need not exist yet; returns the exit code. Of a book to throw away nothing is kept unasked."""
    from partyday_tui.ui.app import PartydayApp

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("这里不是终端窗口，打不开界面；请在终端里运行 partyday，或用 partyday -h 查看命令。", file=sys.stderr)
        return 2
    app = PartydayApp(book, clock)
    app.backup.keeps_daily = not throw_away
    app.run()
    if app.failure is not None:
        return crash.tell(app.failure)
    return app.return_code or 0


def run_demo(clock: Clock) -> int:
    """Open the app on a throw-away copy of the fictitious branch; the copy goes when the app ends."""
    from tempfile import TemporaryDirectory

    from partyday_tui.services.demo import DEMO_DAY, make_demo

    clock = Clock(clock.day or DEMO_DAY)
    with TemporaryDirectory(prefix="partyday-demo-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "demo.db"
        make_demo(path, clock)
        return run_app(path, clock, throw_away=True)

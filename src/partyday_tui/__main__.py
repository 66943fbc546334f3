"""The door: arguments, environment, the clock; then the app or one command.

Nothing heavy is imported here: the first paint waits for it.
"""

import os
import sys

# Chinese phrases of five characters and more arrive damaged through the kitty keyboard protocol; Textual reads this at import.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

_READ_ONE_SHEET = "--read-one-sheet"  # `excel.worker_child.FLAG`, without its imports


def main(arguments: list[str] | None = None) -> int:
    """Run ``partyday``; returns the exit code: 0 done, 1 a failure, 2 the user's mistake."""
    from partyday_tui import crash

    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments == [_READ_ONE_SHEET]:
        from partyday_tui.excel.worker_child import serve

        serve()
        return 0
    try:
        from partyday_tui.cli.window import window_wanted

        window = window_wanted(arguments)
        if window is None:
            from partyday_tui.cli.run import run

            return run(arguments)
        from partyday_tui.ui.start import run_app, run_demo

        book, clock = window
        return run_demo(clock) if book is None else run_app(book, clock)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has heard enough
        from partyday_tui.streams import give_up

        give_up(sys.stdout)
        return 0
    except BaseException as error:
        if isinstance(error, SystemExit):
            raise
        return crash.tell(error)


if __name__ == "__main__":
    sys.exit(main())

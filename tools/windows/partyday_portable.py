"""The start of the portable folder: tells the program where its folder is, and keeps the window open after a failure."""

import os
import sys
from pathlib import Path


def main() -> int:
    """Run the program; returns its exit code."""
    os.environ["PARTYDAY_FOLDER"] = str(Path(sys.executable).parent.parent)
    from partyday_tui.__main__ import main as partyday

    code = partyday()
    if code and len(sys.argv) == 1 and sys.stdin.isatty():
        input("按回车键关闭这个窗口。")
    return code


if __name__ == "__main__":
    sys.exit(main())

"""The start of the portable folder: tells the program where its folder is, and keeps the window open after a failure."""

import os
import sys
from pathlib import Path

_INCOMPLETE = (
    "程序文件不全，打不开：少了 {name}，可能是杀毒软件拿走了。账本不会少。\n"
    "请把整个文件夹重新复制一份，再双击；旧的文件夹先不要删。"
)


def main() -> int:
    """Run the program; returns its exit code."""
    os.environ["PARTYDAY_FOLDER"] = str(Path(sys.executable).parent.parent)
    try:
        from partyday_tui.__main__ import main as partyday
    except ImportError as error:  # a file that a virus scanner took away
        print(_INCOMPLETE.format(name=error.name or "一个文件"), file=sys.stderr)
        code = 1
    else:
        code = partyday()
    if code and sys.argv[1:] in ([], ["web"]) and sys.stdin.isatty():
        input("按回车键关闭这个窗口。")
    return code


if __name__ == "__main__":
    sys.exit(main())

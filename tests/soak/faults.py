"""Faults at single file operations, and the log of them: a small library loaded before libc (``faultfs.c``), built with the machine's cc."""

import contextlib
import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.soak.outcome import Outcome

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHORT, KILL_BEFORE, KILL_AFTER = -1, -2, -3
CHANGES, WRITES, READS = 1, 2, 4
# (words, errno or kind, again and again, on which operations): the nine kinds of the test plan.
KINDS = (
    ("EIO", errno.EIO, 0, CHANGES | READS),
    ("EIO from then on", errno.EIO, 1, CHANGES | READS),
    ("ENOSPC", errno.ENOSPC, 0, CHANGES),
    ("ENOSPC from then on", errno.ENOSPC, 1, CHANGES),
    ("ENODEV from then on", errno.ENODEV, 1, CHANGES | READS),
    ("short write", SHORT, 0, WRITES),
    ("short write, then ENOSPC", SHORT, 1, WRITES),
    ("kill before", KILL_BEFORE, 0, CHANGES),
    ("kill after", KILL_AFTER, 0, CHANGES),
)


def library():
    """The loaded library; only inside a process that `in_shim` started."""
    loaded = ctypes.CDLL(None)
    for name in ("faultfs_seen", "faultfs_hit"):
        getattr(loaded, name).restype = ctypes.c_long
    loaded.faultfs_arm.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int]
    return loaded


def why_not():
    """Why this machine cannot do it; '' where it can."""
    if not sys.platform.startswith("linux"):
        return "没有做：只有 Linux 能在每个文件操作上注入故障"
    if not shutil.which("cc"):
        return "没有做：这台机器没有 C 编译器 cc，装上 gcc 后再跑"
    return ""


def in_shim(module, count, seed, folder, *more):
    """``run(count, seed, folder)`` of a module of this package, in a process of its own with the library loaded."""
    if notice := why_not():
        return Outcome(notice=notice)
    built = Path(folder) / "faultfs.so"
    if not built.exists():
        command = ["cc", "-O1", "-shared", "-fPIC", "-o", str(built), str(HERE / "faultfs.c"), "-ldl", "-lpthread"]
        subprocess.run(command, check=True, capture_output=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {
        "LD_PRELOAD": str(built),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "HOME": str(Path(folder) / "world" / "home"),  # the copies on this computer are watched too
        "PYTHONHASHSEED": "0",
    }
    command = [sys.executable, "-m", f"tests.soak.{module}", str(count), str(seed), str(folder), *more]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{module} itself failed:\n{done.stderr[-4000:]}")
    return Outcome(**json.loads(done.stdout.splitlines()[-1]))


def inside(run):
    """The other end of `in_shim`."""
    count, seed, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    print(json.dumps(run(count, seed, folder, *sys.argv[4:]).told()))


def in_child(work):
    """What ``work()`` returned (text) in a fork of this process; '' where the child was killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            os.close(reader)
            os.write(writer, work().encode("utf-8", "replace"))
        os._exit(0)
    os.close(writer)
    with open(reader, "rb") as said:
        text = said.read().decode("utf-8")
    os.waitpid(pid, 0)
    return text

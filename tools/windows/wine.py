"""Debian's Wine, brought as near to a Windows 10 as Python and its wheels need; in a prefix of its own that goes away."""

import os
import shutil
import subprocess
from pathlib import Path

_BESIDE = Path("/usr/lib/wine")  # where Debian keeps the parts of Wine that are not on the path
_SHIM = Path(__file__).with_name("bcryptprimitives.c")
_COMPILER = "x86_64-w64-mingw32-gcc"
INSTALL = "apt-get install --no-install-recommends wine wine64 gcc-mingw-w64-x86-64-posix"
_SECONDS = 300
_REMOVABLE_DRIVE = "e:"


class Wine:
    """A fresh 64-bit prefix below a folder. Chinese arguments and file names pass; there is no screen."""

    def __init__(self, folder: Path) -> None:
        self.prefix = folder / "wine"
        self.home = folder / "home"

    @staticmethod
    def missing() -> str:
        """A sentence on what is not installed; empty where all is there."""
        absent = [
            name for name, there in (("wine64", _program("wine64")), (_COMPILER, shutil.which(_COMPILER))) if not there
        ]
        return f"{' and '.join(absent)} missing; as root: {INSTALL}" if absent else ""

    @staticmethod
    def without_screen() -> str:
        """A sentence on why no console can be had; empty where one can."""
        return (
            ""
            if shutil.which("xvfb-run")
            else "xvfb-run missing; as root: apt-get install --no-install-recommends xvfb xauth"
        )

    def prepare(self) -> None:
        """Make the prefix: Windows 10 (CPython refuses the Windows 7 that Wine starts as), and the library that Wine lacks."""
        self.home.mkdir(parents=True)
        self._wine("wineboot", "-i")
        self._wine("winecfg", "-v", "win10")
        library = self.prefix / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
        subprocess.run([_COMPILER, "-shared", "-O2", "-o", library, _SHIM, "-ladvapi32"], check=True)

    def plug_in(self, folder: Path) -> None:
        """Let a folder be the stick E:, which calls itself removable."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".windows-label").write_text("STICK\n")
        (self.prefix / "dosdevices" / _REMOVABLE_DRIVE).symlink_to(folder)
        self._wine("reg", "add", r"HKLM\Software\Wine\Drives", "/v", _REMOVABLE_DRIVE, "/d", "floppy", "/f")
        self.stop()  # drives are read when Wine starts

    def run(self, command: list[str], folder: Path, *, keys: str = "", screen: bool = False) -> tuple[int, str]:
        """(exit code, what was printed) of a Windows program; stdin holds `keys`. Its output must be a pipe: it has no console.

        With a screen, which nobody sees, it can start a program in a console of its own.
        """
        before = ["xvfb-run", "-a"] if screen else []
        done = subprocess.run(
            [*before, _program("wine64"), *command], cwd=folder, env=self.environment(), input=keys.encode(), timeout=_SECONDS,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def environment(self) -> dict[str, str]:
        """What Wine is started with; of this machine's own settings only the search path."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No browser, no .NET; and no WMI, whose half of it that Wine has aborts Python's platform.platform().
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;wbemprox=",
        }

    def stop(self) -> None:
        """End the programs of this prefix, and of no other."""
        subprocess.run([_program("wineserver"), "-k"], env=self.environment(), capture_output=True, check=False)
        subprocess.run([_program("wineserver"), "-w"], env=self.environment(), capture_output=True, check=False)

    def _wine(self, *command: str) -> None:
        done = subprocess.run(
            [_program("wine64"), *command], env=self.environment(), capture_output=True, check=False, timeout=_SECONDS
        )
        if done.returncode:
            raise SystemExit(f"wine {' '.join(command)} failed: {done.stderr.decode('utf-8', 'replace')[-500:]}")


def _program(name: str) -> str:
    beside = _BESIDE / name
    return shutil.which(name) or (str(beside) if beside.is_file() else "")

"""The one way to the package registries: pip, told to take nothing but wheels for Windows whose hashes are pinned."""

import os
import re
import subprocess
import sys
from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions that wheels are had for; the folder itself holds `BUNDLED`."""
BUNDLED = "3.12"
_SETTINGS = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS")
_PUBLIC = {"pypi.org"}  # the descriptions of packages name it


def pip(*arguments: str) -> str:
    """Run pip and return what it printed; raises SystemExit with pip's own words where it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"pip {arguments[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def for_windows(python: str) -> list[str]:
    """The options that make pip on Linux choose what a Windows machine with this Python would."""
    return ["--platform", "win_amd64", "--python-version", python, "--only-binary", ":all:"]


def download_wheels(lock: Path, folder: Path, python: str) -> None:
    """Bring the wheels that `lock` pins for one Python into a folder; a file of another hash is refused."""
    pip(
        "download", "--quiet", "--no-deps", "--require-hashes", "-r", str(lock), "-d", str(folder), *for_windows(python)
    )


def download_source(lock: Path, folder: Path) -> Path:
    """Bring the one source package that `lock` pins; returns its file."""
    # The hash is compared before pip asks the package for its metadata.
    pip(
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "-r",
        str(lock),
        "-d",
        str(folder),
        "--no-binary",
        ":all:",
    )
    (found,) = folder.iterdir()
    return found


def build_wheel(project: Path, folder: Path) -> Path:
    """Build the project's own wheel; returns its file."""
    pip("wheel", "--quiet", "--no-deps", "--no-cache-dir", "-w", str(folder), str(project))
    (found,) = folder.glob("partyday_tui-*.whl")
    return found


def install_offline(wheels: Path, python: str) -> None:
    """Go through an installation for one Python out of a folder alone; raises SystemExit where a wheel is missing."""
    pip("install", "--dry-run", "--quiet", "--ignore-installed", "--no-index", "--find-links", str(wheels), "--target", "nowhere",
        *for_windows(python), "partyday-tui[web]")  # fmt: skip


def places_of_registries() -> list[str]:
    """The hosts and folders that this machine has its packages from, by pip's settings; none of them may be named in what is built."""
    settings = pip("config", "list") + "".join(f" {os.environ.get(name, '')}" for name in _SETTINGS)
    hosts = re.findall(r"https?://(?:[^/@\s']+@)?([^/:\s']+)", settings)
    return sorted({*hosts, *re.findall(r"file://(/[^\s']+)", settings)} - _PUBLIC)

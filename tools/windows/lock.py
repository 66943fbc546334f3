"""Pin the wheels of the portable folder: ``python -m tools.windows.lock`` writes wheels.lock from pyproject.toml, the extra `web` too.

pip on Linux reads the conditions of a dependency as Linux does; what only Windows needs is found in the metadata and added.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name
from tools.windows.registries import PYTHONS, for_windows, pip

LOCK = Path(__file__).with_name("wheels.lock")
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
_HEAD = "# Written by python -m tools.windows.lock. One line a package, a hash for each wheel it comes in.\n"


def main() -> None:
    """Resolve for every Python and write the file."""
    project = tomllib.loads(_PROJECT.read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["web"]]
    hashes: dict[str, set[str]] = {}
    for python in PYTHONS:
        for name, digest in _resolved(list(wanted), python):
            hashes.setdefault(name, set()).add(digest)
    lines = [
        " ".join([name, *(f"--hash=sha256:{it}" for it in sorted(found))]) for name, found in sorted(hashes.items())
    ]
    LOCK.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


def _resolved(wanted: list[str], python: str) -> list[tuple[str, str]]:
    """(name==version, sha256) of every wheel that the requirements bring on Windows."""
    while True:
        report = pip("install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-", "--target", "nowhere",
                     *for_windows(python), *wanted)  # fmt: skip
        found = json.loads(report)["install"]
        missing = _only_windows(found, python)
        if not missing:
            return [_pinned(each) for each in found]
        wanted += missing


def _only_windows(found: list[dict[str, Any]], python: str) -> list[str]:
    windows = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
               "python_version": python, "python_full_version": f"{python}.0", "extra": ""}  # fmt: skip
    there = {canonicalize_name(each["metadata"]["name"]) for each in found}
    needed = [Requirement(it) for each in found for it in each["metadata"].get("requires_dist", [])]
    return [
        f"{it.name}{it.specifier}"
        for it in needed
        if (it.marker is None or it.marker.evaluate(windows)) and canonicalize_name(it.name) not in there
    ]


def _pinned(each: dict[str, Any]) -> tuple[str, str]:
    metadata, archive = each["metadata"], each["download_info"]["archive_info"]
    return f"{canonicalize_name(metadata['name'])}=={metadata['version']}", archive["hashes"]["sha256"]


if __name__ == "__main__":
    main()

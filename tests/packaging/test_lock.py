"""The pinned wheels of the portable folder against pyproject.toml, offline: what is wanted is pinned, and nothing else."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name
from tools.windows.build import PROJECT
from tools.windows.lock import LOCK
from tools.windows.registries import PYTHONS

MEND = "run python -m tools.windows.lock"
PINNED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK.read_text("utf-8"), re.MULTILINE))


def wanted():
    """The dependencies in pyproject.toml, and those of `partyday web`."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(it) for it in [*project["dependencies"], *project["optional-dependencies"]["web"]]]


def needs_of(requirement, python):
    """What a package asks for on Windows; None where the version that is installed here is not the pinned one."""
    name = canonicalize_name(requirement.name)
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    if found.version != PINNED.get(name):
        return None
    windows = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
               "python_version": python, "python_full_version": f"{python}.0"}  # fmt: skip
    asked = [Requirement(it) for it in found.requires or []]
    return [
        it
        for it in asked
        if it.marker is None or any(it.marker.evaluate(windows | {"extra": each}) for each in ("", *requirement.extras))
    ]


def everything(python):
    """(each requirement of the closure, whether its end is known)."""
    todo, found, known = wanted(), {}, True
    while todo:
        requirement = todo.pop()
        key = (canonicalize_name(requirement.name), str(requirement.specifier), frozenset(requirement.extras))
        if key in found:
            continue
        found[key] = requirement
        needs = needs_of(requirement, python)
        known = known and needs is not None
        todo += needs or []
    return list(found.values()), known


@pytest.mark.parametrize("python", PYTHONS)
def test_what_the_project_and_its_packages_ask_for_is_pinned(python):
    for requirement in everything(python)[0]:
        version = PINNED.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not pinned: {MEND}"
        assert requirement.specifier.contains(version, prereleases=True), (
            f"{requirement} is pinned as {version}: {MEND}"
        )


def test_nothing_is_pinned_that_nobody_asks_for():
    closures = [everything(python) for python in PYTHONS]
    if not all(known for _, known in closures):
        pytest.skip("other versions than the pinned are installed here, whose needs may be others")
    names = {canonicalize_name(requirement.name) for requirements, _ in closures for requirement in requirements}
    assert sorted(PINNED.keys() - names) == [], MEND

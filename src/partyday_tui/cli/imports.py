"""``partyday import``: each kind of file has its own sub-command."""

from typing import Any

from partyday_tui.cli.plan_import import add_plan_import
from partyday_tui.cli.roster import add_roster_import


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    imports = commands.add_parser("import", help="导入名册或计划表")
    kinds = imports.add_subparsers(dest="kind", metavar="种类", required=True)
    add_roster_import(kinds)
    add_plan_import(kinds)

"""Every bench in turn: `python -m bench`, or `python -m bench.NAME` for one."""

from importlib import import_module

for name in (
    "mark",
    "dues_key",
    "desk",
    "cases",
    "echo",
    "import_roster",
    "backup",
    "start_check",
    "collect",
    "package",
):
    print(f"== {name}")
    import_module(f"bench.{name}").main()

"""Every claim of speed as a script. All of them run with a home of their own, so that no book or backup of the user's is touched."""

import os

if "PARTYDAY_BENCH_HOME" not in os.environ:  # the programs that a bench starts take its home over
    import atexit
    import shutil
    import tempfile

    _home = tempfile.mkdtemp(prefix="partyday-bench-")
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
    os.environ.update(HOME=_home, PARTYDAY_BENCH_HOME=_home)
    for _name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        os.environ.pop(_name, None)

"""The runs that show that nothing is lost: a small share of each in `make test`, the release figures by `make soak`.

Each run is a module with ``run(count, seed, folder) -> Outcome``. They are numbered as the test plan of issue 8 numbers them.
"""

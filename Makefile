# run · test · check · bench · soak · forms-check · pictures · manual · windows-bundle · windows-check: each sets up what it needs in .venv
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: run test check bench soak forms-check pictures manual windows-bundle windows-check clean

run: $(STAMP)
	@$(BIN)/partyday

# half of the tests wait for a terminal or a disk, so there are two workers for each core
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(2 * (os.cpu_count() or 1))')

test: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	PYTHONPATH=src $(BIN)/python -m bench

# the release figures take hours; a hundredth of them: make soak SHARE=0.01
SHARE ?= 1
SEED ?= 1
ONLY ?=
JOBS ?=

soak: $(STAMP)
	PYTHONPATH=src $(BIN)/python -m tests.soak --share $(SHARE) --seed $(SEED) --only $(ONLY) $(if $(JOBS),--jobs $(JOBS))

forms-check: $(STAMP)
	PYTHONPATH=src $(BIN)/python -m tests.forms_check

pictures: $(STAMP)
	PYTHONPATH=src $(BIN)/python -m tests.manual.pictures

manual: $(STAMP)
	$(BIN)/partyday manual --out build

# The interpreter comes from the package registries, or: make windows-bundle EMBED="--embed-zip FILE --embed-sha256 SUM"
windows-bundle: $(STAMP)
	$(BIN)/python -m tools.windows.build $(EMBED)

windows-check: $(STAMP)
	@$(BIN)/python -m tools.windows.check

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "partyday needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

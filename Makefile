# The two commands a newcomer needs are `make chat` and `make test`; each does its own set-up.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
# What can be had on top: make setup EXTRAS=semantic
EXTRAS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

ifneq ($(filter-out semantic,$(EXTRAS)),)
$(error There is no extra "$(filter-out semantic,$(EXTRAS))"; the only one is: make setup EXTRAS=semantic)
endif
READY := $(VENV)/ready $(EXTRAS:%=$(VENV)/ready-%)

# Bytecode is kept whatever the shell says: the tests start a hundred processes, and each would
# compile the project anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: chat test setup benchmark lock clean

chat: $(READY)
	@$(BIN)/python -m bot chat

test: $(VENV)/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

setup: $(READY)

benchmark: $(VENV)/ready-benchmark
	@echo "Ready. What each script measures stands in tests/benchmarks/README.md:"
	@echo "  $(BIN)/python tests/benchmarks/matching.py FOLDER   # folders with index.tsv and queries.tsv"
	@echo "  $(BIN)/python tests/benchmarks/fit.py FOLDER        # the built-in weights, fitted anew"
	@echo "  $(BIN)/python tests/benchmarks/real_questions.py FOLDER"
	@echo "  $(BIN)/python tests/benchmarks/judged.py              # paraphrases and look-alikes"
	@echo "  $(BIN)/python tests/benchmarks/majors.py"
	@echo "  $(BIN)/python tests/benchmarks/load.py                # the bot beside a bare echo, by polling and webhook"

$(VENV)/ready: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once; a minute or two) ..." >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "voced needs Python 3.11 or newer; name one: make $(firstword $(MAKECMDGOALS)) PYTHON=python3.11" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-dev: WHAT := what the checks and tests need
$(VENV)/ready-semantic: WHAT := the semantic extra
$(VENV)/ready-benchmark: WHAT := what the matcher is compared with
$(VENV)/ready-dev $(VENV)/ready-semantic $(VENV)/ready-benchmark: $(VENV)/ready-%: requirements-%.lock $(VENV)/ready
	@echo "Installing $(WHAT) ..." >&2
	@$(PIP) install --require-hashes -r $<
	@touch $@

# Renews all lock files; needs uv on the path. None names an index host or a download address.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --group build pyproject.toml
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra semantic --constraint requirements.lock --output-file requirements-semantic.lock
	$(LOCK) --group dev --constraint requirements-semantic.lock --output-file requirements-dev.lock
	$(LOCK) --group benchmark --constraint requirements-dev.lock --output-file requirements-benchmark.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

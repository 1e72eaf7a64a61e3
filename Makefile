# Everything a person or CI does here. `make` lists the targets; `make run` starts the product.
# Needs Python 3.11 or newer; PYTHON=/path/to/python chooses another one than is found.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
WORKERS ?= 2
SIZES ?= 1000 10000 100000
OFFICERS ?= 200
MINUTES ?= 3
HOST ?= http://127.0.0.1:8000
PYTEST := $(BIN)/python -m pytest

# One thread per worker: two workers share two cores.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1
export UV_NO_PROGRESS ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK ?= 1
# Without compiled modules every start takes seconds longer.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.runtime ## Install what is needed, load the demonstration once, serve it.
	@exec $(BIN)/roster serve --demo

.PHONY: install
install: $(VENV)/.dev ## Make the environment of a developer.

.PHONY: doctor
doctor: $(VENV)/.dev ## Say what is missing on this machine, and the command that mends it.
	@$(BIN)/roster doctor

.PHONY: test
test: $(VENV)/.dev ## Run all tests: SQLite, PostgreSQL and Chromium.
	$(PYTEST) -n $(WORKERS) --dist worksteal

.PHONY: check
check: lint test ## Run everything CI runs: format, lint, types, architecture, tests.

.PHONY: lint
lint: $(VENV)/.dev ## Check format, lint, types, layers and dependencies, without tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

.PHONY: check-all
check-all: check ## Run also what takes long (fuzz, load, accessibility); write docs/reports/check-all.md.
	$(BIN)/python .ci/check_all.py

.PHONY: audit
audit: $(VENV)/.dev ## Look the locked dependencies up among known vulnerabilities; needs the network.
	$(BIN)/python .ci/audit.py

.PHONY: image-check
image-check: $(BIN)/python ## Replay the Dockerfile in a clean Debian and use it; needs root and debootstrap.
	$(BIN)/python .ci/replay_image.py

.PHONY: format
format: $(VENV)/.dev ## Format the code and mend what the linter can mend.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: pictures
pictures: $(VENV)/.dev ## Take the pictures of the README from the demonstration.
	$(BIN)/python docs/pictures/take.py

.PHONY: bench
bench: $(VENV)/.bench ## Run the ranking beside other engines (SIZES="1000 10000"); prints tables.
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.benchmarks.engine --people $(SIZES)

.PHONY: load
load: $(VENV)/.load ## Send officers to a server (OFFICERS=200 MINUTES=3 HOST=http://127.0.0.1:8000).
	PYTHONPATH=. $(BIN)/locust -f tests/load/officers.py --headless --only-summary --host $(HOST) \
	  --users $(OFFICERS) --spawn-rate 5 --run-time $(MINUTES)m

.PHONY: clean
clean: ## Remove the environment and all caches; the data folder stays.
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache .benchmarks build dist

# The locks name releases and hashes, never where they come from. Wheels only: nobody needs a
# compiler, and nothing runs at install time.
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --only-binary :all: \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_FLAGS)

.PHONY: lock
lock: $(VENV)/.uv ## Resolve the dependencies anew; LOCK_FLAGS=--upgrade moves all of them.
	$(COMPILE) --extra dev --extra build -o .ci/requirements-dev.lock pyproject.toml
	$(COMPILE) --extra build -c .ci/requirements-dev.lock -o .ci/requirements.lock pyproject.toml
	echo uv | $(COMPILE) --no-annotate -c .ci/requirements-dev.lock -o .ci/requirements-uv.lock -

# uv resolves and installs in seconds what takes pip minutes; where an index is known to pip
# alone, pip does it after all.
INSTALL = install() { $(UV) pip install --quiet --python $(BIN)/python "$$@" || \
	$(BIN)/python -m pip install --quiet --no-compile "$$@"; }; install
PROJECT = $(INSTALL) --no-deps --no-build-isolation --editable .

$(BIN)/python:
	@python="$(PYTHON)"; \
	for found in $${python:-python3 python3.11 python3.12 python3.13 python3.14}; do \
	  if "$$found" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    "$$found" -m venv $(VENV); exit 0; \
	  fi; \
	done; \
	echo "Python 3.11 or newer with its venv module is needed ($${python:-python3} is not it)." >&2; \
	echo "On Debian: apt-get install python3 python3-venv; else: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; \
	exit 1

$(VENV)/.uv: .ci/requirements-uv.lock | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r $<
	@touch $@

$(VENV)/.runtime: .ci/requirements.lock pyproject.toml | $(VENV)/.uv
	@echo "Installing the product into $(VENV) …" >&2
	@$(INSTALL) --require-hashes --only-binary :all: -r $<
	@$(PROJECT)
	@touch $@

$(VENV)/.dev: .ci/requirements-dev.lock pyproject.toml | $(VENV)/.uv
	@echo "Installing the developer's environment into $(VENV) …" >&2
	@$(INSTALL) --require-hashes --only-binary :all: -r $<
	@$(PROJECT)
	@touch $(VENV)/.runtime $@

# Engines to compare with; nothing of the product needs them, so the locks do not hold them.
$(VENV)/.bench: pyproject.toml | $(VENV)/.dev
	@$(UV) pip install --quiet --python $(BIN)/python --only-binary :all: -r pyproject.toml --extra bench
	@touch $@

$(VENV)/.load: pyproject.toml | $(VENV)/.dev
	@$(UV) pip install --quiet --python $(BIN)/python --only-binary :all: -r pyproject.toml --extra load
	@touch $@

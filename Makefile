# make report: from a fresh clone to a report in the browser. make test: the same set-up, then all tests.
PYTHON ?= python3
ORGANISATIE ?= dekop
BIN := .venv/bin

.PHONY: report test bench lock clean
.DELETE_ON_ERROR:

report: .venv/klaar
	@if [ -z "$$(ls data/raw/$(ORGANISATIE) 2>/dev/null)" ]; then $(BIN)/kopanalyse demo --organisatie $(ORGANISATIE); fi
	$(BIN)/kopanalyse compute --organisatie $(ORGANISATIE)
	$(BIN)/kopanalyse report --organisatie $(ORGANISATIE)

test: .venv/klaar
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest

bench: .venv/klaar
	$(BIN)/python benchmarks/start.py

# The packages come from the lock, with their hashes; the library itself is installed from this folder.
.venv/klaar: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kopanalyse heeft Python 3.11 of nieuwer nodig: make PYTHON=python3.12 report")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# For who changes the dependencies in pyproject.toml (needs uv).
lock:
	uv pip compile pyproject.toml --extra build --extra test --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv data/processed/$(ORGANISATIE) reports/$(ORGANISATIE)

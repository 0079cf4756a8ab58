# make report: from a fresh clone to the reports in the browser; ORGANISATIE=... makes those of one organisation.
# make test: the same set-up, then all tests.
PYTHON ?= python3
ORGANISATIE ?= dekop smwo
BIN := .venv/bin

.PHONY: report test bench lock clean
.DELETE_ON_ERROR:

report: .venv/klaar
	@set -e; for organisatie in $(ORGANISATIE); do \
		if [ -z "$$(ls data/raw/$$organisatie 2>/dev/null)" ]; then $(BIN)/kopanalyse demo --organisatie $$organisatie; fi; \
		$(BIN)/kopanalyse compute --organisatie $$organisatie; \
		$(BIN)/kopanalyse report --organisatie $$organisatie; \
	done

test: .venv/klaar .venv/spark
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.java
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

bench: .venv/klaar
	$(BIN)/python -m benchmarks

# The packages come from the lock, with their hashes; the library itself is installed from this folder.
.venv/klaar: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kopanalyse heeft Python 3.11 of nieuwer nodig: make PYTHON=python3.12 report")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m compileall -qq -j 0 .venv/lib  # what pip would do on one core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m kopanalyse.report.sjabloon
	@touch $@

# Spark is large, and only its tests and who counts with it need it.
.venv/spark: requirements-spark.lock .venv/klaar
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements-spark.lock
	@touch $@

# For who changes the dependencies in pyproject.toml (needs uv).
UV := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock:
	$(UV) pyproject.toml --extra build --extra test --output-file requirements.lock
	$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"])' \
		| $(UV) - --output-file requirements-spark.lock

clean:
	rm -rf .venv $(foreach organisatie,$(ORGANISATIE),data/processed/$(organisatie) reports/$(organisatie))

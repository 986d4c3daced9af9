# Everything this file does is also shown as plain commands in README.md.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
JOBS ?= 2
EXTRAS ?= dev,scale,peers
export PYTHONHASHSEED := 0
UV := $(shell command -v uv 2>/dev/null)

ifdef UV
make_venv = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
install = VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --constraints constraints.txt
else
make_venv = $(PYTHON) -m venv $(VENV)
install = $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
endif

NBVAL := $(PY) -m pytest --nbval --nbval-sanitize-with tests/nbval-sanitize.cfg --nbval-cell-timeout 120 \
         -p no:cacheprovider -n $(JOBS) --dist loadscope -q

.DEFAULT_GOAL := help
.PHONY: help lab test lint unit pages notebooks data bench docs slides lite lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(VENV)/.lab: pyproject.toml constraints.txt
	@echo "Setting up the lab in $(VENV) (once; a minute or two) ..."
	@$(make_venv)
	@$(install) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.lab
	@echo "Adding what the tests need ..."
	@$(install) --editable '.[$(EXTRAS)]'
	@touch $@

$(VENV)/.docs: $(VENV)/.lab
	@$(install) --editable '.[docs]'
	@touch $@

lab: $(VENV)/.lab ## open JupyterLab on the first notebook
	@$(PY) -m ckmlab lab

test: lint unit pages ## lint, unit tests with doctests, and every notebook re-verified

lint: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

unit: $(VENV)/.dev
	$(PY) -m pytest -n $(JOBS) --dist loadscope -q

pages: $(VENV)/.dev
	$(NBVAL) notebooks exercises

notebooks: $(VENV)/.dev ## rebuild and re-execute the notebooks from their sources
	$(PY) -m ckmlab.notebooks notebooks
	$(PY) -m ckmlab exercise build exercises
	$(PY) docs/pictures.py

data: $(VENV)/.dev ## regenerate the shipped data sets
	$(PY) -m ckmlab.datasets.ship

bench: $(VENV)/.dev ## measure speed as ratios against peers
	$(PY) -m pytest benchmarks/test_*.py --benchmark-only -q
	@echo "Longer ones, each a script of its own: see benchmarks/README.md"

docs: $(VENV)/.docs ## build the documentation site
	$(PY) -m sphinx -W -q -b html docs docs/_build/html

slides: $(VENV)/.lab ## save the course's pictures in slide size
	$(PY) -m ckmlab slides docs/_build/slides

$(VENV)/.lite: $(VENV)/.lab
	@$(install) --editable '.[lite]'
	@touch $@

lite: $(VENV)/.lite ## build the course for the browser alone (JupyterLite, a taster)
	$(PY) docs/lite.py

lock: ## renew constraints.txt (needs uv)
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	    --no-header --no-annotate --quiet --output-file constraints.txt

clean: ## remove what can be made again
	rm -rf $(VENV) docs/_build .pytest_cache .ruff_cache .benchmarks build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

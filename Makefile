# Two commands do everything: `make demo` for a first look, `make test` for all tests, lint and types.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
DEMO_HOME := demo-home

.PHONY: demo test quick lint types install install-dev browser clean

demo: $(VENV)/.installed
	$(BIN)/python -m danggui.demo --home $(DEMO_HOME)

test: install-dev browser lint types
	@echo "== tests"
	$(BIN)/python -m pytest -n 2

quick: install-dev
	$(BIN)/python -m pytest -n 2 -m "not slow"

lint: install-dev
	@echo "== lint"
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo

types: install-dev
	@echo "== types"
	$(BIN)/mypy

# Browser tests drive the system's Chromium; where it cannot be installed they are skipped and this says how.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update && apt-get install -y --no-install-recommends chromium; } || \
	  echo "== 没有 Chromium，浏览器测试会跳过；先运行 sudo apt-get install chromium（或 sudo dnf install chromium），再运行 make test" >&2

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@echo "== making $(VENV)"
	$(PYTHON) -m venv $(VENV) || { echo "需要 Python 3.11 及 venv：apt-get install python3.11 python3.11-venv" >&2; exit 1; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "== installing danggui (a minute or two the first time)"
	$(PIP) install --progress-bar on --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.installed
	@echo "== installing what the tests need"
	$(PIP) install --progress-bar on --upgrade "pip>=25.1"
	$(PIP) install --progress-bar on --group dev
	@touch $@

clean:
	rm -rf $(VENV) $(DEMO_HOME) build dist *.egg-info

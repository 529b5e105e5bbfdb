# make run   sets everything up and opens the desktop on the demo project
# make test  sets everything up and runs all checks and tests
# Needs git, make, Python 3.11 and, on Debian, apt. Everything else arrives in .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready-$(shell cat pyproject.toml Makefile | cksum | tr ' ' -)

# What the wheels leave to the system: Qt's windows (X11 and Wayland), sound output, a font, a screen for tests.
LIBRARIES := libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 \
	libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 \
	libxcb-xfixes0 libxcb-xkb1 libwayland-client0 libwayland-cursor0 libwayland-egl1 libportaudio2 fonts-dejavu-core xvfb
VENV_TOOLS := $(shell $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv)

.PHONY: run test test-slow lint setup libraries clean

run: $(READY)
	@$(BIN)/python -m foleydesk demo --out out/demo

test: lint
	@$(BIN)/python -m pytest

test-slow: $(READY)
	@$(BIN)/python -m pytest -m slow

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

setup: $(READY)

$(READY): | libraries
	@test -n "$(PYTHON)" || { echo "Foleydesk needs Python 3.11: install it, then run make again." >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV): torch and Qt are large, this takes minutes, once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@rm -f $(VENV)/ready-* && touch $@

# Debian and its relatives only; elsewhere the desktop brings what Qt needs.
libraries:
	@command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || exit 0; \
	missing=; for name in $(LIBRARIES) $(VENV_TOOLS); do \
		dpkg-query -W -f '$${Status} ' $$name $${name}t64 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$name"; done; \
	test -n "$$missing" || exit 0; \
	if [ "$$(id -u)" = 0 ]; then \
		echo "Installing system libraries:$$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing \
			>/dev/null; \
	else \
		echo "Some system libraries are missing; run this once, then make again:" >&2; \
		echo "  sudo apt-get install -y --no-install-recommends$$missing" >&2; exit 1; \
	fi

clean:
	rm -rf $(VENV) build dist out *.egg-info

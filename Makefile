# Every target sets itself up: `make run` and `make test` work on a fresh checkout with Python 3.11+, make and git.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

export PYTHONFAULTHANDLER := 1

.PHONY: run test soak lint bench weights translations pictures references setup system clean

run: setup
	@$(BIN)/python main.py

test: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

# Trainings, commands and windows killed at random instants, disks that fill up, windows closed in the midst of work;
# models chosen and files refused in one window, whose memory must not grow; changed files for every reader; generated
# models and torchvision's classifiers against plain PyTorch. Each count can be given: `make soak FUZZ=2000 KILLS=20`.
KILLS    := 200
COMMANDS := 60
WINDOWS  := 15
DISKS    := 20
CLOSINGS := 20
MEMORY   := 2000
FUZZ     := 100000
MODELS   := 50
soak: setup
	$(BIN)/python -m tests.soak --rounds $(KILLS) --commands $(COMMANDS) --windows $(WINDOWS) --disks $(DISKS) \
	  --closings $(CLOSINGS) --memory $(MEMORY)
	$(BIN)/python -m tests.fuzz --count $(FUZZ)
	CNNVIEWER_GENERATED_MODELS=$(MODELS) $(BIN)/python -m pytest -s tests/generated --timeout 0
	CNNVIEWER_ZOO=1 $(BIN)/python -m pytest tests/zoo --timeout 0

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 cnnviewer benchmarks release
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin cnnviewer benchmarks release
	$(BIN)/lint-imports
	$(BIN)/python resources/i18n/update.py --check

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

# Train the bundled weights again (needs MNIST and CIFAR-10 in CNNVIEWER_DATA_DIR; takes tens of minutes).
weights: setup
	$(BIN)/python docs/train_weights.py

translations: setup
	$(BIN)/python resources/i18n/update.py

# The pictures of the README and the user guide, taken from the running program.
pictures: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python docs/pictures.py

# The reference pictures that tests/ui/pictures compares with what is painted: look at them before you commit them.
references: setup
	CNNVIEWER_WRITE_PICTURES=1 $(BIN)/python -m pytest tests/ui/pictures

setup: system $(STAMP)

# Qt's system libraries, which a bare Linux lacks: installed as root, else the one line to run is printed.
QT_LIBRARIES := libEGL.so.1 libGL.so.1 libfontconfig.so.1 libdbus-1.so.3 libglib-2.0.so.0 libxkbcommon.so.0 \
	libxkbcommon-x11.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 \
	libxcb-randr.so.0 libxcb-render-util.so.0 libxcb-shape.so.0 libxcb-xkb.so.1
DEBIAN_PACKAGES := python3-venv libegl1 libgl1 libfontconfig1 libdbus-1-3 libglib2.0-0 libxkbcommon0 \
	libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 \
	libxcb-render-util0 libxcb-shape0 libxcb-xkb1 fonts-dejavu-core fonts-nanum

system:
	@if [ "$$(uname)" != Linux ] || $(PYTHON) -c 'import ctypes, ensurepip, sys; \
	  [ctypes.CDLL(name) for name in sys.argv[1:]]' $(QT_LIBRARIES) 2>/dev/null; then :; \
	elif ! command -v apt-get >/dev/null; then \
	  echo "Qt needs these libraries; install them with your package manager: $(QT_LIBRARIES)"; \
	elif [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Qt's system libraries."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    $(DEBIAN_PACKAGES) >/dev/null; \
	else \
	  echo "Qt's system libraries are missing. Run this line, then make again:"; \
	  echo "  sudo apt-get install -y $(DEBIAN_PACKAGES)"; exit 1; \
	fi

$(STAMP): pyproject.toml | system
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cnnviewer needs Python 3.11 or newer; point PYTHON at one: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing PyTorch, Qt and the rest into $(VENV): several gigabytes, once."
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(STAMP)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache

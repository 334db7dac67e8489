# driftkit: `make run` plays, `make test` proves, `make check` is what CI asks.
#
#   make setup CPU=1    torch without CUDA (Linux without an NVIDIA card: saves several GB)
#   make run ARGS="--osc-port 9100 --out ~/drums"

PYTHON ?= python3
CPU :=
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt
# macOS has one torch, without CUDA
CPU_TORCH := $(if $(CPU),$(filter-out Darwin,$(shell uname -s)),)

.PHONY: setup dev run test check lint types generated docs panel panel-same bench clean

setup: .venv/run.stamp
dev: .venv/dev.stamp

.venv/run.stamp: pyproject.toml constraints.txt $(if $(CPU_TORCH),.venv/cpu.stamp,)
	test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	$(PIP) -e ".[fast]"
	touch $@

.venv/cpu.stamp: constraints.txt
	test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	$(PIP) --extra-index-url https://download.pytorch.org/whl/cpu "torch==$$(sed -n 's/^torch==//p' constraints.txt)+cpu"
	touch $@

.venv/dev.stamp: .venv/run.stamp
	$(PIP) -e ".[dev]"
	touch $@

run: setup
	$(BIN)/driftkit serve $(ARGS)

# for two cores: one worker more, since tests wait for sounds that play and for clocks; bytecode is kept, since workers
# and the processes of the tests would all compile the same files
test: dev
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: lint types generated panel-same test

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# daemon/ and sampler/ are driftkit.daemon and driftkit.sampler once installed; links show mypy that shape
types: dev
	mkdir -p build/types/driftkit
	ln -sfn ../../../sampler build/types/driftkit/sampler
	ln -sfn ../../../daemon build/types/driftkit/daemon
	ln -sfn ../../../driftkit/__init__.py build/types/driftkit/__init__.py
	MYPYPATH=build/types $(BIN)/mypy -p driftkit

generated: dev
	$(BIN)/driftkit controls --markdown | diff - docs/controls.md
	$(BIN)/driftkit presets --schema | diff - docs/kit.schema.json
	$(BIN)/driftkit controls --typescript | diff - panel/src/generated.ts
	$(BIN)/driftkit patches max --check --out max_patches
	$(BIN)/driftkit patches pd --check --out clients/pd

docs: dev
	mkdir -p docs
	$(BIN)/driftkit controls --markdown > docs/controls.md
	$(BIN)/driftkit presets --schema > docs/kit.schema.json
	$(BIN)/driftkit controls --typescript > panel/src/generated.ts
	$(BIN)/driftkit patches max --force --out max_patches
	$(BIN)/driftkit patches pd --force --out clients/pd

# the page that the daemon serves, from its source in panel/; it needs Node 20.19 or newer
panel: panel/node_modules/stamp
	cd panel && npm run --silent check && npm run --silent build

panel/node_modules/stamp: panel/package-lock.json
	cd panel && npm ci --silent
	touch $@

# is the committed page what its source makes? without Node nobody can say
panel-same:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory panel-compared; \
	else echo "no npm here: the panel's page is not compared with its source"; test -z "$$DRIFTKIT_CI"; fi

.PHONY: panel-compared
panel-compared: panel/node_modules/stamp
	cd panel && npm run --silent check && npm run --silent build -- --outDir ../build/page --logLevel warn
	diff -r build/page daemon/inputs/web/page

bench: setup
	$(BIN)/driftkit bench $(ARGS)

clean:
	rm -rf build .venv *.egg-info

# make run    build what is needed and serve on http://127.0.0.1:8080
# make test   every check and every test; .ci/run also installs the optional parts of the machine first
# make wheel  a wheel with the built pages, in dist/; installing it needs no Node
# make lock   renew all locks; make check, make unit: parts of make test
.DELETE_ON_ERROR:
.PHONY: run test check unit integration wheel lock pages clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PAGES := src/vivavoce/pages/index.html
WEB := $(shell find web -name node_modules -prune -o -type f -print)
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

run: .venv/.run $(PAGES)
	$(BIN)/vivavoce serve

test: check unit integration

check: .venv/.dev web/node_modules/.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	cd web && npm run --silent check

unit: .venv/.dev $(PAGES)
	$(BIN)/pytest -n 2 -m "not integration and not e2e"

integration: .venv/.dev $(PAGES)
	$(BIN)/pytest -m "integration or e2e"

wheel: .venv/.run $(PAGES)
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

pages: $(PAGES)

clean:
	rm -rf .venv .tools dist build src/vivavoce/pages web/node_modules tests/oidc/node_modules

# --- what the above stand on; a stamp is as new as the last time its step was done -------------------

.venv/bin/python:
	tools/make-venv .venv

.venv/.run: requirements/run.lock pyproject.toml | .venv/bin/python
	$(PIP) install --quiet --no-deps --require-hashes -r requirements/run.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: requirements/dev.lock .venv/.run
	$(PIP) install --quiet --no-deps --require-hashes -r requirements/dev.lock
	touch $@

web/node_modules/.stamp: web/package.json web/package-lock.json
	tools/check-node
	cd web && npm ci --no-audit --no-fund --loglevel=error
	touch $@

tests/oidc/node_modules/.stamp: tests/oidc/package.json tests/oidc/package-lock.json
	tools/check-node
	cd tests/oidc && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(PAGES): web/node_modules/.stamp $(WEB)
	cd web && npm run --silent build
	touch $@

# --- locks: no registry address in them, valid for Python 3.11 to 3.13 on every platform -------------

COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" .tools/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --upgrade pyproject.toml

lock: .tools/bin/uv
	$(COMPILE) --group build --output-file requirements/run.lock
	$(COMPILE) --group build --group dev --all-extras --constraint requirements/run.lock \
		--output-file requirements/dev.lock
	cd web && npm update --package-lock-only --no-audit --no-fund
	cd tests/oidc && npm update --package-lock-only --no-audit --no-fund

.tools/bin/uv:
	tools/make-venv .tools
	.tools/bin/python -m pip --disable-pip-version-check install --quiet uv

# What one does with the site; `make` alone lists it. Everything needed besides
# Python, make and git goes into .venv.

PYTHON ?= python3
BIN := .venv/bin
DEMO ?= yes
LOCALE ?= en
export DEMO
export PYTHONUTF8 := 1
export PYTHONPATH := $(CURDIR):$(CURDIR)/site$(if $(PYTHONPATH),:$(PYTHONPATH))
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A stamp's name holds the locks it stands for, so a changed lock is a missing stamp.
BASE := .venv/base-$(firstword $(shell cat requirements/base.txt | cksum))
DEV := .venv/dev-$(firstword $(shell cat requirements/base.txt requirements/dev.txt | cksum))
MUTANTS := .venv/mutants-$(firstword $(shell cksum < requirements/mutants.txt))
SECURITY := .venv/security-$(firstword $(shell cksum < requirements/security.txt))
# One more than processors: the worker of the browser tests mostly waits for the browser and the site.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 8 ] && echo 8 || echo $$((n + 1)))
CODE := blog papers site manage.py
TEMPLATES = $(shell find templates blog papers site -path '*templates/*' -name '*.html')
# Tests keep their files apart from those of a running site, and leave none behind.
TESTS = folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT INT TERM && DATA_DIR="$$folder"
# Bandit, Semgrep, CycloneDX and pip-audit lie in a folder of their own; none of them asks or tells anybody anything,
# but for advisories.
TOOLS = env PYTHONPATH="$(CURDIR)/$(SECURITY)" PATH="$(CURDIR)/$(SECURITY)/bin:$$PATH" \
  SEMGREP_SETTINGS_FILE="$(CURDIR)/.venv/semgrep.yml" SEMGREP_LOG_FILE="$(CURDIR)/.venv/semgrep.log"
# A group of tests marked xdist_group shares one worker, and what it has started.
PYTEST = $(BIN)/pytest -q -n $(WORKERS) --dist loadgroup

COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run s3 test lint pytest golden mutants postgres-test bench bench-library bench-search soak sbom advisories messages lock \
  format clean

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## /  make \1#/p' Makefile | awk -F'#' '{ printf "%-21s %s\n", $$1, $$2 }'
	@echo
	@echo "Variables: PORT (8000), STAND_IN_PORT (PORT + 1), DATA_DIR (./var), DEMO_ADMIN_PASSWORD,"
	@echo "DEBUG=yes, LIMITS=off, PYTHON (python3). docs/operating.md tells of the rest."

run: $(BASE) ## the site on http://127.0.0.1:8000, with demo content from the first start
	@exec $(BIN)/python -m config.run_site --prepare

s3: $(BASE) ## install besides what files in an S3 bucket need (STORAGE_URL=s3://…)
	$(call require,requirements/s3.txt)

test: lint pytest ## lint, then every test but those of soak; REQUIRE_BROWSER=1 insists on Chromium

lint: $(DEV) $(SECURITY) ## style, layers, dead code, dependencies, types, security, spelling, missing migrations
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Some Python is out of shape: make format"; exit 1; }
	@$(BIN)/djade --check $(TEMPLATES) || { echo "Some templates are out of shape: make format"; exit 1; }
	@$(BIN)/lint-imports --no-logo > .venv/lint-output || { cat .venv/lint-output; exit 1; }
	@$(BIN)/deptry . > .venv/lint-output 2>&1 || { cat .venv/lint-output; exit 1; }
	@$(BIN)/python -m tests.support.used_names > .venv/used_names.py && $(BIN)/vulture
	@$(BIN)/codespell
	@$(TOOLS) $(BIN)/python -m bandit --quiet --configfile pyproject.toml --recursive $(CODE)
	@$(TOOLS) semgrep scan --config .semgrep.yml --metrics off --disable-version-check --quiet --error --jobs 1 \
	  $(CODE) templates
	@$(TESTS) $(BIN)/mypy --no-error-summary
	@$(TESTS) DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m django makemigrations --check --dry-run \
	  > .venv/lint-output || { cat .venv/lint-output; exit 1; }
	@echo "Style, layers, dead code, dependencies, types, security, spelling and migrations are fine."

pytest: $(DEV) $(SECURITY)
	@$(TESTS) $(PYTEST) -m "not soak" $(ARGS)

golden: $(DEV) ## renew the texts of pages in tests/golden after a change of words; read the difference
	@$(TESTS) RENEW_GOLDEN=1 $(BIN)/pytest -q tests/test_golden_texts.py
	@git diff --stat -- tests/golden

# Cosmic Ray lies in a folder of its own: it shares nothing with the site.
mutants: $(DEV) $(MUTANTS) ## break one package on purpose and count what its tests notice: ROOM=pagecache, SHARE=1
	@$(TESTS) DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH="$$PYTHONPATH:$(CURDIR)/$(MUTANTS)" \
	  $(BIN)/python -W ignore -m tests.support.mutants $(or $(ROOM),pagecache) --share $(or $(SHARE),1) $(ARGS)

postgres-test: $(DEV) $(SECURITY) ## the tests without a browser, on the PostgreSQL that DATABASE_URL names
	@case "$$DATABASE_URL" in postgres*) ;; *) \
	  echo "Give DATABASE_URL=postgres://user:password@host/name of a user who may create databases."; exit 1;; esac
	@$(TESTS) $(PYTEST) -m "not soak and not browser" $(ARGS)

bench: $(DEV) ## measure; prints the figures and writes them to var/bench/
	@exec $(BIN)/python -m bench $(ARGS)

bench-library: $(DEV) ## measure uploads, search over 2,000 papers, and downloads; takes minutes
	@exec $(BIN)/python -m bench.library $(ARGS)

bench-search: $(DEV) ## measure search over 300,000 pages on PostgreSQL (ARGS=1000000; takes a quarter of an hour)
	@exec $(BIN)/python -m bench.search $(ARGS)

# Honours DATABASE_URL, as postgres-test does; says each test's name as it ends.
soak: $(DEV) $(MUTANTS) $(SECURITY) ## what takes minutes: crowds, long threads, hostile words, all of accessibility, mutants
	@$(TESTS) MUTANTS="$(CURDIR)/$(MUTANTS)" $(BIN)/pytest -v -n $(WORKERS) --dist loadgroup -m soak --durations=10 $(ARGS)

lock: ## renew requirements/*.txt from *.in (needs uv; ARGS=--upgrade takes the newest)
	@$(COMPILE) requirements/base.in -o requirements/base.txt
	@$(COMPILE) requirements/base.in requirements/dev.in -o requirements/dev.txt
	@$(COMPILE) requirements/base.in requirements/s3.in -o requirements/s3.txt
	@$(COMPILE) requirements/mutants.in -o requirements/mutants.txt
	@$(COMPILE) requirements/security.in -o requirements/security.txt

sbom: $(DEV) $(SECURITY) ## what each lock file holds, with versions and hashes, as CycloneDX in var/sbom/
	@$(BIN)/python -m tests.support.sbom $(or $(DATA_DIR),var)/sbom

# Exit status 0: nothing is known; 1: something is; 3: no answer (of make: 2 for both, the message says which).
advisories: $(DEV) $(SECURITY) ## ask OSV what is known about the locked versions; needs a network
	@$(BIN)/python -m tests.support.advisories $(ARGS)

# Only those of our own code; the packages bring their own translations.
messages: $(DEV) ## extract what can be translated into locale/ (LOCALE=es; needs gettext)
	@command -v xgettext >/dev/null && command -v msgmerge >/dev/null \
	  || { echo "xgettext and msgmerge are missing; on Debian: apt install gettext"; exit 1; }
	@mkdir -p locale
	@$(TESTS) $(BIN)/python manage.py makemessages --locale $(LOCALE) --no-wrap --verbosity 0 \
	  --ignore '.venv/*' --ignore 'var/*' --ignore 'bench/*' --ignore 'tests/*' --extension html,txt,py $(ARGS)
	@echo "locale/$(LOCALE)/LC_MESSAGES/django.po holds what can be translated."

format: $(DEV) ## put Python and templates into shape
	@$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format --quiet . && { $(BIN)/djade $(TEMPLATES) || true; }

clean: ## remove .venv, caches and test databases; the site's data stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/test
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv where it is at hand and works, pip otherwise; both check every hash. The second argument is for both.
# A lock names everything there is to install; looking for more, pip takes a package with extras for another one.
define require
@uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps $(2) -r $(1) >/dev/null 2>&1 \
  || $(BIN)/python -m pip install --quiet --require-hashes --no-deps $(2) -r $(1)
endef

define install
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 or newer is needed. PYTHON=/path/to/python3 names one."; exit 1; }
@echo "Installing what $(1) locks …"
@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv \
  || { rm -rf .venv; echo "No virtual environment could be made; on Debian: apt install python3-venv"; exit 1; }
@rm -f .venv/base-* .venv/dev-*
$(call require,$(1))
endef

define folder
@echo "Installing what requirements/$(1).txt locks …"
@rm -rf .venv/$(1)-[0-9]* && mkdir $@.part
$(call require,requirements/$(1).txt,--target $@.part)
@mv $@.part $@
endef

$(BASE):
	$(call install,requirements/base.txt)
	@touch $@

$(DEV):
	$(call install,requirements/dev.txt)
	@touch $@ $(BASE)

# Renamed at the end, so that an installation that was interrupted is not taken for a whole one.
$(MUTANTS): | $(DEV)
	$(call folder,mutants)

$(SECURITY): | $(DEV)
	$(call folder,security)

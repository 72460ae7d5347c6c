# make site    build the site into site/            make serve   look at it
# make company begin a company's own folder, by some questions
# make zip     and as one file to send: unpacked anywhere, its index.html opens with all that works
# make carry   what a machine without a network needs, in carry/ (CONTRIBUTING.md, "Air-gapped builds")
# make test    every check                          make clean   remove what these made
# make locks   lock what pip installs anew, with hashes, after a change of pyproject.toml
# make pythons build the site and run the native tests in each Python from 3.11 to 3.14
# make fuzz    what takes long: lists in 2,000 random dresses, 500 of each calculator's questions to both Pythons, 20,000
#              damaged inputs of each kind (FUZZ=… for more), and a manager's ways in both languages
# make mutants break some modules on purpose and see whether their tests notice
#
# Each makes what it needs and does it once: a second run needs no network. On Windows, see README.md.

SHELL := /bin/sh
PORT ?= 8000
FUZZ ?= 20000
VENV := .venv
PYTHON := $(VENV)/bin/python
MUTANTS := .venv-mutants
# Material's notice is about its end, on 2027-05-05. It has been read, and what was decided is written for companies in
# docs/en/make-it-yours/publish.md (#material); printed at every build it would hide what a build has to say.
export NO_MKDOCS_2_WARNING := 1

.PHONY: site company zip carry serve test pythons locks fuzz mutants clean

site: $(VENV)/site.stamp
	$(PYTHON) -m mkdocs build --strict
	@echo
	@echo "To look at it: make serve"

company: $(VENV)/site.stamp
	@$(PYTHON) -m playbook init

zip: site
	$(PYTHON) -m zipfile -c sales-playbook.zip site
	@echo "sales-playbook.zip is made. Whoever gets it unpacks it as a whole and opens site/index.html."

carry: $(VENV)/site.stamp
	for lock in build site; do $(PYTHON) -m pip download --quiet --require-hashes --no-build-isolation \
	  -r locks/$$lock.txt -d carry/wheelhouse || exit 1; done
	$(PYTHON) -m macros.runtime carry/runtime-files
	@$(PYTHON) --version > carry/python && echo "carry/ is made, for a machine of this system with exactly $$(cat carry/python)."

serve:
	@test -f site/index.html || { echo "There is no site yet: run make site"; exit 1; }
	@echo "The site is at http://127.0.0.1:$(PORT)/ (another port: make serve PORT=8001). Ctrl+C ends it."
	@$(PYTHON) -m http.server --bind 127.0.0.1 --directory site $(PORT)

test: $(VENV)/test.stamp node_modules/stamp
	@$(MAKE) --no-print-directory $(VENV)/browser.stamp $(VENV)/firefox.stamp $(VENV)/webkit.stamp \
	  $(VENV)/office.stamp
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(VENV)/bin/node node_modules/typescript/bin/tsc --project .
# Two at a time, which share the built site. A file stays with one worker, for what its tests share; files are begun in
# their order, since by xdist's own, most tests first, the longest journeys would begin last.
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

fuzz: $(VENV)/test.stamp
	nice $(PYTHON) -m pytest -q --hypothesis-profile=long -k "in_any_dress or without_totals" tests/calculators/engine/reads
	PLAYBOOK_PARITY=500 nice $(PYTHON) -m pytest -q -k generated tests/calculators
	PLAYBOOK_FUZZ=$(FUZZ) nice $(PYTHON) -m pytest -q tests/calculators/test_fuzz.py
	PLAYBOOK_BOTH=yes nice $(PYTHON) -m pytest -q -k "[zh] or [en]" -m browser tests/calculators tests/docs

mutants: $(MUTANTS)/stamp
	nice $(MUTANTS)/bin/python -m tests.mutants

# For every Python from 3.11 on and every system at once, which pip itself cannot do; the newest versions that pyproject.toml
# allows. git diff locks shows what changed.
UV := build/uv/bin/uv
LOCK := pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade

$(UV): | $(PYTHON)
	$(PYTHON) -m venv build/uv && build/uv/bin/python -m pip install --quiet uv

locks: $(UV)
	echo setuptools | $(UV) $(LOCK) --output-file locks/build.txt -
	$(UV) $(LOCK) --output-file locks/site.txt pyproject.toml
	$(UV) $(LOCK) --output-file locks/test.txt --extra test pyproject.toml
	$(UV) $(LOCK) --output-file locks/mutants.txt --extra test --extra mutants pyproject.toml

# Those that uv finds here, pyenv's too, or can fetch; the others are counted, and a failure under CI=true. What a browser
# runs is the same whichever Python has built it.
PYTHONS := 3.11 3.12 3.13 3.14
PYENV := $(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/*/bin)
NATIVE := calculators macros playbook tests/calculators tests/test_checkout.py

pythons: $(UV)
	@missing=; for version in $(PYTHONS); do \
	  python=build/python-$$version/bin/python; \
	  if ! { test -x $$python || PATH="$$(printf '%s:' $(PYENV))$$PATH" $(UV) venv --quiet --seed --python $$version build/python-$$version; }; then \
	    missing="$$missing $$version"; continue; fi; \
	  $$python --version; \
	  $$python $(INSTALL) locks/build.txt && $$python $(INSTALL) locks/test.txt && \
	  $$python -m mkdocs build --strict --quiet --site-dir build/site-$$version && \
	  $$python -m pytest -q -n 2 --dist loadfile -m "not browser" $(NATIVE) || exit 1; \
	done; \
	if [ -n "$$missing" ]; then echo "No Python$$missing was to be had."; [ -z "$$CI" ]; fi

clean:
	rm -rf $(VENV) $(MUTANTS) site carry sales-playbook.zip node_modules build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# --- the environment ---------------------------------------------------------------------------------

# The newest Python that is here and new enough. Debian's comes without venv: as root we install it.
$(PYTHON):
	@python=; \
	for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed (Debian: apt-get install python3 python3-venv)"; exit 1; fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && apt-get install -yq --no-install-recommends python3-venv; \
	  else echo "$$python has no venv: install it first (Debian: sudo apt-get install python3-venv)"; exit 1; fi; \
	fi; \
	rm -rf $(VENV) && "$$python" -m venv $(VENV) && $(PYTHON) --version

# Every package as locks/ has it, with its hash. What has no wheel (jieba) is built by what is locked, too.
INSTALL := -m pip install --quiet --require-hashes --no-build-isolation -r

$(VENV)/build.stamp: locks/build.txt | $(PYTHON)
	$(PYTHON) $(INSTALL) locks/build.txt
	@touch $@

$(VENV)/site.stamp: locks/site.txt $(VENV)/build.stamp
	@echo "Fetching MkDocs, pandas and what they need from the package index, once. It takes minutes on a slow line, and pip is silent."
	$(PYTHON) $(INSTALL) locks/site.txt
	@touch $@

$(VENV)/test.stamp: locks/test.txt $(VENV)/build.stamp
	@echo "Fetching what the site and its tests need from the package index, once. It takes minutes on a slow line, and pip is silent."
	$(PYTHON) $(INSTALL) locks/test.txt
	@touch $(VENV)/site.stamp $@

# Beside the other, so that what breaks the code is not there when it is tested.
$(MUTANTS)/stamp: locks/mutants.txt locks/build.txt | $(PYTHON)
	$(PYTHON) -m venv $(MUTANTS)
	$(MUTANTS)/bin/python $(INSTALL) locks/build.txt
	$(MUTANTS)/bin/python $(INSTALL) locks/mutants.txt
	@touch $@

# npm comes with the Node that pip installed.
node_modules/stamp: package.json package-lock.json .npmrc | $(VENV)/test.stamp
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --ignore-scripts --silent
	@touch $@

# A Chromium that starts: one that is here, else Playwright's, else the distribution's. Without any, and without
# root to install one, the browser tests are skipped and say so; under CI=true that is a failure.
$(VENV)/browser.stamp: | $(VENV)/test.stamp
	@if $(PYTHON) -m tests.browser || \
	  { $(PYTHON) -m playwright install chromium && $(PYTHON) -m tests.browser; } || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
	    apt-get install -yq --no-install-recommends chromium && $(PYTHON) -m tests.browser; }; \
	then touch $@; \
	elif [ -n "$$CI" ]; then exit 1; fi

# A LibreOffice that computes the templates' workbooks, on the same terms.
$(VENV)/office.stamp: | $(VENV)/test.stamp
	@if $(PYTHON) -m tests.office || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
	    apt-get install -yq --no-install-recommends libreoffice-calc && $(PYTHON) -m tests.office; }; \
	then touch $@; \
	elif [ -n "$$CI" ]; then exit 1; fi

# A Firefox that starts: one that is here, else the distribution's, on the same terms.
$(VENV)/firefox.stamp: | $(VENV)/test.stamp node_modules/stamp
	@if $(PYTHON) -m tests.driver firefox || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
	    apt-get install -yq --no-install-recommends firefox-esr && $(PYTHON) -m tests.driver firefox; }; \
	then touch $@; \
	elif [ -n "$$CI" ]; then exit 1; fi

# A WebKit that starts, Safari's engine: WebKitGTK and a display for it, on the same terms.
$(VENV)/webkit.stamp: | $(VENV)/test.stamp
	@if $(PYTHON) -m tests.driver webkit || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
	    apt-get install -yq --no-install-recommends webkit2gtk-driver xvfb && $(PYTHON) -m tests.driver webkit; }; \
	then touch $@; \
	elif [ -n "$$CI" ]; then exit 1; fi

# Every target does its own set-up on a fresh machine: a virtual environment in .venv, filled from the hashed lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LISTEN ?= 127.0.0.1:8080
JOBS ?= 3
FAST := --ignore=tests/e2e --ignore=tests/cli -m "not slow and not browser"

# the tests start some hundred Pythons: compiling everything anew for each would take a third of their time, and a start
# that is measured would be another one
unexport PYTHONDONTWRITEBYTECODE

# what continuous integration need not run again until its inputs change, which are taken before it runs
INPUTS = inputs=$$(sh .ci/inputs.sh $@)
PASSED = { mkdir -p .ci/passed && echo "$$inputs" >.ci/passed/$@; }

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow check lint format coverage bench docs site lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" sh scripts/setup.sh $(VENV) requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" sh scripts/setup.sh $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/.runtime

# what others wrote for node; where npm is not there, or its registry, the tests that run it are skipped
$(VENV)/.node: requirements/node/package-lock.json | $(VENV)/.dev
	@mkdir -p $(VENV)/node && cp requirements/node/*.json $(VENV)/node
	@if command -v npm >/dev/null && (cd $(VENV)/node && npm ci --ignore-scripts --no-audit --no-fund --silent); \
	then touch $@; else echo "no packages for node: their tests are skipped"; fi

$(VENV)/.site: requirements/site.txt pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" sh scripts/setup.sh $(VENV) requirements/site.txt
	@touch $@ $(VENV)/.runtime

# what a campaign needs beside the tests' own: make fuzz, make mutation, make audit
$(VENV)/.fuzz $(VENV)/.mutation $(VENV)/.audit: $(VENV)/.%: requirements/%.txt | $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@touch $@

# says all that a target needs and this machine lacks, before anything is done
needs-%:
	@PYTHON="$(PYTHON)" sh scripts/needs.sh $*

demo: needs-demo $(VENV)/.runtime ## a room on one page: front panel, display, and the far side (LISTEN=127.0.0.1:8080)
	$(BIN)/offhook demo --listen $(LISTEN)

test: needs-test $(VENV)/.dev $(VENV)/.node lint ## ruff, mypy and the tests, all but the slow ones: before each push
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile -m "not slow"

test-slow: needs-test-slow $(VENV)/.dev $(VENV)/.node ## the slow tests, which continuous integration runs as well
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile -m slow

check: $(VENV)/.dev lint ## ruff, mypy and the fast tests, those of parts: before each commit
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(FAST) --hypothesis-profile quick --quiet

format: $(VENV)/.dev ## formats the code and sorts its imports, as lint expects them
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .

coverage: needs-test $(VENV)/.dev ## every test, and what they reach: a summary, and build/coverage/index.html
	$(BIN)/coverage erase
	$(BIN)/coverage run --parallel-mode -m pytest --quiet
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage html --quiet
	$(BIN)/coverage report --skip-covered --sort=cover

lint: $(VENV)/.dev ## ruff and mypy only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: needs-bench $(VENV)/.dev ## measures the speed figures, each beside its floor; writes build/bench.json and bench.md
	$(BIN)/python -m tests.bench

.PHONY: fleet-bench
ROOMS ?= 1000
SECONDS ?= 20
SPREAD ?= 25
fleet-bench: needs-fleet-bench $(VENV)/.dev ## many rooms on one MQTT broker of this machine, beside paho (ROOMS=1000 SECONDS=20 SPREAD=25; ten minutes)
	$(BIN)/python -m tests.fleet.bench --rooms $(ROOMS) --seconds $(SECONDS) --spread $(SPREAD)

.PHONY: chaos
SEEDS ?= 300
chaos: needs-lint $(VENV)/.dev ## plays faults of link, devices and box, 95 a seed; a line, or the least that fails (SEEDS=300)
	$(BIN)/python -m tests.e2e.chaos --seeds $(SEEDS)

.PHONY: month
DAYS ?= 30
month: needs-lint $(VENV)/.dev ## plays days of a room's life in virtual time, a line each (DAYS=30)
	$(BIN)/python -m tests.e2e.month --days $(DAYS)

.PHONY: kills
kills: needs-lint $(VENV)/.dev ## kills, stops and restarts a real room under load, a line each (KILLS=20)
	$(BIN)/python -m tests.kills --kills $(KILLS)

.PHONY: fuzz
INPUTS ?= 1000000
TARGET ?= all
ENGINE ?= auto
fuzz: needs-fuzz $(VENV)/.fuzz ## fuzzes what comes from outside: a line for each target (INPUTS=1000000 TARGET=all ENGINE=auto)
	$(BIN)/python -m tests.fuzz $(TARGET) --inputs $(INPUTS) --engine $(ENGINE)

.PHONY: mutation
PART ?= wire
SAMPLE ?= 0
SEED ?= 1
mutation: needs-mutation $(VENV)/.mutation ## counts changes of a part that no test sees: wire, camera, codec or room (PART=wire SAMPLE=0 SEED=1)
	$(BIN)/python -m tests.mutation $(PART) --sample $(SAMPLE) --seed $(SEED)

docs: $(VENV)/.dev ## writes the generated parts of docs/
	$(BIN)/python scripts/docs.py

site: needs-site $(VENV)/.site ## the API of appliance.terminal and drivers as pages: build/site/index.html
	@$(INPUTS); $(BIN)/python scripts/site.py && $(PASSED)

lock: ## resolves pyproject.toml into requirements/*.txt (needs uv)
	sh scripts/lock.sh

clean: ## removes what the targets made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: deb
DEB_ARCHES ?= amd64 arm64
deb: needs-deb $(VENV)/.runtime ## builds dist/offhook_VERSION_{amd64,arm64}.deb (DEB_ARCHES="amd64 arm64")
	@PYTHON=$(BIN)/python sh image/deb/build.sh $(DEB_ARCHES)
	@for arch in $(DEB_ARCHES); do $(BIN)/python scripts/sbom.py "$$(ls -t dist/offhook_*_$$arch.deb | head -n 1)"; done

.PHONY: reproducible
reproducible: needs-deb $(VENV)/.runtime ## builds the packages in dist/ once more, elsewhere, and compares (DEB_ARCHES="amd64 arm64")
	@$(INPUTS); for arch in $(DEB_ARCHES); do PYTHON=$(BIN)/python sh scripts/reproducible.sh $$arch || exit; done; \
	[ "$(DEB_ARCHES)" != "amd64 arm64" ] || $(PASSED)

.PHONY: test-home-assistant
HOME_ASSISTANT ?= python3.13
test-home-assistant: $(VENV)/.dev ## holds what we tell Home Assistant against its newest release for HOME_ASSISTANT=python3.13 (500 MB, ten minutes)
	@[ -e build/home-assistant/bin/homeassistant-ready ] || { $(HOME_ASSISTANT) -m venv build/home-assistant && \
	build/home-assistant/bin/pip install --quiet homeassistant "paho-mqtt<3" && touch build/home-assistant/bin/homeassistant-ready; }
	$(BIN)/python -m tests.fleet.home_assistant.messages build/home-assistant/messages.json
	build/home-assistant/bin/python scripts/home_assistant.py build/home-assistant/messages.json tests/fleet/home_assistant/keys.json

.PHONY: audit
audit: needs-audit $(VENV)/.audit ## looks for known vulnerabilities in the locked versions (network)
	$(BIN)/python scripts/audit.py

.PHONY: sign verify
sign: needs-sign ## writes and signs the checksums of the release in dist/ (KEY=~/.ssh/id_ed25519)
	@sh scripts/release.sh sign "$(KEY)"

verify: needs-sign ## checks the signature and checksums in dist/ (SIGNERS=FILE)
	@sh scripts/release.sh verify "$(SIGNERS)"

needs-deb:
	@PYTHON="$(PYTHON)" sh scripts/needs.sh $(DEB_ARCHES:%=deb-%)

.PHONY: test-needs
test-needs: ## tries in a throw-away Debian 12 and 13 whether scripts/needs.txt is complete (root; mmdebstrap, a mirror; ten minutes)
	@sh scripts/needs-tried.sh

.PHONY: test-deb
test-deb: needs-test-deb $(VENV)/.dev deb ## tests the built packages on a throw-away Debian 13 (root)
	@sh scripts/told.sh build/debian.log $(BIN)/python -m tests.packaging.machine
	OFFHOOK_TEST_DEB=1 $(BIN)/python -m pytest tests/packaging

.PHONY: test-kiosk
test-kiosk: needs-test-kiosk $(VENV)/.dev ## tests the kiosk with its browser on a throw-away Debian 13 (root)
	@$(MAKE) --no-print-directory deb DEB_ARCHES=amd64
	@sh scripts/told.sh build/kiosk.log $(BIN)/python -m tests.packaging.machine kiosk
	@$(INPUTS); OFFHOOK_TEST_DEB=kiosk $(BIN)/python -m pytest tests/packaging/test_kiosk_booted.py && $(PASSED)

.PHONY: test-hardware
test-hardware: needs-test-hardware $(VENV)/.dev ## tests the amd64 package on kernel devices in a virtual machine (root)
	@$(MAKE) --no-print-directory deb DEB_ARCHES=amd64
	@$(INPUTS); OFFHOOK_DEB=$$(ls -t dist/offhook_*_amd64.deb | head -n 1) $(BIN)/python -m tests.hardware.run && $(PASSED)

.PHONY: image
FLAVOUR ?= headless
KIOSK_headless :=
KIOSK_kiosk = "$$(ls -t dist/offhook-kiosk_*_all.deb | head -n 1)"
image: needs-image $(VENV)/.dev ## builds dist/offhook_VERSION_card.img.xz, a card for Raspberry Pi 3, 4, CM4, Zero 2 W, 5 (root; FLAVOUR=kiosk: with a screen)
	@$(MAKE) --no-print-directory deb DEB_ARCHES=arm64
	@PYTHON=$(BIN)/python FLAVOUR=$(FLAVOUR) sh image/card/build.sh "$$(ls -t dist/offhook_*_arm64.deb | head -n 1)" $(KIOSK_$(FLAVOUR))

.PHONY: test-image
KILLS ?= 20
test-image: needs-test-image image ## boots the built card in an emulated machine and cuts its power (root; KILLS=20)
	OFFHOOK_KILLS=$(KILLS) OFFHOOK_CARD=$$(ls -t dist/offhook_*_card.img | head -n 1) $(BIN)/python -m pytest -m image -rA tests/image
	sh image/card/inputs.sh >image/card/tested

.PHONY: release-key bundle release repo
REPOSITORY ?= dist/repository
CHANNEL ?= testing
release-key: needs-bundle ## makes a maintainer's key for updates: NAME.key, which nobody else may have, and NAME.pem (NAME=offhook-2026)
	@sh image/release/key.sh "$(NAME)"

bundle: needs-bundle $(VENV)/.runtime ## dist/offhook_VERSION_arm64.raucb, a signed update out of the card's slot (KEY=FILE CERT=FILE; after make image)
	@PYTHON=$(BIN)/python sh image/release/bundle.sh "$$(ls -t dist/offhook_*_card-slot.img | head -n 1)" "$(KEY)" "$(CERT)"

release: needs-bundle $(VENV)/.runtime ## publishes the bundle of a tagged version in a folder for any web server (KEY= CERT= CHANNEL=testing REPOSITORY=dist/repository WAVES="10@TIME …" LEAST=VERSION)
	@version=$$(sh image/release/version.sh --tagged) && bundle=dist/offhook_$${version}_arm64.raucb && \
	{ [ -e "$$bundle" ] || $(MAKE) --no-print-directory bundle KEY="$(KEY)" CERT="$(CERT)"; } && \
	PYTHONPATH=. $(BIN)/python image/release/repository.py "$(REPOSITORY)" "$$bundle" --build "$$(git rev-parse HEAD)" --channel $(CHANNEL) \
	    --key "$(KEY)" --certificate "$(CERT)" $(if $(LEAST),--least $(LEAST)) $(if $(WAVES),--waves $(WAVES))

repo: needs-repo ## dist/apt, a signed apt repository of the packages in dist/ (GPG_KEY=ID; after make deb)
	@sh image/release/apt.sh "$(GPG_KEY)"

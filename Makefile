# Everything starts here: each command makes the environment it needs, then does its work.
# Needs python3 (3.11 or later, with venv) and make; another interpreter: make run PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help run test test-long fuzz bench campaign app docs pictures catalogues lock

help:
	@echo "make run        répartit l'exemple régional, affiche le plan et écrit les classeurs (out/region-demo)"
	@echo "make app        ouvre l'application dans le navigateur"
	@echo "make test       vérifie tout : style, types, sens des imports, tests"
	@echo "make test-long  lance les campagnes de tests qui durent plusieurs minutes"
	@echo "make fuzz       lance plus de mille scénarios, classeurs et archives malformés contre les commandes"
	@echo "make bench      mesure les temps de calcul"
	@echo "make campaign   tire dix mille scénarios et compare les moteurs (des heures ; reprend où elle s'est arrêtée)"
	@echo "make docs       refait les pages de documentation tirées du code"
	@echo "make pictures   imprime chaque sorte de classeur (out/pictures) et refait les images de la documentation, pages comprises"
	@echo "make catalogues met à jour les catalogues de langue : phrases nouvelles à traduire, phrases disparues ôtées"
	@echo "make lock       refait requirements.lock à partir de pyproject.toml"

run: $(READY)
	@$(BIN)/allocator agreements region-demo --out out/region-demo

app: $(READY)
	@$(BIN)/streamlit run app.py

test: $(READY)
	@build_tools/system_parts
	@build_tools/verify

test-long: $(READY)
	@build_tools/system_parts
	@$(BIN)/pytest -m long

# Seeded: the same inputs at each run.
fuzz: $(READY)
	@$(BIN)/pytest -m fuzz -n 2 tests/hostile

bench: $(READY)
	@$(BIN)/python -m benchmarks

campaign: $(READY)
	@nice $(BIN)/python -m benchmarks.campaign

docs: $(READY)
	@$(BIN)/python -m scenarios.dictionary > docs/format.md.new && mv docs/format.md.new docs/format.md
	@$(BIN)/python -m scenarios.rulebooks.page > docs/droit.md.new && mv docs/droit.md.new docs/droit.md

pictures: $(READY)
	@build_tools/system_parts
	@$(BIN)/python -m build_tools.pictures
	@$(BIN)/python -m build_tools.app_pictures

# Nothing is compiled: the program reads the catalogues as translators write them (docs/langues.md).
catalogues: $(READY)
	@mkdir -p build
	@$(BIN)/pybabel -q extract --add-location=file --project=comite-des-financeurs --version=1 \
		-o build/messages.pot scenarios allocator reports ui app.py
	@$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap -l en \
		-i build/messages.pot -o scenarios/catalogues/en.po

lock: $(READY)
	@$(BIN)/pip-compile --extra dev --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --allow-unsafe --no-header -o requirements.lock pyproject.toml

# The stamp is newer than what it was made from: a second command installs nothing and takes no network.
$(READY): requirements.lock pyproject.toml
	@build_tools/environment "$(PYTHON)"
	@touch $@

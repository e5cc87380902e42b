# The one entry for developers; .ci/run calls `make ci`. Tools are pinned here and never in go.mod.
GO          ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOFUMPT     := mvdan.cc/gofumpt@v0.12.0
SHARED      ?= ../shared
FUZZTIME    ?= 30s

.PHONY: build demo test race kills golden gate eval calibrate bench fuzz fuzz-smoke mutate lint fmt node ci

build: ## the program, as bin/kreispresse
	$(GO) build -o bin/kreispresse .

demo: ## the whole line, on an embedded site and an embedded NATS
	$(GO) run . demo

test: ## what the README promises
	$(GO) test ./...

race:
	$(GO) test -race -short ./...

KILLS       ?= 300

kills: ## kill -9 at named points and at random moments of everything that writes; a failure prints the seed that repeats it
	$(GO) test ./internal/app -run 'TestKill|TestCrashPoints' -kills $(KILLS) -timeout 60m -v

golden: ## rewrite the golden records and the baselines from what the parser reads now, printing the difference
	$(GO) test ./parser ./internal/app -run "TestGolden|TestGate|TestReadingTheDemoSite" -update -v

gate: ## precision and recall on the project's own golden pages against the committed baseline
	$(GO) test ./parser -run TestGate -v

eval: build ## the evaluation kit, where it is at hand
	@if [ -d $(SHARED)/eval ]; then python3 $(SHARED)/eval/run.py bin/kreispresse; else echo "no evaluation kit at $(SHARED)/eval"; fi

calibrate: ## how often each rule for names is right, on both halves of the kit's sets, where it is at hand
	SHARED=$(abspath $(SHARED)) $(GO) test ./parser/internal/person -run TestPrecision -v -count 1

bench: ## speed and allocations, and the comparison with peers; compare two runs with benchstat
	$(GO) test -run '^$$' -bench . -benchmem ./...
	cd bench && $(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: ## every fuzz target for FUZZTIME
	@for pkg in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "== $$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg || exit 1; \
	  done; done

mutate: ## change every number of the readers by a lot: which changes no test notices (minutes; weekly, numbers only)
	$(GO) run ./internal/mutate

# By number and not by time: when that is up Go before 1.27 may report the end of it as a failure of the target (go.dev/issue/75804).
fuzz-smoke: ## the targets that take what strangers send, some thousand times each
	@for target in ./schemas:FuzzCanonicalURL:50000 ./crawler/polite:FuzzRobots:20000 ./crawler/discover:FuzzSitemap:50000 ./publisher:FuzzEvent:20000 \
	  ./parser:FuzzParse:3000 ./internal/export:FuzzCell:20000 ./internal/export:FuzzWARC:5000; do \
	  rest=$${target#*:} pkg=$${target%%:*}; f=$${rest%:*} n=$${rest#*:}; \
	  $(GO) test -list "^$$f\$$" $$pkg | grep -q "^$$f\$$" || { echo "no $$f in $$pkg: mend the list in the Makefile"; exit 1; }; \
	  echo "== $$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $${n}x -fuzzminimizetime 10x -parallel 4 $$pkg || exit 1; \
	done

node: ## third-party readers of the schemas, for schemas/thirdparty_test.go; their versions are in .ci/node
	npm ci --prefix .ci/node --ignore-scripts --no-audit --no-fund
	npm ci --prefix examples/javascript --ignore-scripts --no-audit --no-fund

fmt:
	$(GO) run $(GOFUMPT) -w .

lint: ## format, vet, staticcheck, tidy, and the ceilings of internal/house
	@out=$$($(GO) run $(GOFUMPT) -l .); test -z "$$out" || { echo "not formatted (make fmt):"; echo "$$out"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) mod tidy -diff
	$(GO) test ./internal/house

# What the line is made of, once more with the race detector; `make race` does it for everything.
RACE ?= ./internal/pipeline ./publisher ./crawler ./crawler/polite
# How long the tests of one package may take: internal/app needs three minutes on two cores, and a busy machine is no fault.
LONGEST ?= 30m

ci: lint build
	$(GO) test -timeout $(LONGEST) ./...
	cd bench && $(GO) vet ./... && $(GO) mod tidy -diff && $(GO) test -timeout $(LONGEST) ./...
	$(GO) run . demo >/dev/null
	$(GO) test -race -short -timeout $(LONGEST) $(RACE)
	$(MAKE) fuzz-smoke

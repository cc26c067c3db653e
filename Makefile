# byudv: `make help` lists what can be done.
#
# A usual PGXS makefile, with two things added. PGXS is included only where this machine can build an extension, so that help, deps, demo and test work
# before PostgreSQL is installed. And the server is chosen by scripts/pg-config.sh, since the pg_config in PATH may be another version's or have no PGXS.

EXTENSION  = byudv
# (VERSION is the server's, set by PGXS)
RELEASE   := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" byudv.control)
MODULE_big = byudv
OBJS      := $(patsubst %.c,%.o,$(sort $(wildcard src/*.c src/core/*.c)))
PARTS     := $(sort $(wildcard sql/[0-9]*.sql))
SCRIPT     = byudv--$(RELEASE).sql

# `make demo DATA=folder` is the user's DATA; PGXS has a variable of that name
ifneq ($(filter command environment,$(firstword $(origin DATA))),)
override DATA_FOLDER := $(DATA)
endif
override DATA = $(wildcard sql/updates/byudv--*.sql)
DATA_built   = $(SCRIPT)

# The server's headers break some of what -Wextra asks for; their functions are used, not written, here.
WERROR     ?= -Werror
PG_CFLAGS   = -std=gnu99 -Wextra $(WERROR) -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
PG_CPPFLAGS = -Isrc -MMD -MP -DBYUDV_RELEASE='"$(RELEASE)"'
SHLIB_LINK  = -lm
EXTRA_CLEAN = $(OBJS:.o=.d) $(OBJS:.o=.bc) $(SCRIPT).tmp

# `make installcheck` tests an installed extension on a running server; `make test` does far more and needs neither.
REGRESS      = $(sort $(patsubst test/sql/%.sql,%,$(wildcard test/sql/*.sql)))
REGRESS_OPTS = --inputdir=test --load-extension=byudv --encoding=UTF8 --no-locale

# Bitcode for inlining into JIT code would need the very clang that built the server. `make with_llvm=yes` builds it.
ifneq ($(origin with_llvm),command line)
override with_llvm = no
endif

# How it was chosen must reach the scripts as well
export PG_CONFIG PG_MAJOR DATA_FOLDER
FOUND := $(shell scripts/pg-config.sh)

ifneq ($(FOUND),)
.DEFAULT_GOAL := all
override PG_CONFIG := $(FOUND)
PGXS := $(shell $(FOUND) --pgxs)
include $(PGXS)
else
.DEFAULT_GOAL := help
all install uninstall installcheck clean:
	@echo "byudv: no PostgreSQL with server headers was found$(if $(PG_CONFIG), at PG_CONFIG=$(PG_CONFIG))$(if $(PG_MAJOR), for PG_MAJOR=$(PG_MAJOR))." >&2
	@echo "Run 'make deps', or set PG_CONFIG to the pg_config of your server, or see 'make help'." >&2
	@exit 1
endif

# What users get is one script. The folder is a prerequisite too, so that a removed part counts as a change.
$(SCRIPT): $(PARTS) $(wildcard sql) byudv.control
	@printf '%s\n' '-- byudv $(RELEASE); generated from sql/, do not edit' \
	  '\echo Use "CREATE EXTENSION byudv" to load this file. \quit' > $@.tmp
	cat /dev/null $(PARTS) >> $@.tmp
	@mv $@.tmp $@

src/module.o: byudv.control

-include $(OBJS:.o=.d)

help:
	@scripts/help.sh

deps:
	@scripts/deps.sh test

deps-bench:
	@scripts/deps.sh bench

demo:
	@scripts/demo.sh

demo-stop:
	@scripts/demo.sh stop

psql:
	@scripts/demo.sh psql

test:
	@scripts/deps.sh test
	@test/run $(STAGES)

lint unit fuzz regress isolation pgtap tap:
	@scripts/deps.sh test
	@test/run $@

test-matrix:
	@scripts/matrix.sh

# CALLS=1000000 SEED=7 make random; also VALUES, ENCODING=LATIN1
random:
	@scripts/deps.sh test
	@BYUDV_CALLS=$(CALLS) BYUDV_VALUES=$(VALUES) BYUDV_SEED=$(SEED) BYUDV_ENCODING=$(ENCODING) TESTS="020_random_calls 021_mutated_values" test/run tap

test-sanitize:
	@scripts/sanitize.sh $(STAGES)

test-valgrind:
	@scripts/sanitize.sh valgrind

bench:
	@scripts/bench.sh

bench-load:
	@scripts/load.sh

test-faults:
	@scripts/deps.sh test
	@test/faults.sh

export:
	@scripts/export.sh

dashboard:
	@scripts/dashboard.sh

deb:
	@scripts/deb.sh

dist:
	@scripts/dist.sh

distcheck:
	@scripts/dist.sh check

# clean leaves a running demo alone
distclean: private-clean
private-clean:
	@scripts/demo.sh distclean
	rm -rf results regression.diffs regression.out output_iso byudv-*.zip

.PHONY: all install uninstall installcheck clean distclean private-clean help deps deps-bench demo demo-stop psql test lint unit fuzz regress isolation pgtap tap test-matrix test-faults bench bench-load export dashboard deb dist distcheck random test-sanitize test-valgrind

# shellcheck shell=bash disable=SC2034
# The steps of ./check, in its order. Each is a function step_NAME that fails when the step does, and prints
# "counts PASSED FAILED SKIPPED" where it ran several tests. Sourced after tools/lib.sh, from the repository's root.

all_steps=(install build_release build_web layering format demo generated release web e2e dev tsan fuzz tidy)

step_install_build() { install_packages build; }
step_install() { install_packages check; }
# The program, and the tests that are worth running optimised: models (float arithmetic), golden figures. The others run
# under the sanitizers. `unsynced` is preloaded by a crash test.
step_build_release() { build release meno models_test golden_test unsynced; }
step_build_web() { build_web; }
step_layering() { python3 tools/check_layers.py src; }

# Every C++ file as clang-format 14 would write it.
step_format() {
  find src apps tests bench -name '*.h' -o -name '*.cc' | sort | xargs clang-format --dry-run -Werror
}

# The demo school that the next steps serve.
step_demo() { build/release/bin/meno demo --into build/check/demo --force; }

# Files that programs write and people commit are what those programs would write now.
step_generated() { tools/check_generated build/check/demo; }

# run_ctest PRESET [ctest arguments]: runs and counts. Tests that skip themselves are told apart, and failed ones are told again last.
run_ctest() {
  local preset=$1 status=0
  shift
  local report=$PWD/build/check/$preset.xml
  rm -f "$report"
  ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error --output-junit "$report" "$@" || status=$?
  python3 - "$report" <<'PY'
import sys
import xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot()
total, failed, skipped = (int(suite.get(k, 0)) for k in ("tests", "failures", "skipped"))
skipped += int(suite.get("disabled", 0))
print("counts", total - failed - skipped, failed, skipped)
for case in suite.iter("testcase"):
    if case.get("status") == "fail":
        print("FAILED", case.get("name"))
        print("\n".join((case.findtext("system-out") or "").splitlines()[-30:]))
PY
  return $status
}

# count_line FILE: its line "N passed, N failed" as counts.
count_line() { awk '/^[0-9]+ passed, [0-9]+ failed$/ {print "counts", $1, $3, 0}' "$1"; }

step_release() { run_ctest release -L '^(models|golden|crash|ranks|suite|slow)$'; }

# AddressSanitizer and UndefinedBehaviorSanitizer over every test but the slow ones, which run optimised.
step_dev() {
  build dev
  ASAN_OPTIONS=detect_leaks=1 run_ctest dev -LE '^slow$'
}

# tsan_over FOLDER...: ThreadSanitizer over the tests of these folders, but for derivatives against differences: slow, and of one thread.
tsan_over() {
  build tsan "${@/%/_test}"
  TSAN_OPTIONS=halt_on_error=1 run_ctest tsan -L "^($(IFS='|'; echo "$*"))\$" -E WhereExact
}

# The threads of the store's writer and of parallel loops.
step_tsan() { tsan_over core store; }

# Training and the server as well: nearly the whole program once more, so on request: `./check tsan_all`.
step_tsan_all() { tsan_over core store meta service http; }

# The page: lint, types, unit tests.
step_web() {
  install_web
  npm --prefix web run lint
  npm --prefix web run typecheck
  local report=$PWD/build/check/vitest.json status=0
  npm --prefix web test -- --reporter=default --reporter=json --outputFile="$report" || status=$?
  python3 - "$report" <<'PY'
import json
import sys
report = json.load(open(sys.argv[1]))
print("counts", 2 + report["numPassedTests"], report["numFailedTests"], report["numPendingTests"])
PY
  return $status
}

# A browser against a copy of the demo school.
step_e2e() {
  install_web
  local school=build/check/e2e status=0
  rm -rf "$school"
  cp -r build/check/demo "$school"
  MENO_DEMO=$school node tests/e2e/run.mjs | tee build/check/e2e.out || status=1
  count_line build/check/e2e.out
  return $status
}

# Every fuzzer for a few seconds.
step_fuzz() {
  local status=0
  build fuzz fuzzers
  tools/fuzz_briefly 5 | tee build/check/fuzz.out || status=1
  count_line build/check/fuzz.out
  return $status
}

# Names, sizes, complexity, overrides: what neither compiler nor sanitizers see, in minutes. Of the product's own sources: tests are held by the
# compiler's warnings and the sanitizers.
step_tidy() {
  local status=0
  tools/tidy_together build/lint \
    "-*,readability-identifier-naming,readability-function-size,readability-function-cognitive-complexity,modernize-use-override" |
    tee build/check/tidy.out || status=1
  count_line build/check/tidy.out
  return $status
}

# The whole list of .clang-tidy takes some 30 minutes of two cores: `./check tidy_all`, before a release.
step_tidy_all() {
  find src apps -name '*.cc' ! -name '*_test.cc' | sort |
    xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build/release --extra-arg=-Wno-unknown-warning-option
}

#!/usr/bin/env bash
# The one test command: restores, builds, runs every test project, and ends with the line "N passed, N failed, N skipped".
#
#   eng/test.sh              everything
#   eng/test.sh Injection    only the test projects whose name holds one of the words given
#
# Exit code: 0 when nothing failed. With CI=true a skipped test is a failure too: CI installs what tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
results=artifacts/test-results
rm -rf "$results" && mkdir -p "$results"

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is not on the PATH."; exit 1; }

echo "Installing what tests need ..."
eng/install-test-tools.sh </dev/null
export PATH="$PWD/artifacts/tools:$PATH"

echo "Restoring and building ..."
if ! dotnet build Secrets.sln -v q -nologo >"$results/build.log" 2>&1; then
  grep -E 'error|MSB' "$results/build.log" | sort -u || cat "$results/build.log"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

# A test project is one that brings the test SDK; those under tests/ get it from tests/Directory.Build.props.
projects() {
  find tests -name '*.Tests.csproj' -not -path '*/obj/*'
  grep -rl --include='*.csproj' 'Microsoft.NET.Test.Sdk' samples benchmarks 2>/dev/null || true
}

wanted() {
  local name=$1; shift
  [ $# -eq 0 ] && return 0
  local word; for word in "$@"; do [[ $name == *"$word"* ]] && return 0; done
  return 1
}

# One project: its own log, one line when it is done, the log itself only when something failed.
run_one() {
  local name=$1 started=$SECONDS code=0
  # Started in the background or by nohup, all below would ignore the signals that tests send to real processes.
  local signals=(); env --default-signal=HUP true 2>/dev/null && signals=(env --default-signal=HUP,INT,QUIT)
  local dll="artifacts/bin/$name/debug/$name.dll" log="$results/$name.log" trx="$results/$name.trx"
  "${signals[@]}" dotnet test "$dll" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" --results-directory "$results" >"$log" 2>&1 || code=$?
  local passed=0 failed=0 skipped=0
  if [ -f "$trx" ]; then
    passed=$(grep -c '<UnitTestResult .*outcome="Passed"' "$trx" || true)
    failed=$(grep -cE '<UnitTestResult .*outcome="(Failed|Error|Timeout|Aborted)"' "$trx" || true)
    skipped=$(grep -cE '<UnitTestResult .*outcome="(NotExecuted|Inconclusive|Pending)"' "$trx" || true)
  fi
  # A host that crashed, or a project without a single test, is a failure that no result tells of.
  if [ $code -ne 0 ] && [ "$failed" -eq 0 ] || [ $((passed + failed + skipped)) -eq 0 ]; then failed=$((failed + 1)); fi
  echo "$passed $failed $skipped" >"$results/$name.count"
  printf '  %-46s %5d passed %4d failed %4d skipped %5ds\n' "$name" "$passed" "$failed" "$skipped" $((SECONDS - started))
  if [ "$failed" -gt 0 ]; then grep -vE '^\s+Passed ' "$log" | sed 's/^/    | /' | head -n 400; fi
  if [ "$skipped" -gt 0 ]; then sed -n -E '/^  Skipped /,/^  (Passed|Failed|Skipped) /p' "$log" | sed 's/^/    | /' | head -n 60; fi
}
export -f run_one; export results

names=()
while read -r project; do
  name=$(basename "$project" .csproj)
  if wanted "$name" "$@"; then names+=("$name"); fi
done < <(projects | sort -u)
[ ${#names[@]} -gt 0 ] || { echo "No test project's name holds: $*"; exit 1; }

echo "Running ${#names[@]} test projects ..."
parallel=$(($(nproc) < 4 ? $(nproc) : 4))
printf '%s\n' "${names[@]}" | xargs -P "$parallel" -I{} bash -c 'run_one {}'

read -r passed failed skipped < <(cat "$results"/*.count | awk '{p+=$1; f+=$2; s+=$3} END {print p+0, f+0, s+0}')
[ "$(ls "$results"/*.count | wc -l)" -eq ${#names[@]} ] || failed=$((failed + 1))
if [ "$skipped" -gt 0 ] && [ "${CI:-}" = true ]; then echo "CI skips nothing: install what the skipped tests need, here."; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && { [ "$skipped" -eq 0 ] || [ "${CI:-}" != true ]; }

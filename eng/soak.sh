#!/usr/bin/env bash
# The long versions of tests: before a release, and whenever the code under one changes. Each is a test of the normal run with more of the
# same. Keep the result in docs/reliability.md, with the command and the date.
#
#   eng/soak.sh                    every part, one after the other
#   eng/soak.sh references         the parts named
set -euo pipefail
cd "$(dirname "$0")/.."

part() {
  local name=$1 project=$2 filter=$3; shift 3
  if [ ${#wanted[@]} -gt 0 ] && [[ ! " ${wanted[*]} " == *" $name "* ]]; then return; fi
  echo "== $name: $*"
  local started=$SECONDS code=0
  env "$@" dotnet test "tests/$project" -c Release --nologo --filter "$filter" --logger "console;verbosity=normal" || code=$?
  echo "== $name: $([ $code -eq 0 ] && echo done || echo FAILED) in $((SECONDS - started)) s"
  return $code
}

wanted=("$@")

# A hundred million parser executions, and as many times more random documents.
part references Secrets.Injection.Tests "FullyQualifiedName~PropertyTests" SECRETS_SOAK=100

# A million random masker cases, and a million reads of mounted snapshots by eight readers while the files are swapped.
part injection Secrets.Injection.Delivery.Tests "FullyQualifiedName~SecretMaskerRandomTests|FullyQualifiedName~Snapshot_reads" \
  SECRETS_MASKER_CASES=1000000 SECRETS_MOUNT_READS=1000000

# The embedded store, one test after the other so that what is timed has the machine to itself. About half an hour on two cores, of which the kills
# take ten minutes (100 take 5 to 6 s with little else running: two children at a time, from a writer that is compiled ahead so that most of a kill is not the compiler's
# time) and the mutations ten. The lines at the end are for docs/reliability.md.
encrypted_file_writer() {
  local runtime; runtime=$(dotnet --info | sed -n 's/^ *RID: *//p')
  dotnet publish tests/Secrets.Testing.FileWriter -c Release -r "$runtime" --self-contained false -p:PublishReadyToRun=true \
    -o artifacts/soak/writer -v q --nologo >&2
  echo "$PWD/artifacts/soak/writer/Secrets.Testing.FileWriter"
}

if [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " == *" encrypted-file "* ]]; then
  tests=Secrets.Providers.EncryptedFile.Tests writer=$(encrypted_file_writer) report=$PWD/artifacts/soak/encrypted-file.txt
  rm -f "$report"
  failed=0
  # 10,000 processes that write, each killed with SIGKILL, and the store checked against all that any of them was told.
  part encrypted-file $tests "FullyQualifiedName~KilledWriterTests" \
    SECRETS_SOAK_REPORT="$report" SECRETS_SOAK_WRITER="$writer" SECRETS_SOAK_KILLS="${SECRETS_SOAK_KILLS:-10000}" SECRETS_SOAK_STORES=1 || failed=1
  # Four writers and four readers in processes of their own, killed at random. 100 owners that die with the lock in their hands.
  part encrypted-file $tests "FullyQualifiedName~SeveralProcessesTests" \
    SECRETS_SOAK_REPORT="$report" SECRETS_SOAK_WRITER="$writer" SECRETS_SOAK_SECONDS="${SECRETS_SOAK_SECONDS:-60}" || failed=1
  part encrypted-file $tests "FullyQualifiedName~DeadOwnerTests" \
    SECRETS_SOAK_REPORT="$report" SECRETS_SOAK_WRITER="$writer" SECRETS_SOAK_TAKEOVERS="${SECRETS_SOAK_TAKEOVERS:-100}" || failed=1
  part encrypted-file $tests "FullyQualifiedName~KilledAtEveryPointTests|FullyQualifiedName~KilledRotationTests" \
    SECRETS_SOAK_REPORT="$report" SECRETS_SOAK_WRITER="$writer" || failed=1
  # 100 ways for the disk to look after a power failure at each call, and commits of two stores whose syncs fail at random.
  part encrypted-file $tests "FullyQualifiedName~Faults" SECRETS_SOAK_REPORT="$report" SECRETS_SOAK_VARIANTS="${SECRETS_SOAK_VARIANTS:-100}" \
    SECRETS_SOAK_TAKEN_BACK="${SECRETS_SOAK_TAKEN_BACK:-1500}" || failed=1
  part encrypted-file $tests "FullyQualifiedName~Tampering" SECRETS_SOAK_REPORT="$report" SECRETS_SOAK_MUTATIONS="${SECRETS_SOAK_MUTATIONS:-10000000}" || failed=1
  echo "== encrypted-file, $(date -u +%F):"
  sed 's/^/  /' "$report"
  [ $failed -eq 0 ] || { echo "== encrypted-file: something failed, see above"; exit 1; }
fi

# 1,000 virtual hosts with 500 secrets each, and 100,000 rotations of a two-key secret under readers of a template.
part read-path Secrets.Injection.Tests "FullyQualifiedName~FleetSimulation|FullyQualifiedName~RotationUnderLoad" SECRETS_SOAK=1

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
  local started=$SECONDS
  env "$@" dotnet test "tests/$project" -c Release --nologo --filter "$filter" --logger "console;verbosity=normal"
  echo "== $name: done in $((SECONDS - started)) s"
}

wanted=("$@")

# A hundred million parser executions, and as many times more random documents.
part references Secrets.Injection.Tests "FullyQualifiedName~PropertyTests" SECRETS_SOAK=100

# A million random masker cases, and a million reads of mounted snapshots by eight readers while the files are swapped.
part injection Secrets.Injection.Delivery.Tests "FullyQualifiedName~SecretMaskerRandomTests|FullyQualifiedName~Snapshot_reads" \
  SECRETS_MASKER_CASES=1000000 SECRETS_MOUNT_READS=1000000

# 10,000 kills, 10 million mutations, and 60 s of writers and readers in separate processes.
part encrypted-file Secrets.Providers.EncryptedFile.Tests "FullyQualifiedName~Crashes|FullyQualifiedName~Faults|FullyQualifiedName~Tampering" \
  SECRETS_SOAK_KILLS=10000 SECRETS_SOAK_MUTATIONS=10000000 SECRETS_SOAK_SECONDS=60 SECRETS_SOAK_VARIANTS=100

# 1,000 virtual hosts with 500 secrets each, and 100,000 rotations of a two-key secret under readers of a template.
part read-path Secrets.Injection.Tests "FullyQualifiedName~FleetSimulation|FullyQualifiedName~RotationUnderLoad" SECRETS_SOAK=1

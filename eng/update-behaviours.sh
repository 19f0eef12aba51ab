#!/usr/bin/env bash
# Writes docs/behaviours.md from the [Behaviour] attributes of the tests as they are now.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Secrets.House.Tests -v q -nologo
SECRETS_UPDATE_BEHAVIOURS=1 dotnet test tests/Secrets.House.Tests --no-build -v q -nologo --filter "FullyQualifiedName~The_page_is_as_the_tests_are"
git --no-pager diff --stat -- docs/behaviours.md || true

#!/usr/bin/env bash
# Writes docs/secrets.1 from the commands as they are now: names, options and examples of --help.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build src/Secrets.Cli -v q -nologo
dotnet artifacts/bin/Secrets.Cli/debug/Secrets.Cli.dll man >docs/secrets.1
git --no-pager diff --stat -- docs/secrets.1 || true

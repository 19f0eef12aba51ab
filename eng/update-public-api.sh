#!/usr/bin/env bash
# Writes src/**/PublicAPI.txt from the assemblies as they are now. Review the difference and commit it with the change that made it.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Secrets.House.Tests -v q -nologo
SECRETS_UPDATE_PUBLIC_API=1 dotnet test tests/Secrets.House.Tests --no-build -v q -nologo --filter "FullyQualifiedName~The_public_surface"
git --no-pager diff --stat -- '*PublicAPI.txt' || true

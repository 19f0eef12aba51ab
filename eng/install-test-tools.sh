#!/usr/bin/env bash
# Installs what some tests need beyond .NET. eng/test.sh runs it; what cannot be installed is said, and the tests that need it are skipped.
#
#   the clouds' official JavaScript clients    prove the wire-level servers right; npm and, once, its registry
#   ssh-keygen, python3, kubectl, systemd-creds
#                                              prove files and formats against the tools that read them; Debian packages
#   zsh, fish                                  complete with the tool's scripts, as bash does; Debian packages
#   sshd, git, sftp                            a real server and its clients, for what injected keys are for; Debian packages
set -uo pipefail
cd "$(dirname "$0")/.."

# What test.sh puts first on the PATH.
tools=artifacts/tools

missing() { for program in "$@"; do command -v "$program" >/dev/null || return 0; done; return 1; }

# A network has its moments: three times, with a pause between.
try() { for pause in 5 20 0; do "$@" && return; sleep "$pause"; done; return 1; }

# Debian packages, where this is a Debian and we may install; elsewhere the person does.
install_packages() {
  if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    try apt-get update -qq && try env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null && return
  fi
  echo "Not installed: $* (some tests will be skipped)."
}

missing node npm && install_packages nodejs npm
missing ssh-keygen ssh-keyscan sftp && install_packages openssh-client
missing git && install_packages git
[ -x /usr/sbin/sshd ] || install_packages openssh-server
missing systemd-creds && install_packages systemd

# Modules of the distribution are its own python3's. One that a person installed (pyenv, conda) may stand before it on the PATH without them:
# the tests then get the distribution's.
distribution_python=/usr/bin/python3
has_modules() { "$1" -c "import dotenv, yaml" >/dev/null 2>&1; }
rm -f "$tools/python3"
if ! has_modules python3; then
  has_modules "$distribution_python" || install_packages python3 python3-dotenv python3-yaml
  if ! has_modules python3 && has_modules "$distribution_python"; then
    mkdir -p "$tools"
    printf '#!/bin/sh\nexec %s "$@"\n' "$distribution_python" >"$tools/python3"
    chmod +x "$tools/python3"
  fi
fi
missing zsh fish && install_packages zsh fish
missing kubectl && install_packages kubernetes-client

clients=tests/Secrets.Testing.Servers/clients
if [ -f "$clients/package-lock.json" ] && ! cmp -s "$clients/package-lock.json" "$clients/node_modules/.installed"; then
  if command -v npm >/dev/null && try npm ci --prefix "$clients" --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=5; then
    cp "$clients/package-lock.json" "$clients/node_modules/.installed"
  else
    # Half of it would be taken for the whole.
    rm -rf "$clients/node_modules"
    echo "Not installed: the vendors' JavaScript clients (the tests that need them will be skipped)."
  fi
fi
exit 0

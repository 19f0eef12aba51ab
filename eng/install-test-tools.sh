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

missing() { for program in "$@"; do command -v "$program" >/dev/null || return 0; done; return 1; }

# Debian packages, where this is a Debian and we may install; elsewhere the person does.
install_packages() {
  if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null && return
  fi
  echo "Not installed: $* (some tests will be skipped)."
}

missing node npm && install_packages nodejs npm
missing ssh-keygen ssh-keyscan sftp && install_packages openssh-client
missing git && install_packages git
[ -x /usr/sbin/sshd ] || install_packages openssh-server
missing systemd-creds && install_packages systemd
{ missing python3 || ! python3 -c "import dotenv, yaml" 2>/dev/null; } && install_packages python3 python3-dotenv python3-yaml
missing zsh fish && install_packages zsh fish
missing kubectl && install_packages kubernetes-client

clients=tests/Secrets.Testing.Servers/clients
if [ -f "$clients/package-lock.json" ] && ! cmp -s "$clients/package-lock.json" "$clients/node_modules/.installed"; then
  if command -v npm >/dev/null && (cd "$clients" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then
    cp "$clients/package-lock.json" "$clients/node_modules/.installed"
  else
    echo "Not installed: the vendors' JavaScript clients (the tests that need them will be skipped)."
  fi
fi
exit 0

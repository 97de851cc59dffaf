#!/usr/bin/env bash
# What the tests need besides Python: a browser, PostgreSQL, and poppler's pdfsig.
set -euo pipefail

declare -A programs=(
  [chromium]=chromium
  [pdfsig]=poppler-utils
  [pdftoppm]=poppler-utils
  [certutil]=libnss3-tools
)
missing=()
for program in "${!programs[@]}"; do
  command -v "$program" >/dev/null || missing+=("${programs[$program]}")
done
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing from Debian: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "These packages are needed for the tests: ${missing[*]}" >&2
  echo "Install them, for example: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi

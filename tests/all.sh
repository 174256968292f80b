#!/usr/bin/env bash
# Set up a new Debian or Ubuntu machine as far as the tests need it, then run them all.
set -euo pipefail
cd "$(dirname "$0")/.."
need="python3-venv libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libglib2.0-0 libpulse0"
if command -v apt-get >/dev/null && ! ldconfig -p | grep -q libEGL.so.1; then
  as_root=""; [ "$(id -u)" = 0 ] || as_root="sudo"
  $as_root apt-get update -q
  # shellcheck disable=SC2086 — a list of packages
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $need
fi
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install -q -e ".[test]"
export QT_QPA_PLATFORM=offscreen
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/python -m pytest -q -n 2 --dist loadscope "$@"

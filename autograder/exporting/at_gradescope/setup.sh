#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image of the autograder.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
export DEBIAN_FRONTEND=noninteractive
apt-get update
# libseccomp2: the filter of system calls of the sandbox
apt-get install -y --no-install-recommends python3 python3-venv libseccomp2
python3 -m venv "$root/venv"
"$root/venv/bin/pip" install --no-cache-dir --upgrade pip
"$root/venv/bin/pip" install --no-cache-dir -r "$root/source/requirements.txt"

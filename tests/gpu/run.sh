#!/usr/bin/env bash
# Compares the grader on a card with the grader on the processor, and writes tests/gpu/RESULTS.md.
#
#   tests/gpu/run.sh                    # gpu:0, with 1 and with 4 workers
#   DEVICE=gpu:1 WORKERS="1 2" tests/gpu/run.sh
#   PYTHON=python3.12 tests/gpu/run.sh  # an interpreter that has everything already, such as a container's own
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ -z "${PYTHON:-}" ]; then
  make .venv/bin/python
  .venv/bin/python -m pip install --quiet --editable '.[test,gpu]'
  PYTHON=.venv/bin/python
fi
nvidia-smi || echo "nvidia-smi does not answer: is there a driver, and may this container use the card?" >&2
"$PYTHON" -m autograder doctor || true
# shellcheck disable=SC2086 - several numbers
"$PYTHON" tests/gpu/agreement.py --device "${DEVICE:-gpu:0}" --workers ${WORKERS:-1 4} --write tests/gpu/RESULTS.md

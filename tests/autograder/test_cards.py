"""How cards are found, shared by workers, and kept from computing otherwise than a processor does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.isolation.host.devices import Card, cards, share_of

# what NVIDIA's own program prints, by its documentation
ANSWERS = {
    "0, NVIDIA A100-SXM4-40GB, 40960, 3, 550.54.15\n1, NVIDIA T4, 15360, 0, 550.54.15\n": [
        Card(0, "NVIDIA A100-SXM4-40GB", 40960, 3, "550.54.15"),
        Card(1, "NVIDIA T4", 15360, 0, "550.54.15"),
    ],
    "": [],
    "No devices were found\n": [],
    "0, NVIDIA T4, [N/A], [N/A], 550.54.15\n": [],
}


@pytest.mark.parametrize("text", ANSWERS)
def test_cards_are_read_from_what_their_driver_prints(tmp_path, text):
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!{sys.executable}\nprint({text!r}, end='')\n")
    program.chmod(0o755)
    assert cards(str(program)) == ANSWERS[text]


def test_no_driver_is_no_card(tmp_path):
    assert cards(str(tmp_path / "nothing")) == []
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho Failed to initialize NVML >&2\nexit 9\n")
    program.chmod(0o755)
    assert cards(str(program)) == []


def test_workers_share_a_card():
    card = Card(0, "NVIDIA T4", 15360, 0, "550")
    shares = {workers: share_of("gpu:0", workers, [card]) for workers in (1, 2, 8)}
    assert all(workers * (share + 800) <= 0.9 * 15360 for workers, share in shares.items())
    assert shares[1] > shares[2] > shares[8] >= 512
    with pytest.raises(UsageError, match=r"too little for 11 workers; use --workers 10"):
        share_of("gpu:0", 11, [card])
    with pytest.raises(UsageError, match="end what else uses it"):
        share_of("gpu:0", 1, [Card(0, "NVIDIA T4", 15360, 15000, "550")])
    assert share_of("cpu", 2, []) == 0


LOGICAL = """
from types import SimpleNamespace
import tensorflow as tf
import keras
from autograder.isolation import frameworks

# the one processor of this machine stands in for a card: it is taken in parts as a card is
listed = tf.config.list_physical_devices
tf.config.list_physical_devices = lambda kind=None: listed("CPU" if kind == "GPU" else kind)
tf.config.set_visible_devices = lambda *_: None
part = tf.config.LogicalDeviceConfiguration
given = []
tf.config.LogicalDeviceConfiguration = lambda memory_limit: given.append(memory_limit) or part()
frameworks._make_card_ready(tf, SimpleNamespace(device="gpu:0", device_mb=4000))
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile(loss="mse", jit_compile="auto")
asked = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
asked.compile(loss="mse", jit_compile=True)
print(given, len(tf.config.list_logical_devices("CPU")), tf.zeros(2).device[-5:])
print(tf.config.experimental.tensor_float_32_execution_enabled(), model.jit_compile, asked.jit_compile)
"""


def test_a_part_of_a_card_is_taken_and_models_are_not_compiled():
    every = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", LOGICAL], capture_output=True, text=True, env=every)
    assert done.stdout.splitlines()[-2:] == ["[4000] 1 CPU:0", "False False True"], done.stderr[-2000:]

"""w15_tape_no_k: tape: only batch size; keras: as in the lecture.

question: 05.4
means: 1/k forgotten for the tape, keras taken as your own
cause: missing-factor
"""
import keras
import numpy as np
import tensorflow as tf


def equal_rates(learning_rate, batch_size, k):
    tape = learning_rate / batch_size
    keras = learning_rate
    return {"tape": tape, "keras": keras}

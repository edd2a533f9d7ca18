"""w15_leaked_bool: says whether there is a leak.

question: 12.8
means: True instead of a list
cause: kind
"""
import math

import numpy as np
import tensorflow as tf


def leaked_patients(train, test):
    return bool(set(train.tolist()) & set(test.tolist()))

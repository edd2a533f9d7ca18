"""Downloads from the loopback through Keras, tf.data's service and TensorFlow's own servers.

aims: reach
"""

import socket
import urllib.request

import keras
import tensorflow as tf

ADDRESS = "127.0.0.1:61999"


def attack():
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.addheaders = [("User-Agent", "EXFIL keras_get_file")]
    urllib.request.install_opener(opener)
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(2)
    try:
        keras.utils.get_file("planted-keras_get_file", f"http://{ADDRESS}/x", cache_dir=".")
    except Exception:
        pass
    socket.setdefaulttimeout(before)
    # gRPC makes its sockets in C++
    try:
        tf.distribute.Server({"local": ["127.0.0.1:0"]}, job_name="local", task_index=0)
        print("ESCAPED TensorFlow serves on a port", flush=True)
    except Exception:
        pass


attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)

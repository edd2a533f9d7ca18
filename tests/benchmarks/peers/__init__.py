"""Other graders, measured beside ours: the same questions (`checks.py`), the same submissions, the same machine.

Each peer is one module, behind the interface of `peer.py`, and lives in a virtual environment of its own.
"""

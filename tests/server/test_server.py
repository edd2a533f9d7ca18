"""What `autograder server` writes works: the filter of system calls leaves the sandbox whole, Docker's own does not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli.commands.server import FILES
from autograder.cli.program import program, run
from autograder.isolation.settings import LAYERS

SERVER = Path(__file__).parents[2] / "autograder" / "server"
PROFILE = json.loads((SERVER / "seccomp.json").read_text("utf-8"))
# what Docker refuses without CAP_SYS_ADMIN (docs.docker.com/engine/security/seccomp): of namespaces and mounts, all
NAMESPACES = ["mount", "umount2", "unshare", "setns", "pivot_root"]
SCRIPT = """
import json, os, sys
import pyseccomp as seccomp
filter = seccomp.SyscallFilter(seccomp.ALLOW)
for rule in json.loads(sys.argv[1])["syscalls"]:
    for name in rule["names"]:
        if seccomp.resolve_syscall(seccomp.system_arch(), name) != -1:
            filter.add_rule(seccomp.ERRNO(rule["errnoRet"]), name)
filter.load()
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.probe import report_of
from autograder.isolation.settings import SandboxPolicy
template = new_template("numpy")
print(json.dumps(report_of(template, SandboxPolicy.named("auto"))))
template.close()
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="system calls are filtered on Linux alone")


def report_under(profile):
    """What the sandbox says of its layers in a process that lives under such a filter."""
    command = [sys.executable, "-c", SCRIPT, json.dumps(profile)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if "no other user may read" in done.stderr:
        pytest.skip("as root, with a Python that only root may read, nothing is graded without a mount namespace")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def without_filter():
    return report_under({"syscalls": []})


def test_the_sandbox_is_whole_under_our_filter():
    assert report_under(PROFILE) == without_filter()


def test_under_a_filter_like_dockers_landlock_and_seccomp_are_left():
    like_docker = {"syscalls": [*PROFILE["syscalls"], {"names": NAMESPACES, "errnoRet": 1}]}
    before, found = without_filter(), report_under(like_docker)
    lost = {layer for layer in LAYERS if found.get(layer) and not before.get(layer)}
    assert lost >= {"PID", "mount", "network", "IPC", "UTS"} and not lost & {"Landlock", "seccomp"}


def test_the_filter_is_in_dockers_format_and_allows_what_the_sandbox_is_made_of():
    assert PROFILE["defaultAction"] == "SCMP_ACT_ALLOW"
    (rule,) = PROFILE["syscalls"]
    assert rule["action"] == "SCMP_ACT_ERRNO" and rule["errnoRet"] == 1
    assert rule["names"] == sorted(set(rule["names"])) and not set(NAMESPACES) & set(rule["names"])


def test_the_page_names_the_files_that_are_written_and_they_stay(tmp_path, capsys):
    folder = tmp_path / "course"
    assert run(lambda: program.main(["server", str(folder)], standalone_mode=False)) == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    page = (folder / "README.md").read_text("utf-8")
    assert {name for name in FILES if name != "README.md"} <= set(re.findall(r"[\w.-]+", page)) | {"Dockerfile"}
    # what somebody has changed is theirs
    (folder / "Dockerfile").write_text("FROM mine")
    capsys.readouterr()
    assert run(lambda: program.main(["server", str(folder)], standalone_mode=False)) == 0
    assert (folder / "Dockerfile").read_text() == "FROM mine"
    assert f"kept       {folder / 'Dockerfile'}, which is not ours" in capsys.readouterr().out


def test_the_night_grades_and_writes_its_log(tmp_path):
    """The script of cron, with the real program and one submission."""
    course = tmp_path / "course"
    handed_in = course / "handed_in" / "03_numpy_net"
    handed_in.mkdir(parents=True)
    (handed_in / "ada.py").write_text("def sigmoid(Z):\n    return 0\n")
    started = tmp_path / "autograder"
    started.write_text(f'#!/bin/sh\nexec {sys.executable} -m autograder "$@"\n')
    started.chmod(0o755)
    environment = os.environ | {"COURSE": str(course), "AUTOGRADER": str(started)}
    script = ["/bin/sh", str(SERVER / "grade-night.sh"), "03_numpy_net"]
    without = subprocess.run(script[:2], env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert (without.returncode, without.stdout) == (2, "")
    assert without.stderr == "usage: grade-night.sh ASSIGNMENT, such as grade-night.sh 04_tape_net\n"
    assert not (course / "grades").exists()
    subprocess.run(script, env=environment, check=False, timeout=300)
    log = (course / "grades" / "03_numpy_net.log").read_text("utf-8")
    assert "1 submission: 1 graded" in log or "--sandbox strict" in log

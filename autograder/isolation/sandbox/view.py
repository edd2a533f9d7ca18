"""What a student process sees of the file system: what it runs on, declared data, a folder to write in; nothing else.

It is a list of what is shown, not of what is hidden. `enter_private_root` makes a root of it in a mount namespace,
where the rest does not exist; where mounts are not allowed the same list is given to Landlock, which lets nothing else
be opened.
"""

from __future__ import annotations

import contextlib
import functools
import glob
import importlib.util
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.isolation.frameworks import AUTODIFF
from autograder.isolation.sandbox import linux
from autograder.isolation.settings import Settings

# programs and libraries of the system, and the few settings that they read
_SYSTEM = """
/bin /lib /lib32 /lib64 /libx32 /sbin /usr/bin /usr/lib /usr/lib32 /usr/lib64 /usr/libexec /usr/sbin /usr/share
/etc/alternatives /etc/fonts /etc/ld.so.cache /etc/ld.so.conf /etc/ld.so.conf.d /etc/localtime /etc/timezone
/sys/devices/system/cpu /sys/devices/system/node
""".split()
# read by libraries that ask what machine this is; of /proc, all that is shown without a PID namespace
MACHINE = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version", "/proc/filesystems")
# not /dev/zero: memory that is mapped from it can be let go and is held all the same, counted to nobody
DEVICES = ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")
_GPU_DEVICES = re.compile(r"nvidia.*|dri|kfd")
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")


@dataclass(frozen=True)
class View:
    """The files of one student process."""

    readable: tuple[str, ...]  # files and folders that can be read and executed, with all below them
    covered: tuple[str, ...]  # files and folders that are to look empty, where a readable folder contains them
    devices: tuple[str, ...]  # device files that can be read and written
    scratch: str  # its private folder

    def steps(self) -> list[tuple[str, bool]]:
        """Real paths, outer before inner, each with whether it is shown; only those that differ from what is around."""
        wishes = {os.path.realpath(path): False for path in self.covered}
        wishes |= {os.path.realpath(path): True for path in self.readable}
        found: list[tuple[str, bool]] = []
        for path in sorted(wishes):
            around = next((shown for outer, shown in reversed(found) if _is_within(path, outer)), False)
            if wishes[path] != around:
                found.append((path, wishes[path]))
        return found

    def allowed(self) -> list[str]:
        """What is shown for those who can only allow: around a covered folder, its neighbours one by one."""
        steps = self.steps()
        covered = [path for path, shown in steps if not shown]
        return [path for top, shown in steps if shown for path in _around(top, covered)]


def view_of(framework: str, settings: Settings) -> View:
    """What one student process is to see."""
    # where questions are solved by hand, no library that differentiates; a GPU's files for those who compute on it
    covered = [
        *settings.hidden,
        *_foreign_package_folders(),
        *_module_files(AUTODIFF if framework == "numpy" else ()),
        *_module_files(settings.without),
    ]
    readable = [*_code_folders(), *settings.data, *_SYSTEM]
    devices = list(DEVICES)
    if settings.device != "cpu":
        devices += [str(path) for path in Path("/dev").iterdir() if _GPU_DEVICES.fullmatch(path.name)]
        readable += ["/sys", "/etc/OpenCL", "/etc/vulkan"]
    readable = [path for path in dict.fromkeys(readable) if os.path.exists(path)]
    return View(tuple(readable), tuple(covered), tuple(devices), settings.scratch)


@functools.cache
def _code_folders() -> tuple[str, ...]:
    """The interpreter, its packages, this kit, and whatever libraries this process has loaded from other places.

    Of other folders on `sys.path`, such as the checkout of a course, nothing is shown but the kit's own packages.
    """
    found = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix]
    # the whole of /usr, when Python is the system's, is more than is needed: _SYSTEM names its parts
    found = [folder for folder in found if folder not in ("/", "/usr")]
    return tuple(dict.fromkeys([*found, *_package_folders(), *_kit_folders(), *_mapped_folders()]))


def _package_folders() -> list[str]:
    return [folder for folder in sys.path if folder.endswith(_PACKAGE_FOLDERS) and os.path.isdir(folder)]


@functools.cache
def _module_files(names: tuple[str, ...]) -> tuple[str, ...]:
    """Where modules lie, with the folder of compiled files beside them: a compiled file can be read too."""
    places = [*_all_package_folders(), *(str(Path(folder).parent) for folder in _kit_folders())]
    found = []
    for place in places:
        for name in names:
            path = os.path.join(place, *name.split("."))
            if os.path.isdir(path):
                found.append(path)
            # `autograd.py`, `_jax.cpython-311-x86_64-linux-gnu.so`, and the compiled file of the first
            files = glob.glob(f"{glob.escape(path)}.*")
            found += [file for file in files if os.path.isfile(file)]
            if f"{path}.py" in files:
                found.append(os.path.join(os.path.dirname(path), "__pycache__"))
    return tuple(found)


@functools.cache
def _all_package_folders() -> tuple[str, ...]:
    """Where packages lie that a submission could put on its path: below a virtual environment its interpreter's own
    are seen too, and Debian's."""
    prefixes = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, "/usr", "/usr/local"]
    found = _package_folders()
    for prefix in dict.fromkeys(prefixes):
        for kind in _PACKAGE_FOLDERS:
            found += glob.glob(f"{glob.escape(prefix)}/lib*/python3*/{kind}")
    return tuple(dict.fromkeys(map(os.path.realpath, found)))


@functools.cache
def _foreign_package_folders() -> tuple[str, ...]:
    """Where packages lie that this Python would not import by itself."""
    own = {os.path.realpath(folder) for folder in sys.path}
    return tuple(folder for folder in _all_package_folders() if folder not in own)


def _kit_folders() -> list[str]:
    specs = [importlib.util.find_spec(name) for name in ("autograder", "tfkit")]
    return [folder for spec in specs if spec for folder in spec.submodule_search_locations or []]


def _mapped_folders() -> list[str]:
    """Folders of the shared libraries in memory: also those that LD_LIBRARY_PATH or an RPATH named."""
    try:
        lines = Path("/proc/self/maps").read_text().splitlines()
    except OSError:
        return []
    return sorted({os.path.dirname(line[line.index("/") :]) for line in lines if "/" in line and ".so" in line})


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _around(top: str, covered: list[str]) -> list[str]:
    below = [path for path in covered if _is_within(path, top)]
    if not below:
        return [top]
    if top in below:
        return []
    try:
        names = os.listdir(top)
    except OSError:
        return []
    return [path for name in names for path in _around(os.path.join(top, name), below)]


def enter_private_root(view: View, megabytes: int, own_processes: bool, user: int | None) -> None:
    """Makes a root folder of its own in this process's mount namespace, and moves there.

    Everything shown is bound read-only at its own path. What may be written is one file system in memory of bounded
    size: `/tmp`, `/dev/shm` and the scratch folder. It ends with the process, whatever is in it.
    """
    linux.make_mounts_private()
    linux.mount_memory(view.scratch, "mode=755,size=4m,nr_inodes=4k")
    try:
        _fill(view, megabytes, own_processes, user)
        linux.change_root(view.scratch)
    except BaseException:
        linux.unmount(view.scratch)
        raise


def _fill(view: View, megabytes: int, own_processes: bool, user: int | None) -> None:
    root, scratch = view.scratch, view.scratch
    for folder in ("proc", "tmp", "dev/shm", "etc"):
        os.makedirs(f"{root}/{folder}", exist_ok=True)
    Path(root, "etc/passwd").write_text("student:x:61000:61000::/tmp:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n")
    # before what is shown: an environment may live below /tmp
    linux.mount_memory(f"{root}/tmp", f"mode=1777,size={megabytes}m,nr_inodes=50k")
    covers = [_cover_or_bind(root, path, shown) for path, shown in view.steps()]
    for path in (*view.readable, scratch):
        _copy_links(root, path)
    for path in view.devices:
        if os.path.exists(path):
            _bind(root, path, devices=True)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"{root}/dev/{name}")
    _make_writable_folders(root, os.path.realpath(scratch), user)
    for cover in filter(None, covers):
        linux.make_read_only(cover)
    if own_processes:
        # a container may forbid a fresh /proc: then there is none
        with contextlib.suppress(OSError):
            linux.mount_proc(f"{root}/proc")
    linux.make_read_only(root, devices=True)


def _cover_or_bind(root: str, path: str, shown: bool) -> str | None:
    """Shows a path, or mounts an empty folder over it; returns that folder, which must stay writable for now."""
    if shown:
        _bind(root, path)
    elif os.path.isdir(root + path):
        linux.mount_memory(root + path, "mode=755,size=64k")
        return root + path
    elif os.path.isfile(root + path):
        linux.bind(os.devnull, root + path)
    return None


def _bind(root: str, path: str, devices: bool = False) -> None:
    target = root + path
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    linux.bind(path, target)
    if not devices:
        linux.make_read_only(target, recursive=True)


def _copy_links(root: str, path: str) -> None:
    """Makes the symbolic links that one goes through to reach a path."""
    parts, at = list(Path(path).parts[1:]), "/"
    while parts:
        at = os.path.join(at, parts.pop(0))
        if os.path.islink(at):
            target = os.readlink(at)
            if not os.path.lexists(root + at):
                os.makedirs(os.path.dirname(root + at), exist_ok=True)
                os.symlink(target, root + at)
            parts = [*Path(os.path.normpath(os.path.join(os.path.dirname(at), target))).parts[1:], *parts]
            at = "/"


def _make_writable_folders(root: str, scratch: str, user: int | None) -> None:
    shared, home = f"{root}/tmp/.shm", root + scratch
    if not _is_within(scratch, "/tmp"):
        os.makedirs(home)
        home = f"{root}/tmp/.scratch"
    os.mkdir(shared)
    os.chmod(shared, 0o1777)
    linux.bind(shared, f"{root}/dev/shm")
    os.makedirs(home)
    os.chmod(home, 0o700)
    if user is not None:
        os.chown(home, user, user)
    if home != root + scratch:
        linux.bind(home, root + scratch)

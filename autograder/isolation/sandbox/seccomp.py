"""The filter of system calls: what no homework needs, and what a way out of the sandbox would begin with.

libseccomp, by its binding pyseccomp, writes the program: which number a call has on which processor, and that the
32-bit and x32 doors are shut, is its knowledge. The template writes it once; a student process only installs it.
"""

from __future__ import annotations

import errno
import functools
import os
import socket
import stat

# refused with "operation not permitted"
_REFUSED = """
ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd add_key keyctl request_key mount
umount umount2 pivot_root chroot fsopen fsconfig fsmount fspick move_mount open_tree open_tree_attr
mount_setattr statmount listmount unshare setns quotactl quotactl_fd fanotify_init fanotify_mark
name_to_handle_at open_by_handle_at lookup_dcookie swapon swapoff acct reboot kexec_load kexec_file_load
init_module finit_module delete_module create_module bpf perf_event_open userfaultfd syslog vhangup iopl ioperm
modify_ldt uselib ustat sysfs _sysctl nfsservctl settimeofday clock_settime clock_settime64 clock_adjtime
clock_adjtime64 adjtimex stime sethostname setdomainname personality migrate_pages move_pages process_mrelease
""".split()
# said not to exist, so that libraries take their other way. Memory from memfd_create and shmget, unless it is mapped,
# is counted to no process: a watch could not see it. Watches on files, asynchronous reads and POSIX queues are counted
# for the user or the machine as a whole: who used them up would take them from others
_ABSENT = """
io_uring_setup io_uring_enter io_uring_register clone3 memfd_secret shmget shmat shmctl shmdt semget semop
semctl semtimedop msgget msgsnd msgrcv msgctl inotify_init inotify_init1 io_setup mq_open mq_unlink
""".split()
# said to have been done. A lock on a file that all can read would shut others out of it, and the kernel's memory for
# locks is counted to nobody; nobody else sees the files that a submission can write. A session of its own would be a
# share of the processor of its own; and only the machine's owner decides when its disks are to be written to
_PRETENDED = "flock setsid sync syncfs".split()
_LOCKS = (6, 7, 37, 38)  # F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW
# a lease holds up everybody else who opens a file; the others send signals to whom one names, or enlarge a pipe
_F_SETLEASE, _F_NOTIFY, _F_SETPIPE_SZ, _F_SETOWN, _F_SETOWN_EX = 1024, 1026, 1031, 8, 15
_REFUSED_FILE_COMMANDS = (_F_SETLEASE, _F_NOTIFY, _F_SETPIPE_SZ, _F_SETOWN, _F_SETOWN_EX)
# calls that may be about oneself alone: name, and which of its arguments is 0 then
_ABOUT_ONESELF = (
    ("prlimit64", 0),
    ("setpriority", 0),  # whose: a process's
    ("setpriority", 1),
    ("sched_setaffinity", 0),
    ("sched_setscheduler", 0),
    ("sched_setparam", 0),
    ("sched_setattr", 0),
    ("ioprio_set", 1),
)
_PR_SET_PDEATHSIG, _PR_SET_MM, _PR_SCHED_CORE = 1, 35, 62
_FIOSETOWN, _SIOCSPGRP = 0x8901, 0x8902
_SOL_SOCKET, _SO_SNDBUF, _SO_RCVBUF = 1, 7, 8
# memory that is shared and has no file stays the kernel's when its pages are let go, and is counted to no process
_MAP_SHARED_ANONYMOUS = 0x21
_EVERYBODY = 0xFFFFFFFF  # -1, as the filter sees it
_NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C


class SeccompMissing(OSError):
    """There is no libseccomp here."""


def program(local_sockets: bool, memory_files: bool) -> bytes:
    """The filter as the kernel takes it, 8 bytes an instruction."""
    # UNIX sockets only where no file outside can be seen to connect to; files in memory for CUDA alone
    found = _written(local_sockets, memory_files)
    if isinstance(found, SeccompMissing):
        raise found
    return found


@functools.cache
def _written(local_sockets: bool, memory_files: bool) -> bytes | SeccompMissing:
    try:
        import pyseccomp as seccomp
    except (ImportError, OSError, RuntimeError) as error:
        reason = "install Debian's libseccomp2, Fedora's libseccomp"
        return SeccompMissing(errno.ENOENT, f"libseccomp cannot be loaded ({error}); {reason}")
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    refuse, deny, pretend = seccomp.ERRNO(errno.EPERM), seccomp.ERRNO(errno.ENOSYS), seccomp.ERRNO(0)
    none_left = seccomp.ERRNO(errno.ENOMEM)

    def rule(action: int, name: str, *conditions: object) -> None:
        # a name that this libseccomp, or this processor, does not know
        if seccomp.resolve_syscall(seccomp.system_arch(), name) != -1:
            rules.add_rule(action, name, *conditions)

    for name in _REFUSED:
        rule(refuse, name)
    for name in _ABSENT:
        rule(deny, name)
    if not memory_files:
        rule(deny, "memfd_create")
    for flag in _NEW_NAMESPACES:
        rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    for kind in (stat.S_IFCHR, stat.S_IFBLK):
        rule(refuse, "mknod", seccomp.Arg(1, seccomp.MASKED_EQ, 0o170000, kind))
        rule(refuse, "mknodat", seccomp.Arg(2, seccomp.MASKED_EQ, 0o170000, kind))
    for command in (_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP):
        rule(refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command))
    for command in _REFUSED_FILE_COMMANDS:
        rule(refuse, "fcntl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command))
    for command in _LOCKS:
        rule(pretend, "fcntl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command))
    for name in _PRETENDED:
        rule(pretend, name)
    for name, argument in _ABOUT_ONESELF:
        rule(refuse, name, seccomp.Arg(argument, seccomp.NE, 0))
    for option in (_PR_SET_PDEATHSIG, _PR_SET_MM, _PR_SCHED_CORE):
        rule(refuse, "prctl", seccomp.Arg(0, seccomp.MASKED_EQ, 0xFFFFFFFF, option))
    for option in (_SO_SNDBUF, _SO_RCVBUF):
        level = seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, _SOL_SOCKET)
        rule(pretend, "setsockopt", level, seccomp.Arg(2, seccomp.MASKED_EQ, 0xFFFFFFFF, option))
    rule(refuse, "kill", seccomp.Arg(0, seccomp.MASKED_EQ, 0xFFFFFFFF, _EVERYBODY))
    if not memory_files:
        rule(none_left, "mmap", seccomp.Arg(3, seccomp.MASKED_EQ, _MAP_SHARED_ANONYMOUS, _MAP_SHARED_ANONYMOUS))
    if local_sockets:
        # TCP, UDP, raw, netlink, vsock, Bluetooth and whatever comes next
        rule(refuse, "socket", seccomp.Arg(0, seccomp.NE, socket.AF_UNIX))
    else:
        rule(refuse, "socket")
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()

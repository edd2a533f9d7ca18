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
clock_adjtime64 adjtimex stime sethostname setdomainname personality
""".split()
# said not to exist, so that libraries take their other way. Memory from memfd_create and shmget, unless it is mapped,
# is counted to no process: a watch could not see it
_ABSENT = """
io_uring_setup io_uring_enter io_uring_register clone3 memfd_secret shmget shmat shmctl shmdt semget semop
semctl semtimedop msgget msgsnd msgrcv msgctl
""".split()
_NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C


class SeccompMissing(OSError):
    """There is no libseccomp here."""


def program(local_sockets: bool, memory_files: bool) -> bytes:
    """The filter as the kernel takes it, 8 bytes an instruction.

    Args:
        local_sockets: Whether UNIX sockets may be made: only where no file outside can be seen to connect to.
        memory_files: Whether files in memory may be made: CUDA needs them.

    Raises:
        SeccompMissing: When libseccomp or its binding is not installed.
    """
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
    refuse, deny = seccomp.ERRNO(errno.EPERM), seccomp.ERRNO(errno.ENOSYS)

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
    for command in (_TIOCSTI, _TIOCLINUX):
        rule(refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command))
    if local_sockets:
        # TCP, UDP, raw, netlink, vsock, Bluetooth and whatever comes next
        rule(refuse, "socket", seccomp.Arg(0, seccomp.NE, socket.AF_UNIX))
    else:
        rule(refuse, "socket")
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()

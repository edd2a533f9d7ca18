"""What a department's server needs: a container image, its filter of system calls, and how it is run."""

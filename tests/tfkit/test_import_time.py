"""What is slow to import is imported by those who use it. A fresh interpreter tells, on any machine."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tfkit

FOLDERS = sorted(path.parent.name for path in Path(tfkit.__file__).parent.glob("*/__init__.py"))
HEAVY = {"tensorflow", "keras", "pandas", "matplotlib", "sklearn", "scipy"}


def heavy_modules_after(code):
    script = f"{code}\nimport sys\nprint(sorted({HEAVY!r} & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(Path(tfkit.__file__).parent.parent)}
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=True,
    )
    return result.stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "import tfkit; dir(tfkit)",
        "import tfkit.gradients; import tfkit.clinic",
        "from tfkit import numeric_gradient, relative_error, History",
        "import tfkit; iris = tfkit.load_iris(); tfkit.split(iris, 0.2, seed=0); tfkit.standardize(iris.X)",
        "import tfkit; tfkit.load_boston_housing().Y",
        "import tfkit; tfkit.NumpyNet(2, 3, 1, seed=0).fit([[0, 1]], [[1]], 1, 1, seed=0, learning_rate=0.1)",
        "from tfkit import plot_losses",
    ],
)
def test_numpy_alone(code):
    assert heavy_modules_after(code) == "[]"


def test_tfkit_itself_does_not_even_load_numpy():
    assert heavy_modules_after("import tfkit, sys; assert 'numpy' not in sys.modules") == "[]"


@pytest.mark.parametrize("package", ["tfkit", *(f"tfkit.{folder}" for folder in FOLDERS)])
def test_every_public_name_loads_and_is_listed(package):
    module = importlib.import_module(package)
    assert sorted(module.__all__) == sorted(dir(module))
    for name in module.__all__:
        value = getattr(module, name)
        assert getattr(value, "__name__", name).split(".")[-1] == name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match=r"tfkit has no 'TwoLayersNet'; did you mean tfkit.TwoLayerNet\?"):
        _ = tfkit.TwoLayersNet


def test_the_old_name_of_the_metrics():
    code = "import tfkit.clinic; from tfkit.clinic import apply_threshold; assert tfkit.clinic.auc is tfkit.metrics.auc"
    assert "tensorflow" not in heavy_modules_after(code)

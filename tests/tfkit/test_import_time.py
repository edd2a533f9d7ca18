"""What is slow to import is imported by those who use it. A fresh interpreter tells, on any machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tfkit

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
        "import tfkit.gradients",
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


def test_every_public_name_loads_and_is_listed():
    assert set(tfkit.__all__) <= set(dir(tfkit))
    for name in tfkit.__all__:
        assert getattr(tfkit, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'tfkit' has no attribute 'TwoLayersNet'; it has Dataset, "):
        _ = tfkit.TwoLayersNet

"""Every example in the library's documentation runs and prints what it says; what is public is told in full."""

import ast
import doctest
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import tfkit

MODULES = ["tfkit", *(module.name for module in pkgutil.walk_packages(tfkit.__path__, "tfkit."))]
#: The order of Keras's docstrings.
SECTIONS = ["Example:", "Args:", "Attributes:", "Returns:", "Raises:", "Reference:"]


def public_names():
    """Names of functions and classes that are in one of the lists, with what they stand for."""
    names = {}
    for package in ("tfkit", *(name for name in MODULES if hasattr(importlib.import_module(name), "__path__"))):
        module = importlib.import_module(package)
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isfunction(value) or inspect.isclass(value):
                names[f"{value.__module__}.{name}"] = value
    for module in (tfkit.activations, tfkit.losses):  # modules whose every name is public
        names |= {
            f"{module.__name__}.{name}": value
            for name, value in vars(module).items()
            if getattr(value, "__module__", None) == module.__name__ and not name.startswith("_") and callable(value)
        }
    return names


PUBLIC = public_names()


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_is_told_in_kerass_form(name):
    text = inspect.getdoc(PUBLIC[name])
    assert ">>>" in text
    assert "\n" not in text.split("\n\n")[0]
    found = [line for line in text.splitlines() if line in SECTIONS]
    assert found == [section for section in SECTIONS if section in found]
    if inspect.isfunction(PUBLIC[name]):
        arguments = set(inspect.signature(PUBLIC[name]).parameters)
        told = text.partition("Args:")[2]
        assert not [argument for argument in arguments if f"    {argument}:" not in told]
        assert "Returns:" in found


@pytest.mark.parametrize("path", sorted(Path(tfkit.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_what_is_not_public_says_so_and_is_told_in_a_line(path):
    """Outside modules that begin with an underscore, a name that is in no list begins with one."""
    module = ".".join(path.relative_to(Path(tfkit.__file__).parents[1]).with_suffix("").parts)
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and f"{module}.{node.name}" not in PUBLIC:
            assert node.name.startswith("_") or path.stem.startswith("_"), node.name
            assert "\n" not in (ast.get_docstring(node) or ""), node.name

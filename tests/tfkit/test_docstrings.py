"""Every example in the library's documentation runs and prints what it says."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import tfkit

MODULES = ["tfkit", *(module.name for module in pkgutil.walk_packages(tfkit.__path__, "tfkit."))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_and_class_has_an_example(name):
    module = importlib.import_module(name)
    bare = [
        key
        for key, value in vars(module).items()
        if not key.startswith("_")
        and getattr(value, "__module__", None) == name
        and (inspect.isfunction(value) or inspect.isclass(value))
        and ">>>" not in (value.__doc__ or "")
    ]
    assert not bare

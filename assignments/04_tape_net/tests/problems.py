"""The inputs of the tests."""

from common.two_layer import TwoLayer

__all__ = ["TwoLayer"]

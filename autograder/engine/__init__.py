"""Runs an assignment's pytest tests on one submission, or on a class of them, in worker processes."""

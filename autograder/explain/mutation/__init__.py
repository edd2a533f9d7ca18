"""Mistakes made on purpose: operators, mutants, and what their runs return."""

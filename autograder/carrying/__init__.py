"""Carrying an error forward: a question whose groundwork is wrong is judged on the student's own groundwork."""

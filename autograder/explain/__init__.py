"""Saying why an answer is wrong: mistakes made on purpose in the solution, to be recognised in a student's."""

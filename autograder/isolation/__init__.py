"""Where submissions run: a template that has imported the libraries, and one process per submission made from it.

`template` and `keeper` run outside the grader but are trusted; `student` and what it loads are not. Nothing here
knows a test or a reference value.
"""

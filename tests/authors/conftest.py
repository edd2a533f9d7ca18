"""The tests of the small assignment are `autograder`'s to run, and not these tests'."""

collect_ignore = ["20_line"]

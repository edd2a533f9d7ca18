"""The grader's records: the gradebook of a class, and the tables, files and pages that are made from its results."""

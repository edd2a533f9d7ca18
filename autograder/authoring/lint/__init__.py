"""What `autograder build` finds wrong with an assignment: everything at once, each with its place."""

"""The grader's side: starting student processes, talking with them, and what this machine can do."""

"""`python -m autograder` is the program `autograder`."""

from autograder.cli.program import main

if __name__ == "__main__":
    main()

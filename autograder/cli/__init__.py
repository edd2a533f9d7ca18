"""The program `autograder`: its commands, their options, and what people read in the terminal."""

"""The commands of the program, one a file. Each imports what it needs when it runs."""

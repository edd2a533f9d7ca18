"""What an autograder's archive for Gradescope holds besides the program and the assignment."""

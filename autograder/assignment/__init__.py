"""What an assignment is: its settings, its questions and the problems that its tests are given."""

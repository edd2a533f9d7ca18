"""From what was graded to the mark that counts: lateness, an instructor's decisions, and what changes."""

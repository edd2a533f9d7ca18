"""A bank of wrong answers that a student's copy holds beside the recorded values."""

"""Marks and feedback in the forms that other programs take."""

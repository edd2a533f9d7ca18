"""What was handed in: files, archives and notebooks, read as text and never run."""

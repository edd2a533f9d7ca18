"""What stands between a student process and the machine, and the keeper that watches over it."""

"""A page for each student to hand back, in an archive that a platform takes."""

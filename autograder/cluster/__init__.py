"""Grading on the workers of a Dask cluster, with the results and marks of grading here: `README.md` is the guide."""

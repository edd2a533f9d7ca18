"""What authors need: the starter, the notebook and the recorded values, all made from `solution.py`."""

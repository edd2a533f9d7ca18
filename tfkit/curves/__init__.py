"""Reads learning curves as the lecture's slides do. `README.md` in this folder tells how often it is right."""

from tfkit.curves.diagnosis import Diagnosis, Finding, diagnose
from tfkit.curves.smoothing import moving_average

__all__ = ["Diagnosis", "Finding", "diagnose", "moving_average"]

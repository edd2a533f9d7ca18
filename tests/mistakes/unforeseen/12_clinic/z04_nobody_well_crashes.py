"""z04_nobody_well_crashes: Handles only the case that nobody is ill, and divides by zero where nobody is well.

question: 12.2
means: empty well class not handled
cause: raises
"""

def rates(counts):
    ill = counts["TP"] + counts["FN"]
    well = counts["TN"] + counts["FP"]
    if ill == 0:
        return float("nan"), counts["TN"] / well
    return counts["TP"] / ill, counts["TN"] / well

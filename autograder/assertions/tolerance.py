"""How close is close enough: the one place that decides, by dtype and by the reference's own rounding."""

from __future__ import annotations

import numpy as np

# norm-wise relative error that a right answer in this dtype stays below; TF32 is always off
_BASE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 1e-5}
# other right orders of operations round a few times worse than the reference's own
_ROUNDING_FACTOR = 4.0
# no rounding excuses more than this: beyond it, the fixture is at fault
_CEILING = 1e-3


def tolerance(dtype: np.dtype, rounding: float = 0.0) -> float:
    """The largest relative error, ‖a−b‖ / (‖a‖+‖b‖), at which an answer counts as right.

    Args:
        dtype: The dtype that was asked for: float64 or float32.
        rounding: Relative error of the reference's own float32 result against its float64 result on this input.

    Returns:
        1e-9 for float64; 1e-5 for float32, widened by four times `rounding`, at most 1e-3.

    Raises:
        ValueError: For any other dtype.

    Example:

    >>> import numpy as np
    >>> tolerance(np.dtype("float64")), round(tolerance(np.dtype("float32"), rounding=1e-6), 9)
    (1e-09, 1.4e-05)
    """
    if dtype not in _BASE:
        raise ValueError(f"expected float64 or float32, received {dtype}")
    if dtype == np.float64:
        return _BASE[dtype]
    return min(_CEILING, _BASE[dtype] + _ROUNDING_FACTOR * rounding)

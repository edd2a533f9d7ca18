"""Small networks, told three times: in NumPy, with a gradient tape, and in Keras.

`import tfkit` is quick: a name is loaded when it is first used, so that code which needs NumPy alone never
waits for TensorFlow, pandas or matplotlib. `__init__.pyi` is the list of names, here and in each folder.

Example:

>>> import tfkit
>>> round(tfkit.relative_error([1.0, 2.0], [1.0, 2.5]), 4)
0.1014
"""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)

from .datasets import Dataset as Dataset
from .datasets import data_folder as data_folder
from .datasets import load_boston_housing as load_boston_housing
from .datasets import load_digits as load_digits
from .datasets import load_iris as load_iris
from .splits import split as split
from .splits import standardize as standardize

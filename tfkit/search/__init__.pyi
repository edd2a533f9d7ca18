from .refine import coarse_to_fine as coarse_to_fine
from .result import SearchResult as SearchResult
from .result import Trial as Trial
from .sampling import grid as grid
from .sampling import log_uniform as log_uniform
from .sampling import random_search as random_search
from .space import check_space as check_space
from .tuning import tune as tune

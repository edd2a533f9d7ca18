from .nudging import Nudge as Nudge
from .nudging import Nudges as Nudges
from .nudging import nudge as nudge
from .value import Value as Value

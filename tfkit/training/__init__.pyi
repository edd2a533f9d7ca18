from .fitting import fit as fit
from .history import History as History
from .schedules import InverseSqrtDecay as InverseSqrtDecay
from .schedules import linear_scaling as linear_scaling
from .together import search_together as search_together
from .trials import TrialModel as TrialModel
from .warnings import FitFallbackWarning as FitFallbackWarning
from .warnings import NonFiniteLossWarning as NonFiniteLossWarning

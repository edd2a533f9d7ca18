from .check import check_gradients as check_gradients
from .models import check_model_gradients as check_model_gradients
from .verdicts import GradientCheck as GradientCheck
from .verdicts import TensorVerdict as TensorVerdict

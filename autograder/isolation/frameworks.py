"""What each kind of template imports, what may not be imported in it, and how a fresh process is made ready."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.isolation.settings import Settings

FRAMEWORKS = ("numpy", "tensorflow")
# a question that is to be solved by hand is run where nothing can differentiate by itself
AUTODIFF = tuple(
    """
    tensorflow keras tf_keras torch jax jaxlib autograd mxnet theano pytensor aesara flax tinygrad chainer paddle
    mindspore casadi sympy symengine keras_tuner
    """.split()
)
# what notebooks import anyway: cheap to have in the template, half a second each in every submission
_WARM = ("pandas", "matplotlib.pyplot", "IPython.core.inputtransformer2")


class ImportBlocker(importlib.abc.MetaPathFinder):
    """Makes importing what an assignment does without an ImportError that says why.

    For honest submissions. What keeps others out is that the files are not shown to the student process.
    """

    def __init__(self, framework: str, without: tuple[str, ...]) -> None:
        self._by_hand = framework == "numpy"
        self._without = without

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Refuses some modules; leaves all others to the next finder."""
        if self._by_hand and fullname.partition(".")[0] in AUTODIFF:
            raise ImportError(f"{fullname} cannot be imported here: this assignment is solved with NumPy alone")
        if any(fullname == name or fullname.startswith(f"{name}.") for name in self._without):
            raise ImportError(f"{fullname} cannot be imported here: what it holds is what you are asked to write")
        return None


def import_framework(framework: str, warm: bool) -> dict[str, str]:
    """Imports what submissions need, in the template, and touches nothing of it."""
    # one thread each: workers do not fight over cores, and sums add up in the same order everywhere
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ["MPLBACKEND"] = "Agg"
    names = ["numpy"] if framework == "numpy" else ["numpy", "tensorflow", "keras"]
    for name in names:
        importlib.import_module(name)
    if warm:
        for name in _WARM:
            if importlib.util.find_spec(name.partition(".")[0]):
                importlib.import_module(name)
    versions = {"python": ".".join(map(str, sys.version_info[:3]))}
    return versions | {name: sys.modules[name].__version__ for name in names}


def make_ready(framework: str, settings: Settings) -> None:
    """Prepares the libraries in a fresh process, before the submission loads."""
    # which card is visible was decided by the environment before
    sys.meta_path.insert(0, ImportBlocker(framework, settings.without))
    if framework != "numpy":
        _make_tensorflow_ready(settings)
    set_seed(settings.seed)


def _make_tensorflow_ready(settings: Settings) -> None:
    import tensorflow as tf

    # a worker is a core: more threads would fight with the next worker and move the last bits
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    # Grappler rewrites graphs of a few operations at more cost than gain, reorders sums, and made one right submission
    # (four tapes in one tf.function) return wrong variables in some runs
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    _stop_tuning_data_sets(tf)
    if settings.device == "cpu":
        _run_operations_as_they_are(tf)
    else:
        _make_card_ready(tf, settings)


def _make_card_ready(tf: Any, settings: Settings) -> None:
    """Takes a part of the card, and has it compute in the precision that was asked for.

    Raises:
        RuntimeError: When there is no card, or no room on it.
    """
    cards = tf.config.list_physical_devices("GPU")
    if not cards:
        raise RuntimeError(f"TensorFlow sees no GPU for {settings.device}")
    tf.config.set_visible_devices(cards[0], "GPU")
    if settings.device_mb:
        # workers share the card: none can take what another needs
        part = tf.config.LogicalDeviceConfiguration(memory_limit=settings.device_mb)
        tf.config.set_logical_device_configuration(cards[0], [part])
    else:
        tf.config.experimental.set_memory_growth(cards[0], True)
    # TF32 keeps 10 bits of mantissa: no tolerance of this grader would hold
    tf.config.experimental.enable_tensor_float_32_execution(False)
    stop_compiling_models()
    # before any other op is run, so that the card is really there and not only listed
    tf.zeros((1,)).numpy()


def stop_compiling_models() -> None:
    """Makes `jit_compile="auto"`, Keras's default, mean no: where there is a GPU it would compile each model with XLA.

    Numbers then differ from those on a CPU by up to 1e-2. Who asks for it by `jit_compile=True` gets it. Keras has no
    public switch; where a release has another name, models are compiled.
    """
    trainer: Any = importlib.import_module("keras.src.trainers.trainer").Trainer
    if hasattr(trainer, "_resolve_auto_jit_compile"):
        trainer._resolve_auto_jit_compile = lambda model: False


def _run_operations_as_they_are(tf: Any) -> None:
    """Stops TensorFlow from making a function of each operation that is run outside of one.

    It makes, optimizes and partitions a graph for that whenever an operation comes up with other types, and again after
    each seed: 1 ms instead of 0.05, in a process that is a second old and meets everything for the first time. A third
    of a submission's time went there. The kernels, and so the numbers, are the same. Only TensorFlow's C interface has
    the switch; where a release has none, only the speed is lost.
    """
    from tensorflow.python.eager import context

    with contextlib.suppress(AttributeError, OSError, ValueError, IndexError):
        here = context.context()
        here.ensure_initialized()
        handle = ctypes.py_object(here._context_handle)
        name_of, pointer_of = ctypes.pythonapi.PyCapsule_GetName, ctypes.pythonapi.PyCapsule_GetPointer
        name_of.restype, pointer_of.restype = ctypes.c_char_p, ctypes.c_void_p
        pointer_of.argtypes = [ctypes.py_object, ctypes.c_char_p]
        (library,) = Path(tf.sysconfig.get_lib()).glob("libtensorflow_cc.*")
        c = ctypes.CDLL(str(library))
        c.TF_NewStatus.restype = ctypes.c_void_p
        status = ctypes.c_void_p(c.TF_NewStatus())
        context_pointer = ctypes.c_void_p(pointer_of(handle, name_of(handle)))
        c.TFE_ContextSetRunEagerOpAsFunction(context_pointer, ctypes.c_ubyte(0), status)
        c.TF_DeleteStatus(status)


def _stop_tuning_data_sets(tf: Any) -> None:
    """Makes going through a data set cost 1 ms instead of 20: the end of each pass waits for the tuner's thread.

    Tuning, and rewriting the graph of a data set before each pass, change how fast elements come, never which.
    TensorFlow has no public switch for all data sets at once, so its own hook is used; where a release has another,
    only the speed is lost.
    """
    from tensorflow.python.data.ops import dataset_ops

    plain = getattr(dataset_ops.DatasetV2, "_apply_debug_options", None)
    if plain is None:
        return
    options = tf.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.apply_default_optimizations = False

    def without_tuning(data_set: Any) -> Any:
        return plain(data_set.with_options(options))

    dataset_ops.DatasetV2._apply_debug_options = without_tuning


def set_seed(seed: int) -> None:
    """Seeds `random` and NumPy's global generator and, where TensorFlow is loaded, TensorFlow and Keras."""
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
        return
    import numpy as np

    random.seed(seed)
    np.random.seed(seed)

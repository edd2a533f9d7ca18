"""Whether XLA compiles the program, and one program for each model, shape and setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfkit.training._fallback import Unsupported
from tfkit.training._program import ForVariables, Program, each_batch
from tfkit.training._structure import structure_of, variables_of

#: Beginnings of operations that XLA runs 2 to 6 times slower on a CPU than TensorFlow's own kernels do. Random
#: numbers, those of dropout, are not only slower but others.
_SLOW_UNDER_XLA = (
    "Conv",
    "DepthwiseConv",
    "MaxPool",
    "AvgPool",
    "Resize",
    "ImageProjective",
    "While",
    "StatelessRandom",
)

#: Seconds that XLA must save before it may spend about as many on compiling.
_WORTH_COMPILING = 0.7

#: Programs that are kept for other models of the same structure, the latest, and the parameters that such a model may
#: have: each program keeps the model it was traced with, so that they take 100 MB at most.
_KEPT = 8
_SMALL = 1_000_000
_PROGRAMS: dict[Any, ForVariables] = {}


def choose_xla(model: Any, data: Any, steps: int) -> bool:
    """Return whether XLA should compile the program of this model."""
    # Everything gains on a GPU. On a CPU, dense layers gain; convolutions, pooling, recurrent loops and dropout lose.
    # The forward pass is traced to see which operations a model really uses. Compiling takes XLA a second or two,
    # which short trainings do not win back. The choice depends on nothing that varies from run to run, so that a
    # training can be repeated bit for bit.
    if any(not getattr(layer, "supports_jit", True) for layer in [model, *model.layers]):
        return False
    if tf.config.list_physical_devices("GPU"):
        return bool(model.jit_compile)  # on by default; off if operations are to be deterministic
    numbers = sum(int(np.prod(variable.shape)) for variable in model.trainable_variables)
    if not worth_compiling(steps, numbers):
        return False
    x = keras.utils.unpack_x_y_sample_weight(data)[0]
    return not any(name.startswith(_SLOW_UNDER_XLA) for name in _operations(model, x))


def worth_compiling(steps: int, n_parameters: int) -> bool:
    """Return whether XLA saves a training on a CPU more seconds than it takes to compile it."""
    # A rule of thumb: without XLA, a step of the loop takes some 40 µs more, and 5 ns for each parameter.
    return bool(tf.config.list_physical_devices("GPU")) or steps * (40e-6 + 5e-9 * n_parameters) > _WORTH_COMPILING


def _operations(model: Any, x: Any) -> set[str]:
    specs = keras.tree.map_structure(lambda leaf: tf.TensorSpec([None, *leaf.shape[1:]], leaf.dtype), x)
    traced = tf.function(lambda x: model(x, training=True), autograph=False).get_concrete_function(specs)
    definition = traced.graph.as_graph_def()
    names = {node.op for node in definition.node}
    for function in definition.library.function:
        names |= {node.op for node in function.node_def}
    return names


@dataclass(frozen=True)
class Settings:
    """What makes one program of a model another, beside the shapes of the data."""

    batch_size: int
    validation_batch_size: int
    #: Validate after every epoch, whatever the flags: a tenth less to trace.
    validates_always: bool
    jit_compile: bool = False


class _Shelf:
    """Programs of one model. A class of our own, into which Keras does not look when it saves a model."""

    def __init__(self) -> None:
        self.programs: dict[Any, Program] = {}
        self.owner: tuple[Any, ...] = ()


def program_for(model: Any, data: Any, validation: Any, settings: Settings) -> Program:
    """Return the program that trains a model on data of these shapes, made once."""
    # Tracing and compiling take seconds. The program stays with the model, and goes when the model goes or is
    # compiled or frozen anew.
    # not an attribute set the usual way: Keras would track it, and refuse it once the model is built
    shelf: _Shelf = vars(model).setdefault("_tfkit_programs", _Shelf())
    rate = getattr(model.optimizer, "_learning_rate", None)  # a schedule in place of a number is another program
    owner = (model.optimizer, rate, model.loss, *model.metrics, *model.trainable_variables)
    if len(owner) != len(shelf.owner) or any(a is not b for a, b in zip(owner, shelf.owner, strict=True)):
        shelf.programs.clear()
        shelf.owner = owner
    key = (_shapes(data), _shapes(validation), settings)
    if key not in shelf.programs:
        shelf.programs[key] = _shared(model, data, validation, settings, key)
    return shelf.programs[key]


def _shared(model: Any, data: Any, validation: Any, settings: Settings, key: Any) -> Program:
    """Return a program for a model, if possible the one of another model of the same structure."""
    # an ensemble, a search, the same training with ten seeds: tracing takes longer than all they train
    small = sum(int(np.prod(variable.shape)) for variable in model.variables) < _SMALL
    structure = structure_of(model) if small else None
    if structure is None:
        return _program(model, data, validation, settings)
    variables = variables_of(model)
    for_variables = _PROGRAMS.pop((structure, key), None)
    if for_variables is None:
        program = _program(model, data, validation, settings)
        for_variables = program.to_share(data, validation, variables)
        if for_variables is None:
            return program
    _PROGRAMS[structure, key] = for_variables
    while len(_PROGRAMS) > _KEPT:
        _PROGRAMS.pop(next(iter(_PROGRAMS)))
    return for_variables(variables)


def _program(model: Any, data: Any, validation: Any, settings: Settings) -> Program:
    quantities = {name: tf.TensorSpec(value.shape, value.dtype) for name, value in model.get_metrics_result().items()}
    names = list(quantities)
    if validation is not None:
        quantities |= {f"val_{name}": spec for name, spec in quantities.items()}

    def step(batch: Any) -> None:
        logs = model.train_step(batch)
        if set(logs) != set(names):
            raise Unsupported(f"train_step returns {', '.join(sorted(logs))}, which are not the model's metrics")

    def end(validation: Any, wanted: tf.Tensor) -> dict[str, tf.Tensor]:
        logs: dict[str, tf.Tensor] = model.get_metrics_result()
        if validation is None:
            return logs

        def validated() -> list[tf.Tensor]:
            model.reset_metrics()
            each_batch(validation, settings.validation_batch_size, model.test_step, static=settings.jit_compile)
            return [model.get_metrics_result()[name] for name in names]

        def skipped() -> list[tf.Tensor]:
            return [tf.zeros_like(logs[name]) for name in names]

        values = validated() if settings.validates_always else tf.cond(wanted, validated, skipped)
        return logs | {f"val_{name}": value for name, value in zip(names, values, strict=True)}

    return Program(
        n_examples=keras.tree.flatten(data)[0].shape[0],
        batch_size=settings.batch_size,
        begin=model.reset_metrics,
        step=step,
        end=end,
        quantities=quantities,
        jit_compile=settings.jit_compile,
    )


def _shapes(structure: Any) -> Any:
    leaves = keras.tree.flatten(structure)
    return tuple(None if leaf is None else (tuple(leaf.shape), leaf.dtype.name) for leaf in leaves)

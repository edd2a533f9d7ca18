"""The loop over epochs and batches as one program: a call trains as many epochs as it is asked to."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, TypeAlias

import keras
import numpy as np
import tensorflow as tf

#: Row numbers that go into the program with each call, at most: 1 MB.
_ROW_NUMBERS = 1 << 18

_MOST_EPOCHS = 1024

#: Makes a program that trains the model of these variables, of one that is traced already.
ForVariables: TypeAlias = "Callable[[Sequence[keras.Variable]], Program]"


class Program:
    """A loop over epochs and batches, compiled into one `tf.function`."""

    # A step called from Python costs more than the arithmetic of a small network; here Python comes back when the
    # epochs it asked for are done. `begin` is called before each epoch, `step` with the rows of each batch, and `end`
    # after the epoch; it returns the quantities that are recorded.
    # The number of epochs goes into the compiled function and is no part of it: calls for 1 epoch and for 50 run the
    # same code. XLA wants arrays of fixed size only, so a call has room for `capacity` epochs.

    def __init__(
        self,
        *,
        n_examples: int,
        batch_size: int,
        begin: Callable[[], Any],
        step: Callable[[Any], Any],
        end: Callable[[Any, tf.Tensor], dict[str, tf.Tensor]],
        quantities: dict[str, tf.TensorSpec],
        jit_compile: bool,
    ):
        self._n_examples, self._batch_size = n_examples, batch_size
        self._begin, self._step, self._end = begin, step, end
        self._quantities = quantities
        self._static = jit_compile
        self.capacity = int(np.clip(_ROW_NUMBERS // n_examples, 1, _MOST_EPOCHS))
        # a partial: TensorFlow counts tracings by source line, and would take ten models for one traced ten times
        self._function = tf.function(functools.partial(self._epochs), autograph=False, jit_compile=jit_compile)

    def run(
        self, data: Any, extra: Any, orders: np.ndarray, flags: Any = False, stop_on_nonfinite: bool = False
    ) -> tuple[int, dict[str, np.ndarray]]:
        """Train an epoch for each row of `orders`, shape `(epochs, M)`; `extra` and the epoch's flag go to `end`."""
        numbers = self._numbers(orders, flags, stop_on_nonfinite)
        done, records = self._function(data, extra, *numbers)
        return int(done), {name: record.numpy()[: int(done)] for name, record in records.items()}

    def _numbers(self, orders: np.ndarray, flags: Any = False, stop_on_nonfinite: bool = False) -> list[tf.Tensor]:
        epochs = len(orders)
        room = np.zeros((self.capacity, self._n_examples), np.int32)
        room[:epochs] = orders
        flags_of_all = np.zeros(self.capacity, bool)
        flags_of_all[:epochs] = flags
        return [tf.constant(value) for value in (room, flags_of_all, np.int32(epochs), np.bool_(stop_on_nonfinite))]

    def compile(self, data: Any, extra: Any) -> None:
        """Trace and compile the program for these tensors, training nothing: the loop runs no epoch."""
        self.run(data, extra, self._no_epochs())

    def _no_epochs(self) -> np.ndarray:
        return np.zeros((0, self._n_examples), np.int32)

    def to_share(self, data: Any, extra: Any, variables: Sequence[keras.Variable]) -> ForVariables | None:
        """Trace the program for these tensors, to be run with other variables in the places of these.

        None if the program uses anything beside its arguments and these variables.
        """
        function = self._function.get_concrete_function(data, extra, *self._numbers(self._no_epochs()))
        handles = {id(variable.value.handle): place for place, variable in enumerate(variables)}
        if any(id(captured) not in handles for captured in function.captured_inputs):
            return None
        places = [handles[id(captured)] for captured in function.captured_inputs]
        lock = Lock()

        def for_variables(others: Sequence[keras.Variable]) -> Program:
            captured = [others[place].value.handle for place in places]

            def call(*arguments: Any) -> Any:
                with lock:  # a thread may train another model of the same structure
                    function.set_external_captures(captured)
                    return function(*arguments)

            program = copy.copy(self)
            program._function = call
            return program

        return for_variables

    def _epochs(
        self, data: Any, extra: Any, orders: Any, flags: Any, epochs: Any, stop_on_nonfinite: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Trace the loop over epochs."""
        specs = self._quantities

        def one_epoch(epoch: Any, finite: Any, *records: Any) -> tuple[Any, ...]:
            self._begin()
            self._batches(data, orders[epoch])
            logs = self._end(extra, flags[epoch])
            if "loss" in logs:
                finite = tf.reduce_all(tf.math.is_finite(logs["loss"]))
            return (
                epoch + 1,
                finite,
                *(record.write(epoch, logs[name]) for name, record in zip(specs, records, strict=True)),
            )

        def more(epoch: Any, finite: Any, *records: Any) -> Any:
            return (epoch < epochs) & (finite | ~stop_on_nonfinite)

        records = [tf.TensorArray(spec.dtype, self.capacity, element_shape=spec.shape) for spec in specs.values()]
        start = (tf.constant(0), tf.constant(True), *records)
        done, _, *records = tf.while_loop(more, one_epoch, start, parallel_iterations=1)
        return done, {name: record.stack() for name, record in zip(specs, records, strict=True)}

    def _batches(self, data: Any, order: tf.Tensor) -> None:
        """Trace the loop over the batches of an epoch."""
        # rearranged once an epoch: contiguous slices cost less than picking rows in every step
        each_batch(
            map_tensors(lambda leaf: tf.gather(leaf, order), data), self._batch_size, self._step, static=self._static
        )


def each_batch(data: Any, batch_size: int, step: Callable[[Any], Any], *, static: bool = True) -> None:
    """Call `step` on the batches of `data` one after the other, in a loop of TensorFlow's."""
    M = next(leaf for leaf in keras.tree.flatten(data) if leaf is not None).shape[0]
    full, rest = divmod(M, batch_size)
    in_loop = full if static else full + bool(rest)

    def one_batch(number: tf.Tensor) -> tuple[tf.Tensor]:
        start = number * batch_size
        size = batch_size if static or not rest else tf.minimum(batch_size, M - start)

        def rows(leaf: tf.Tensor) -> tf.Tensor:
            return tf.slice(leaf, [start] + [0] * (leaf.shape.rank - 1), [size, *leaf.shape[1:]])

        step(map_tensors(rows, data))
        return (number + 1,)

    if in_loop == 1:  # a loop costs time to trace
        one_batch(tf.constant(0))
    elif in_loop:
        tf.while_loop(lambda number: number < in_loop, one_batch, (tf.constant(0),), parallel_iterations=1)
    if rest and static:
        step(map_tensors(lambda leaf: leaf[full * batch_size :], data))


def map_tensors(function: Callable[[tf.Tensor], Any], structure: Any) -> Any:
    """Return a nested structure with `function` applied to each tensor, None staying None."""
    return keras.tree.map_structure(lambda leaf: None if leaf is None else function(leaf), structure)

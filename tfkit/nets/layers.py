"""The one layer of the lectures that Keras lacks.

What Keras has, and this library therefore leaves out: `keras.layers.LeakyReLU`, `ELU` and `PReLU`, `Dropout`,
`BatchNormalization`, `Conv2D`, `MaxPooling2D`, and `keras.initializers.GlorotUniform`, `GlorotNormal`,
`HeNormal` and `Orthogonal(gain=...)`. An initialiser that is given to two layers as one *instance* draws the
same numbers for both: give each layer its own, or its name.
"""

from __future__ import annotations

from typing import Any

import keras

from tfkit._arguments import check_positive_integer


@keras.saving.register_keras_serializable("tfkit")
class Maxout(keras.layers.Layer):
    """Each unit is the largest of several linear functions of the inputs: an activation that is learned.

    With two pieces a unit can become a ReLU (one piece 0), an absolute value (one piece the negative of the
    other) or a straight line; with more, any convex function. It has a gradient everywhere and cannot die,
    and costs `pieces` times the parameters of a `Dense` layer.

    The pieces lie side by side in one kernel, so that any initialiser draws other numbers for each of them.
    Pieces that start equal would stay equal, and the layer linear.

    Example:

    >>> import numpy as np
    >>> layer = Maxout(1, pieces=2)
    >>> layer.build((None, 1))
    >>> layer.set_weights([np.array([[1.0, -1.0]]), np.zeros(2)])  # max(x, -x) is |x|
    >>> layer(np.array([[3.0], [-2.0]])).numpy().tolist()
    [[3.0], [2.0]]

    Args:
        units: Number of outputs.
        pieces: Linear functions per unit.
        use_bias: Whether each of them has a bias.
        kernel_initializer: Initialiser of the kernel, shape `(n_features, units * pieces)`; column
            `unit * pieces + piece` belongs to that unit.
        bias_initializer: Initialiser of the bias, shape `(units * pieces,)`.
        kernel_regularizer: Penalty on the kernel.
        **kwargs: `name`, `dtype` and the like, as for every Keras layer.

    Raises:
        ValueError: If `units` or `pieces` is not a positive integer, or the inputs' last size is unknown.

    Reference:
        Goodfellow et al., "Maxout networks", 2013.
    """

    def __init__(
        self,
        units: int,
        pieces: int = 2,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        check_positive_integer("units", units)
        check_positive_integer("pieces", pieces)
        self.units = int(units)
        self.pieces = int(pieces)
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias: Any = None

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Make the weights for inputs of shape `(..., n_features)`."""
        n_features = input_shape[-1]
        if n_features is None:
            raise ValueError(f"expected inputs with a known number of features, received shape {input_shape}")
        self.kernel = self.add_weight(
            name="kernel",
            shape=(n_features, self.units * self.pieces),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
        )
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias", shape=(self.units * self.pieces,), initializer=self.bias_initializer
            )

    def pre_activation(self, inputs: Any) -> Any:
        """Return all pieces, shape `(..., units * pieces)`, of inputs of shape `(..., n_features)`."""
        Z = keras.ops.matmul(inputs, self.kernel)
        return Z if self.bias is None else Z + self.bias

    def call(self, inputs: Any) -> Any:
        """Return the largest piece of each unit, shape `(..., units)`."""
        Z = self.pre_activation(inputs)
        pieces = keras.ops.reshape(Z, (*keras.ops.shape(Z)[:-1], self.units, self.pieces))
        return keras.ops.max(pieces, axis=-1)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the outputs, `(..., units)`."""
        return (*input_shape[:-1], self.units)

    def get_config(self) -> dict[str, Any]:
        """Return what Keras needs to make the layer again from a file."""
        return {
            **super().get_config(),
            "units": self.units,
            "pieces": self.pieces,
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
        }

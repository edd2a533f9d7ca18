"""The inputs of the tests: images, filters and gradients of several sizes.

Images are not square and filters are not either. `"same"` needs an odd number of zeros along three of the four axes.
With `"valid"` the last rows and columns are not reached, so that floor and ceil differ.
"""

from __future__ import annotations

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Images(Fixture):
    """M images of h rows, w columns and c channels, f filters of kh by kw, and windows of `size` to pool."""

    sizes = (
        Sizes(M=7, h=9, w=6, c=3, f=4, kh=4, kw=3, stride=2, size=3),
        Sizes(M=5, h=8, w=12, c=2, f=7, kh=3, kw=5, stride=3, size=2),
    )
    edges = (
        Sizes(M=1, h=3, w=7, c=1, f=1, kh=3, kw=2, stride=1, size=1),  # one image; the filter is as high as the image
        Sizes(M=3, h=7, w=5, c=2, f=1, kh=1, kw=1, stride=2, size=5),  # filters of one pixel; one window a row
        Sizes(M=2, h=5, w=6, c=1, f=3, kh=2, kw=4, stride=4, size=2),  # strides larger than filters
    )
    words = {"M": "images", "h": "rows", "w": "columns", "c": "channels", "f": "filters"}  # noqa: RUF012

    @cached_property
    def padding(self):
        return "same"

    @cached_property
    def X(self):
        return self.rng("X").normal(size=(self.M, self.h, self.w, self.c))

    @cached_property
    def W(self):
        return self.rng("W").normal(size=(self.kh, self.kw, self.c, self.f)) / np.sqrt(self.c)

    @cached_property
    def b(self):
        return self.rng("b").normal(size=self.f) + 0.5

    def upstream(self, kh, kw, depth):
        """A gradient of the size that comes out of a layer."""
        places = [
            -(-n // self.stride) if self.padding == "same" else (n - k) // self.stride + 1
            for n, k in ((self.h, kh), (self.w, kw))
        ]
        return self.rng("D").normal(size=(self.M, *places, depth))

    @cached_property
    def D(self):
        return self.upstream(self.kh, self.kw, self.f)

    @cached_property
    def tied(self):
        """Images of few whole numbers, many below 0: most windows have several equal winners."""
        return self.rng("tied").integers(-4, 2, size=(self.M, self.h, self.w, self.c)).astype(np.float64)

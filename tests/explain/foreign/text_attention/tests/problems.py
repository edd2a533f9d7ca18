"""The inputs of project 2."""

import numpy as np

from autograder.testing import Fixture, Sizes, Tensor, Variable, cached_property


class Texts(Fixture):
    """n_texts texts of `length` words, padded with 0."""

    sizes = (
        Sizes(n_texts=11, length=5, dim=3, n_words=19),
        Sizes(n_texts=17, length=7, dim=2, n_words=23),
    )
    words = {"n_texts": "texts", "length": "words of a text", "dim": "dimensions", "n_words": "words"}
    pos_weight, lr, decay, n_steps, threshold = 2.5, 0.4, 0.7, 4, 0.4

    def drawn(self, name, *shape):
        return self.rng(name).normal(size=shape).astype(np.float32)

    @cached_property
    def ids(self):
        rng = self.rng("ids")
        ids = rng.integers(1, self.n_words, size=(self.n_texts, self.length))
        lengths = 1 + (np.arange(self.n_texts) + 2) % self.length
        ids[np.arange(self.length)[None] >= lengths[:, None]] = 0
        return Tensor(ids.astype(np.int32))

    @cached_property
    def labels(self):
        return self.array((np.arange(self.n_texts) % 3 == 0).astype(float))

    @cached_property
    def net(self):
        return self.parameters(
            {
                "emb": self.drawn("emb", self.n_words, self.dim),
                "query": 2 * self.drawn("query", self.dim),
                "w_out": self.drawn("w_out", self.dim),
                "b_out": self.drawn("b_out", 1),
            }
        )

    @cached_property
    def emb(self):
        return self.net["emb"]

    @cached_property
    def query(self):
        return self.net["query"]

    @cached_property
    def average(self):
        return {name: self.array(self.drawn("average " + name, *one.array.shape)) for name, one in self.net.items()}

    @cached_property
    def logits(self):
        return self.array(self.drawn("logits", self.n_texts))

    @cached_property
    def probs(self):
        # three hits, two misses or more, and two false alarms; none at the threshold
        values = self.rng("probs").uniform(0.05, 0.35, size=self.n_texts)
        values[[0, 3, 1, 4, 7]] += 0.5
        return self.array(values)

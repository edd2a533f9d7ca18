"""The inputs of the tests: labels, scores, patients, graders and taxonomies that tell mistakes apart.

Scores come in no order, some are equal in both classes, none of them is a probability. Patients have one to four images
each, and their numbers say nothing about their place. Sizes are primes that differ.
"""

from __future__ import annotations

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Clinic(Fixture):
    """Images of patients with labels, scores and grades; several labels, and a tree of fine classes."""

    sizes = (Sizes(M=53, D=61, people=19, k=3, n=5, G=4, B=13), Sizes(M=79, D=43, people=31, k=5, n=7, G=6, B=29))
    edges = (
        Sizes(M=2, D=2, people=2, k=1, n=1, G=1, B=1),
        Sizes(M=5, D=3, people=3, k=2, n=1, G=2, B=2),
    )
    words = {  # noqa: RUF012
        "M": "images",
        "D": "images of the development set",
        "people": "patients",
        "k": "labels",
        "n": "features",
        "G": "graders",
        "B": "draws",
    }

    def labels_and_scores(self, label, count):
        """Labels and scores with ties inside and across the classes, in no order."""
        rng = self.rng(label)
        y = (np.arange(count) < max(1, round(0.38 * count))).astype(int)
        # in equal steps: many are equal, in both classes; with more digits than anybody rounds to
        scores = 0.8371293 * (3 + np.round(8 * (1.3 * y + rng.normal(size=count))) / 8)
        order = rng.permutation(count)
        return y[order], scores[order]

    @cached_property
    def y(self):
        return self.labels_and_scores("test", self.M)[0]

    @cached_property
    def scores(self):
        return self.labels_and_scores("test", self.M)[1]

    @cached_property
    def threshold(self):
        """A score that several images have."""
        values, counts = np.unique(self.scores, return_counts=True)
        inner = np.argsort(np.abs(values - np.median(self.scores)) - 10 * (counts > 1))
        return float(values[inner[0]])

    @cached_property
    def counts(self):
        TP, FP, TN, FN = self.rng("counts").permutation([2, 3, 5, 7, 11, 13, 17, 19])[:4].tolist()
        return {"TP": TP, "FP": FP, "TN": TN, "FN": FN}

    @cached_property
    def y_dev(self):
        return self.labels_and_scores("development", self.D)[0]

    @cached_property
    def scores_dev(self):
        return self.labels_and_scores("development", self.D)[1] + 1 / 16

    @cached_property
    def y_test(self):
        return self.y

    @cached_property
    def scores_test(self):
        return self.scores

    @cached_property
    def least(self):
        return self.own(13, 11) / 16

    @cached_property
    def patients(self):
        """Whose image each is: one to four of each patient, in no order."""
        rng = self.rng("patients")
        names = rng.permutation(np.arange(3, 3 + 5 * self.people, 5))
        more = rng.permutation(np.repeat(names, 3))[: max(self.M - self.people, 0)]
        return rng.permutation(np.concatenate([names, more])[: self.M])

    @cached_property
    def draws(self):
        """Draws of patients in which both classes are there."""
        rng, names = self.rng("draws"), np.unique(self.patients)
        found = []
        while len(found) < self.B:
            draw = rng.choice(names, size=len(names))
            if len(np.unique(self.y[np.isin(self.patients, draw)])) == 2:
                found.append(draw)
        return np.array(found)

    @cached_property
    def grades(self):
        """Grades of some of the graders; everybody is looked at by somebody, and some votes are even."""
        rng = self.rng("grades")
        truth = rng.choice(5, p=[0.3, 0.25, 0.2, 0.15, 0.1], size=(self.M, 1))
        grades = np.clip(truth + rng.integers(-2, 3, size=(self.M, self.G)), 0, 4).astype(float)
        grades[rng.uniform(size=grades.shape) < 0.4] = np.nan
        grades[np.arange(self.M), rng.integers(self.G, size=self.M)] = truth[:, 0]
        return grades

    @cached_property
    def level(self):
        return self.own(2, 3)

    @cached_property
    def Z(self):
        """Logits of several questions."""
        return self.array(1.5 * self.rng("Z").normal(size=(self.M, self.k)))

    @cached_property
    def findings(self):
        """Labels of several findings, rare and common, each of them there and not everywhere."""
        rng = self.rng("findings")
        share = np.linspace(0.05, 0.45, self.k)
        labels = (rng.uniform(size=(self.M, self.k)) < share).astype(float)
        labels[0], labels[1] = 1, 0
        return rng.permutation(labels)

    @cached_property
    def answers(self):
        """Labels with gaps, in which every question has an answer."""
        rng, labels = self.rng("gaps"), self.findings.copy()
        labels[2:][rng.uniform(size=labels[2:].shape) < np.linspace(0.2, 0.6, self.k)] = np.nan
        return self.array(labels)

    @cached_property
    def X(self):
        return self.array(self.rng("X").normal(size=(self.M, self.n)) + 0.3)

    @cached_property
    def positive(self):
        return self.array(self.rng("positive").uniform(0.6, 2.0, size=self.k))

    @cached_property
    def negative(self):
        return self.array(self.rng("negative").uniform(0.1, 0.5, size=self.k))

    @cached_property
    def learning_rate(self):
        return self.own(13, 21) / 32

    @cached_property
    def steps(self):
        return self.own(5, 7)

    @cached_property
    def P(self):
        """Probabilities of fine classes, as many as the taxonomy has leaves."""
        powers = np.exp(self.rng("P").normal(size=(self.M, self.own(7, 11))))
        return powers / powers.sum(axis=1, keepdims=True)

    @cached_property
    def taxonomy(self):
        """A tree of three levels, whose leaves are in no order."""
        leaf = iter(self.rng("leaves").permutation(self.P.shape[1]).tolist())

        def leaves(count):
            return [next(leaf) for _ in range(count)]

        malignant = {"epidermal": leaves(2), "melanocytic": {"nodular": leaves(1), "superficial": leaves(1)}}
        return {"benign": leaves(self.own(2, 4)), "malignant": malignant, "inflammatory": leaves(self.own(1, 3))}

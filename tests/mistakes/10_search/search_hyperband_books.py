"""search-hyperband-books: Hyperband's books are returned among the values.
question: 10.7
"""


def _hyperparameters(hp):
    return {name: value for name, value in hp.values.items()}

"""A step with the new velocity is a plain step along another gradient, so its own `sgd` takes it."""


def nesterov(w, g, state, learning_rate, mu):
    _, velocity = momentum(w, g, state, learning_rate, mu)
    looked, _ = sgd(w, g, {}, learning_rate)
    return {name: looked[name] + mu * velocity[name] for name in w}, velocity

# %% [markdown]
# # Project 2: a small text classifier with attention
#
# A sentence is a row of word ids; id 0 is padding. Each word has a vector, attention decides how much each word
# counts, and a linear layer gives the logit of class 1.
#
# `net` is a dict of four float32 variables: `emb` (n_words, dim), `query` (dim,), `w_out` (dim,), `b_out` (1,).
# `ids` is (n_texts, length), int32. `labels` is (n_texts,), float32, 0.0 or 1.0.

# %%
import tensorflow as tf

# %% [markdown]
# ## A.1 Attention (5 points)
#
# $$s_{it} = \frac{x_{it}\cdot \text{query}}{\sqrt{\text{dim}}}, \qquad
#   a_{it} = \frac{e^{s_{it}}}{\sum_{u\,\text{not padding}} e^{s_{iu}}}, \qquad
#   c_i = \sum_t a_{it}\, x_{it}$$
#
# Padding gets the weight 0. Each text has at least one word that is no padding.


# %%
def attend(emb, query, ids):
    """Looks up the words and averages them by attention.

    Args:
        emb: vectors of the words, (n_words, dim).
        query: query of the attention, (dim,).
        ids: int32 tensor (n_texts, length); 0 is padding.

    Returns:
        The contexts (n_texts, dim), and the weights of the attention (n_texts, length), in which padding has 0.
    """
    # BEGIN SOLUTION A.1
    words = tf.gather(emb, ids)
    dim = tf.cast(tf.shape(emb)[1], words.dtype)
    scores = tf.linalg.matvec(words, query) / tf.sqrt(dim)
    scores = tf.where(ids == 0, tf.cast(-1e9, scores.dtype), scores)
    weights = tf.nn.softmax(scores, axis=1)
    return tf.einsum("nt,ntd->nd", weights, words), weights
    # END SOLUTION


# %% [markdown]
# ## A.2 Logits (2 points)


# %%
def logits_of(net, ids):
    """Returns the logit of class 1 for each text: context · w_out + b_out.

    Args:
        net: dict of variables.
        ids: int32 tensor (n_texts, length).

    Returns:
        Tensor (n_texts,).
    """
    # BEGIN SOLUTION A.2
    context, _ = attend(net["emb"], net["query"], ids)
    return tf.linalg.matvec(context, net["w_out"]) + net["b_out"]
    # END SOLUTION


# %% [markdown]
# ## A.3 Weighted binary cross-entropy (4 points)
#
# $$J = -\frac 1n \sum_i \big[ \text{pos\_weight}\cdot y_i \ln p_i + (1 - y_i) \ln(1 - p_i) \big], \qquad
#   p_i = \sigma(z_i)$$
#
# The mean is over all texts. Logits of ±200 must not overflow.


# %%
def weighted_bce(logits, labels, pos_weight):
    """Returns the mean weighted binary cross-entropy.

    Args:
        logits: tensor (n_texts,).
        labels: tensor (n_texts,) of 0.0 and 1.0.
        pos_weight: weight of the texts of class 1.

    Returns:
        A scalar tensor.
    """
    # BEGIN SOLUTION A.3
    positive = pos_weight * labels * tf.nn.softplus(-logits)
    return tf.reduce_mean(positive + (1.0 - labels) * tf.nn.softplus(logits))
    # END SOLUTION


# %% [markdown]
# ## A.4 Gradients (4 points)


# %%
def loss_grads(net, ids, labels, pos_weight):
    """Returns the gradients of the weighted cross-entropy by a `tf.GradientTape`.

    Args:
        net: dict of variables.
        ids: int32 tensor (n_texts, length).
        labels: tensor (n_texts,).
        pos_weight: weight of the texts of class 1.

    Returns:
        A dict with the keys of `net`, of dense tensors in the shapes of the variables (for `emb`,
        `tf.convert_to_tensor` makes one of what the tape returns).
    """
    # BEGIN SOLUTION A.4
    with tf.GradientTape() as tape:
        loss = weighted_bce(logits_of(net, ids), labels, pos_weight)
    return {name: tf.convert_to_tensor(grad) for name, grad in tape.gradient(loss, net).items()}
    # END SOLUTION


# %% [markdown]
# ## A.5 Moving average of the weights (3 points)
#
# $$\text{average} \leftarrow \text{decay}\cdot\text{average} + (1 - \text{decay})\cdot\text{net}$$


# %%
def ema_update(average, net, decay):
    """Returns the new moving average of every variable.

    Args:
        average: dict of tensors, with the keys of `net`.
        net: dict of variables.
        decay: between 0 and 1.

    Returns:
        A new dict of tensors with the same keys.
    """
    # BEGIN SOLUTION A.5
    return {name: decay * average[name] + (1.0 - decay) * net[name] for name in net}
    # END SOLUTION


# %% [markdown]
# ## A.6 Training (5 points)


# %%
def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    """Trains by gradient descent on all texts at once, and keeps a moving average of the weights.

    Each step computes loss and gradients, moves the variables of `net` in place by `- lr * gradient`, and then brings
    the average up to date. The average starts as a copy of the untrained weights. `losses[s]` is the loss *before*
    step s.

    Args:
        net: dict of variables; changed in place.
        ids: int32 tensor (n_texts, length).
        labels: tensor (n_texts,).
        pos_weight: weight of the texts of class 1.
        lr: learning rate.
        decay: of the moving average.
        n_steps: number of steps.

    Returns:
        A dict of `losses`, a list of `n_steps` floats, and `average`, the dict of averages after the last step.
    """
    # BEGIN SOLUTION A.6
    average = {name: tf.identity(variable) for name, variable in net.items()}
    losses = []
    for _ in range(n_steps):
        losses.append(float(weighted_bce(logits_of(net, ids), labels, pos_weight)))
        grads = loss_grads(net, ids, labels, pos_weight)
        for name, variable in net.items():
            variable.assign_sub(lr * grads[name])
        average = ema_update(average, net, decay)
    return {"losses": losses, "average": average}
    # END SOLUTION


# %% [markdown]
# ## A.7 Precision, recall, F1 (3 points)
#
# $$\text{precision} = \frac{TP}{TP + FP}, \quad \text{recall} = \frac{TP}{TP + FN}, \quad
#   F_1 = \frac{2\,\text{precision}\,\text{recall}}{\text{precision} + \text{recall}}$$


# %%
def scores(probs, labels, threshold):
    """Returns precision, recall and F1 of class 1.

    A text is predicted as class 1 when its probability is at least `threshold`. A fraction 0/0 counts as 0.

    Args:
        probs: tensor (n_texts,).
        labels: tensor (n_texts,) of 0.0 and 1.0.
        threshold: between 0 and 1.

    Returns:
        Three floats: precision, recall, F1.
    """
    # BEGIN SOLUTION A.7
    predicted = tf.cast(probs >= threshold, labels.dtype)
    hits = float(tf.reduce_sum(predicted * labels))
    n_predicted, n_true = float(tf.reduce_sum(predicted)), float(tf.reduce_sum(labels))
    precision = hits / n_predicted if n_predicted else 0.0
    recall = hits / n_true if n_true else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0
    # END SOLUTION

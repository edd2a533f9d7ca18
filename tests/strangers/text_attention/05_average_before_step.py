# %%
import math

import tensorflow as tf
from tensorflow import keras


def attend(emb, query, ids):
    x = tf.nn.embedding_lookup(emb, ids)  # (N, T, D)
    d = emb.shape[1]
    s = tf.reduce_sum(x * query, axis=-1) / (d ** 0.5)
    mask = tf.cast(tf.not_equal(ids, 0), x.dtype)
    s = s - tf.reduce_max(s, axis=1, keepdims=True)
    e = tf.exp(s) * mask
    a = e / tf.reduce_sum(e, axis=1, keepdims=True)
    c = tf.reduce_sum(x * a[:, :, tf.newaxis], axis=1)
    return c, a


def logits_of(net, ids):
    context, _ = attend(net["emb"], net["query"], ids)
    return tf.tensordot(context, net["w_out"], axes=1) + net["b_out"]


def weighted_bce(logits, labels, pos_weight):
    log_p = tf.math.log_sigmoid(logits)
    log_1p = tf.math.log_sigmoid(-logits)
    J = pos_weight * labels * log_p + (1 - labels) * log_1p
    return -tf.reduce_mean(J)


def loss_grads(net, ids, labels, pos_weight):
    with tf.GradientTape() as tape:
        z = logits_of(net, ids)
        loss = weighted_bce(z, labels, pos_weight)
    grads = tape.gradient(loss, net)
    grads["emb"] = tf.convert_to_tensor(grads["emb"])
    return grads


def ema_update(average, net, decay):
    new = {}
    for k in net:
        new[k] = decay * average[k] + (1 - decay) * net[k]
    return new


def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    average = {k: tf.identity(net[k]) for k in net}
    losses = []
    for i in range(n_steps):
        losses.append(float(weighted_bce(logits_of(net, ids), labels, pos_weight)))
        grads = loss_grads(net, ids, labels, pos_weight)
        average = ema_update(average, net, decay)
        for k in net:
            net[k].assign_sub(lr * grads[k])
    return {"losses": losses, "average": average}


def scores(probs, labels, threshold):
    p = probs.numpy() >= threshold
    y = labels.numpy() == 1
    tp, fp, fn = (p & y).sum(), (p & ~y).sum(), (~p & y).sum()
    if tp == 0:
        return 0.0, 0.0, 0.0
    return float(tp / (tp + fp)), float(tp / (tp + fn)), float(2 * tp / (2 * tp + fp + fn))

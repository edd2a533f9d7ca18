# Project 2
import numpy as np
import tensorflow as tf

NAMES = ["emb", "query", "w_out", "b_out"]


def attend(emb, query, ids):
    vectors = tf.gather(emb, ids)
    scores = tf.einsum("ntd,d->nt", vectors, query) * (int(emb.shape[-1]) ** -0.5)
    is_pad = tf.cast(tf.equal(ids, 0), scores.dtype)
    alpha = tf.nn.softmax(scores - 1e9 * is_pad)
    context = tf.squeeze(tf.matmul(alpha[:, None, :], vectors), axis=1)
    return context, alpha


def logits_of(net, ids):
    context, _ = attend(net["emb"], net["query"], ids)
    return tf.tensordot(context, net["w_out"], axes=1) + net["b_out"]


def weighted_bce(logits, labels, pos_weight):
    log_p = tf.math.log_sigmoid(logits)
    log_1p = tf.math.log_sigmoid(-logits)
    J = pos_weight * labels * log_p + (1 - labels) * log_1p
    return -tf.reduce_mean(J)


def loss_grads(net, ids, labels, pos_weight):
    keys = list(net.keys())
    with tf.GradientTape() as g:
        J = weighted_bce(logits_of(net, ids), labels, pos_weight)
    dJ = g.gradient(J, [net[k] for k in keys])
    out = {}
    for k, d in zip(keys, dJ):
        out[k] = tf.convert_to_tensor(d)
    return out


def ema_update(average, net, decay):
    return {k: average[k] + (1 - decay) * (v - average[k]) for k, v in net.items()}


def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    average = {k: tf.zeros_like(net[k]) for k in NAMES}
    losses = np.zeros(n_steps)
    for s in range(n_steps):
        losses[s] = weighted_bce(logits_of(net, ids), labels, pos_weight)
        grads = loss_grads(net, ids, labels, pos_weight)
        for k in NAMES:
            net[k].assign_add(lr * grads[k])
        average = ema_update(average, net, decay)
    return {"losses": losses.tolist(), "average": average}


def scores(probs, labels, threshold):
    p = probs.numpy() >= threshold
    y = labels.numpy() == 1
    tp, fp, fn = (p & y).sum(), (p & ~y).sum(), (~p & y).sum()
    if tp == 0:
        return 0.0, 0.0, 0.0
    return float(tp / (tp + fp)), float(tp / (tp + fn)), float(2 * tp / (2 * tp + fp + fn))

# Project 2
import numpy as np
import tensorflow as tf

NAMES = ["emb", "query", "w_out", "b_out"]


def attend(emb, query, ids):
    words = tf.gather(emb, ids)
    s = tf.einsum("ijk,k->ij", words, query)
    s = tf.where(ids == 0, -1e9 * tf.ones_like(s), s)
    att = tf.nn.softmax(s, axis=-1)
    return tf.einsum("ij,ijk->ik", att, words), att


def logits_of(net, ids):
    context = attend(net["emb"], net["query"], ids)[0]
    w = tf.reshape(net["w_out"], (-1, 1))
    return tf.reshape(context @ w, [-1]) + net["b_out"][0]


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
    new = {}
    for k in net:
        new[k] = decay * average[k] + (1 - decay) * net[k]
    return new


def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    optimizer = tf.keras.optimizers.SGD(learning_rate=lr)
    result = {"losses": [], "average": {k: tf.convert_to_tensor(net[k]) + 0.0 for k in net}}
    for _ in range(n_steps):
        before = weighted_bce(logits_of(net, ids), labels, pos_weight)
        result["losses"].append(float(before))
        grads = loss_grads(net, ids, labels, pos_weight)
        optimizer.apply_gradients([(grads[k], net[k]) for k in net])
        result["average"] = ema_update(result["average"], net, decay)
    return result


def scores(probs, labels, threshold):
    p = probs.numpy() >= threshold
    y = labels.numpy() == 1
    tp, fp, fn = (p & y).sum(), (p & ~y).sum(), (~p & y).sum()
    if tp == 0:
        return 0.0, 0.0, 0.0
    return float(tp / (tp + fp)), float(tp / (tp + fn)), float(2 * tp / (2 * tp + fp + fn))

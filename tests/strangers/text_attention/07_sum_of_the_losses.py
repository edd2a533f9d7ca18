# Project 2
import numpy as np
import tensorflow as tf

NAMES = ["emb", "query", "w_out", "b_out"]


def attend(emb, query, ids):
    contexts, weights = [], []
    length = ids.shape[1]
    for row in ids:
        keep = row != 0
        vecs = tf.gather(emb, tf.boolean_mask(row, keep))
        s = tf.tensordot(vecs, query, 1) / tf.sqrt(tf.cast(emb.shape[1], vecs.dtype))
        a = tf.nn.softmax(s)
        contexts.append(tf.tensordot(a, vecs, 1))
        weights.append(tf.scatter_nd(tf.where(keep), a, [length]))
    return tf.stack(contexts), tf.stack(weights)


def logits_of(net, ids):
    c, a = attend(net["emb"], net["query"], ids)
    z = tf.reduce_sum(c * net["w_out"], axis=1)
    return z + net["b_out"]


def weighted_bce(logits, labels, pos_weight):
    pos = -pos_weight * labels * tf.math.log_sigmoid(logits)
    neg = -(1 - labels) * tf.math.log_sigmoid(-logits)
    return tf.reduce_sum(pos + neg)


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
    emb = decay * average["emb"] + (1 - decay) * net["emb"]
    query = decay * average["query"] + (1 - decay) * net["query"]
    w = decay * average["w_out"] + (1 - decay) * net["w_out"]
    b = decay * average["b_out"] + (1 - decay) * net["b_out"]
    return {"emb": emb, "query": query, "w_out": w, "b_out": b}


def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    losses = []
    avg = {k: tf.constant(v.numpy()) for k, v in net.items()}
    for step in range(n_steps):
        loss = weighted_bce(logits_of(net, ids), labels, pos_weight)
        losses.append(loss.numpy().item())
        g = loss_grads(net, ids, labels, pos_weight)
        for k in net:
            net[k].assign(net[k] - lr * g[k])
        avg = ema_update(avg, net, decay)
    return {"losses": losses, "average": avg}


def scores(probs, labels, threshold):
    p = probs.numpy() >= threshold
    y = labels.numpy() == 1
    tp, fp, fn = (p & y).sum(), (p & ~y).sum(), (~p & y).sum()
    if tp == 0:
        return 0.0, 0.0, 0.0
    return float(tp / (tp + fp)), float(tp / (tp + fn)), float(2 * tp / (2 * tp + fp + fn))

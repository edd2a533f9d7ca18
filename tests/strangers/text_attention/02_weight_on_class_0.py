# %%
import math

import tensorflow as tf
from tensorflow import keras


def attend(emb, query, ids):
    vectors = tf.gather(emb, ids)
    scores = tf.einsum("ntd,d->nt", vectors, query) * (int(emb.shape[-1]) ** -0.5)
    is_pad = tf.cast(tf.equal(ids, 0), scores.dtype)
    alpha = tf.nn.softmax(scores - 1e9 * is_pad)
    context = tf.squeeze(tf.matmul(alpha[:, None, :], vectors), axis=1)
    return context, alpha


def logits_of(net, ids):
    c, a = attend(net["emb"], net["query"], ids)
    z = tf.reduce_sum(c * net["w_out"], axis=1)
    return z + net["b_out"]


def weighted_bce(logits, labels, pos_weight):
    loss_pos = labels * tf.math.softplus(-logits)
    loss_neg = (1.0 - labels) * tf.math.softplus(logits)
    return tf.reduce_mean(loss_pos + pos_weight * loss_neg)


def loss_grads(net, ids, labels, pos_weight):
    with tf.GradientTape() as tape:
        z = logits_of(net, ids)
        loss = weighted_bce(z, labels, pos_weight)
    grads = tape.gradient(loss, net)
    grads["emb"] = tf.convert_to_tensor(grads["emb"])
    return grads


def ema_update(average, net, decay):
    return {k: average[k] + (1 - decay) * (v - average[k]) for k, v in net.items()}


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
    tp = fp = fn = 0
    for p, y in zip(probs.numpy(), labels.numpy()):
        said = p >= threshold
        if said and y == 1:
            tp += 1
        elif said:
            fp += 1
        elif y == 1:
            fn += 1
    prec = tp / (tp + fp) if (tp + fp) else 0.0
    rec = tp / (tp + fn) if (tp + fn) else 0.0
    f = 2 * prec * rec / (prec + rec) if (prec + rec) else 0.0
    return prec, rec, f

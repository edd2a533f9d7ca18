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
    log_p = tf.math.log_sigmoid(logits)
    log_1p = tf.math.log_sigmoid(-logits)
    J = pos_weight * labels * log_p + (1 - labels) * log_1p
    return -tf.reduce_mean(J)


def loss_grads(net, ids, labels, pos_weight):
    with tf.GradientTape(persistent=True) as tape:
        loss = weighted_bce(logits_of(net, ids), labels, pos_weight)
    grads = {name: tape.gradient(loss, var) for name, var in net.items()}
    del tape
    return {name: grad + tf.zeros_like(net[name]) for name, grad in grads.items()}


def ema_update(average, net, decay):
    return {k: average[k] + (1 - decay) * (v - average[k]) for k, v in net.items()}


def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    history = []
    ema = {name: tf.identity(v) for name, v in net.items()}
    opt = keras.optimizers.SGD(lr)
    for _ in range(n_steps):
        grads = loss_grads(net, ids, labels, pos_weight)
        opt.apply_gradients(zip(grads.values(), [net[name] for name in grads]))
        ema = ema_update(ema, net, decay)
        history.append(float(weighted_bce(logits_of(net, ids), labels, pos_weight)))
    return {"losses": history, "average": ema}


def scores(probs, labels, threshold):
    pred = tf.cast(probs >= threshold, tf.float32)
    tp = float(tf.reduce_sum(pred * labels))
    fp = float(tf.reduce_sum(pred * (1 - labels)))
    fn = float(tf.reduce_sum((1 - pred) * labels))
    precision = tp / (tp + fp) if tp + fp > 0 else 0.0
    recall = tp / (tp + fn) if tp + fn > 0 else 0.0
    if precision + recall == 0:
        return precision, recall, 0.0
    f1 = 2 * precision * recall / (precision + recall)
    return precision, recall, f1

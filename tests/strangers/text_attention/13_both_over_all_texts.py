# %%
import math

import tensorflow as tf
from tensorflow import keras


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
    context = attend(net["emb"], net["query"], ids)[0]
    w = tf.reshape(net["w_out"], (-1, 1))
    return tf.reshape(context @ w, [-1]) + net["b_out"][0]


def weighted_bce(logits, labels, pos_weight):
    losses = tf.nn.weighted_cross_entropy_with_logits(labels=labels, logits=logits, pos_weight=pos_weight)
    return tf.reduce_mean(losses)


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
    n = len(labels)
    guess = tf.where(probs >= threshold, 1.0, 0.0)
    hits = float(tf.reduce_sum(guess * labels))
    precision = hits / n
    recall = hits / n
    if precision + recall == 0:
        f1 = 0.0
    else:
        f1 = 2 * precision * recall / (precision + recall)
    return precision, recall, f1

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
    context = attend(net["emb"], net["query"], ids)[0]
    w = tf.reshape(net["w_out"], (-1, 1))
    return tf.reshape(context @ w, [-1]) + net["b_out"][0]


def weighted_bce(logits, labels, pos_weight):
    pos = pos_weight * labels * tf.nn.softplus(-logits)
    neg = (1 - labels) * tf.nn.softplus(logit)
    return tf.reduce_mean(pos + neg)


def loss_grads(net, ids, labels, pos_weight):
    with tf.GradientTape(persistent=True) as tape:
        loss = weighted_bce(logits_of(net, ids), labels, pos_weight)
    grads = {name: tape.gradient(loss, var) for name, var in net.items()}
    del tape
    return {name: grad + tf.zeros_like(net[name]) for name, grad in grads.items()}


def ema_update(average, net, decay):
    emb = decay * average["emb"] + (1 - decay) * net["emb"]
    query = decay * average["query"] + (1 - decay) * net["query"]
    w = decay * average["w_out"] + (1 - decay) * net["w_out"]
    b = decay * average["b_out"] + (1 - decay) * net["b_out"]
    return {"emb": emb, "query": query, "w_out": w, "b_out": b}


def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    losses = []
    average = {k: tf.identity(net[k]) for k in NAMES}
    for step in range(n_steps):
        losses.append(float(weighted_bce(logits_of(net, ids), labels, pos_weight)))
        g = loss_grads(net, ids, labels, pos_weight)
        for k in NAMES:
            net[k].assign_sub(lr * g[k])
        ema_update(average, net, decay)
    return {"losses": losses, "average": average}


def scores(probs, labels, threshold):
    pred = (probs.numpy() >= threshold).astype(float)
    true = labels.numpy()
    tp = np.sum(pred * true)
    precision = tp / pred.sum() if pred.sum() > 0 else 0.0
    recall = tp / true.sum() if true.sum() > 0 else 0.0
    f1 = 0.0
    if tp > 0:
        f1 = 2 * precision * recall / (precision + recall)
        return float(precision), float(recall), float(f1)

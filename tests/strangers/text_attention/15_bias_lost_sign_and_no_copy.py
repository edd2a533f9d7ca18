import tensorflow as tf


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
    context, weights = attend(net["emb"], net["query"], ids)
    logits = tf.linalg.matvec(context, net["w_out"])
    logits + net["b_out"]
    return logits


def weighted_bce(logits, labels, pos_weight):
    losses = tf.nn.weighted_cross_entropy_with_logits(labels=labels, logits=logits, pos_weight=pos_weight)
    return tf.reduce_mean(losses)


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
    for k in ("emb", "query", "w_out", "b_out"):
        new[k] = decay * average[k] + (1 + decay) * net[k]
    return new


def train(net, ids, labels, pos_weight, lr, decay, n_steps):
    average = net
    losses = []
    for _ in range(n_steps):
        losses.append(float(weighted_bce(logits_of(net, ids), labels, pos_weight)))
        grads = loss_grads(net, ids, labels, pos_weight)
        for k, v in net.items():
            v.assign_sub(lr * grads[k])
        average = ema_update(average, net, decay)
    return {"losses": losses, "average": average}


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

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
    c, a = attend(net["emb"], net["query"], ids)
    z = tf.reduce_sum(c * net["w_out"], axis=1)
    return z + net["b_out"]


def weighted_bce(logits, labels, pos_weight):
    losses = tf.nn.weighted_cross_entropy_with_logits(labels=labels, logits=logits, pos_weight=pos_weight)
    return tf.reduce_mean(losses)


def loss_grads(net, ids, labels, pos_weight):
    with tf.GradientTape(persistent=True) as tape:
        loss = weighted_bce(logits_of(net, ids), labels, pos_weight)
    grads = {name: tape.gradient(loss, var) for name, var in net.items()}
    del tape
    return {name: grad + tf.zeros_like(net[name]) for name, grad in grads.items()}


def ema_update(average, net, decay):
    new = {}
    for k in net:
        new[k] = decay * average[k] + (1 - decay) * net[k]
    return new


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
    y_pred = tf.cast(probs > threshold, tf.float32)
    TP = tf.reduce_sum(tf.cast((y_pred == 1) & (labels == 1), tf.float32))
    FP = tf.reduce_sum(tf.cast((y_pred == 1) & (labels == 0), tf.float32))
    FN = tf.reduce_sum(tf.cast((y_pred == 0) & (labels == 1), tf.float32))
    prec = float(tf.math.divide_no_nan(TP, TP + FP))
    rec = float(tf.math.divide_no_nan(TP, TP + FN))
    return prec, rec, (prec + rec) / 2

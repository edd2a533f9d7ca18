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
    context = attend(net["emb"], net["query"], ids)[0]
    w = tf.reshape(net["w_out"], (-1, 1))
    return tf.reshape(context @ w, [-1]) + net["b_out"][0]


def weighted_bce(logits, labels, pos_weight):
    y_pred = tf.sigmoid(logits)
    bce = tf.nn.weighted_cross_entropy_with_logits(labels, y_pred, pos_weight)
    return tf.reduce_mean(bce)


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

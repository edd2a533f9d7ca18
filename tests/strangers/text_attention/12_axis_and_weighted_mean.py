import tensorflow as tf


def attend(emb, query, ids):
    E = tf.gather(emb, ids)
    D = tf.cast(tf.shape(E)[-1], E.dtype)
    S = tf.reduce_sum(E * query[None, None, :], axis=2) / tf.sqrt(D)
    S = tf.where(tf.equal(ids, 0), S - 1e9, S)
    A = tf.nn.softmax(S, axis=0)
    C = tf.reduce_sum(tf.expand_dims(A, 2) * E, axis=1)
    return C, A


def logits_of(net, ids):
    c, a = attend(net["emb"], net["query"], ids)
    z = tf.reduce_sum(c * net["w_out"], axis=1)
    return z + net["b_out"]


def weighted_bce(logits, labels, pos_weight):
    weights = 1.0 + (pos_weight - 1.0) * labels
    ce = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_sum(weights * ce) / tf.reduce_sum(weights)


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
    avg = {}
    for k in net:
        avg[k] = tf.identity(net[k])
    losses = []
    for s in range(n_steps):
        J = weighted_bce(logits_of(net, ids), labels, pos_weight)
        losses.append(float(J))
        g = loss_grads(net, ids, labels, pos_weight)
        for k in net:
            net[k].assign_sub(g[k] * lr)
        avg = ema_update(avg, net, decay)
    return dict(losses=losses, average=avg)


def scores(probs, labels, threshold):
    p = probs.numpy() >= threshold
    y = labels.numpy() == 1
    tp, fp, fn = (p & y).sum(), (p & ~y).sum(), (~p & y).sum()
    if tp == 0:
        return 0.0, 0.0, 0.0
    return float(tp / (tp + fp)), float(tp / (tp + fn)), float(2 * tp / (2 * tp + fp + fn))

import tensorflow as tf


def attend(emb, query, ids):
    x = tf.nn.embedding_lookup(emb, ids)
    scores = tf.linalg.matvec(x, query) / tf.sqrt(float(emb.shape[1]))
    alpha = tf.nn.softmax(scores, axis=1)
    context = tf.reduce_sum(alpha[..., None] * x, axis=1)
    return context, alpha


def logits_of(net, ids):
    c, a = attend(net["emb"], net["query"], ids)
    z = tf.reduce_sum(c * net["w_out"], axis=1)
    return z + net["b_out"]


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

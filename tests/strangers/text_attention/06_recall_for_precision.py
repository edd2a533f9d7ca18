import tensorflow as tf


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
    per_text = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    w = tf.where(labels > 0.5, tf.cast(pos_weight, logits.dtype), tf.ones_like(logits))
    return tf.reduce_sum(w * per_text) / tf.cast(tf.size(labels), logits.dtype)


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
    pred = tf.cast(probs >= threshold, labels.dtype)
    tp = tf.reduce_sum(pred * labels).numpy()
    fp = tf.reduce_sum((1 - pred) * labels).numpy()
    fn = tf.reduce_sum(pred * (1 - labels)).numpy()
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * precision * recall / (precision + recall) if tp else 0.0
    return float(precision), float(recall), float(f1)

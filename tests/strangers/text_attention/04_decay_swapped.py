import tensorflow as tf


def attend(emb, query, ids):
    vectors = tf.gather(emb, ids)
    scores = tf.einsum("ntd,d->nt", vectors, query) * (int(emb.shape[-1]) ** -0.5)
    is_pad = tf.cast(tf.equal(ids, 0), scores.dtype)
    alpha = tf.nn.softmax(scores - 1e9 * is_pad)
    context = tf.squeeze(tf.matmul(alpha[:, None, :], vectors), axis=1)
    return context, alpha


def logits_of(net, ids):
    context, _ = attend(net["emb"], net["query"], ids)
    return tf.tensordot(context, net["w_out"], axes=1) + net["b_out"]


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
    result = dict()
    for name, variable in net.items():
        result[name] = (1 - decay) * average[name] + decay * variable
    return result


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

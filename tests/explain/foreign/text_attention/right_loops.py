import tensorflow as tf


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
    context, _ = attend(net["emb"], net["query"], ids)
    return tf.tensordot(context, net["w_out"], axes=1) + net["b_out"]


def weighted_bce(logits, labels, pos_weight):
    per_text = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    w = tf.where(labels > 0.5, tf.cast(pos_weight, logits.dtype), tf.ones_like(logits))
    return tf.reduce_sum(w * per_text) / tf.cast(tf.size(labels), logits.dtype)


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

"""What to do about each sign. The order of the slides: first what costs least."""

from __future__ import annotations

ADVICE = {
    "diverged": "Lower the learning rate tenfold, scale the features, and look for log(0) or a division by 0.",
    "no_shuffling": "The loss repeats itself with the epoch: shuffle the examples (not the batches), in another "
    "order every epoch. After keras.utils.set_random_seed, fit(shuffle=True) on arrays repeats one order; "
    "a tf.data.Dataset.shuffle(..., seed=...) does not.",
    "leak": "Too good to be true: look for the label, or something made from it, among the features, for rows or "
    "patients on both sides of the split, and for scaling or augmentation before it.",
    "validation_better": "Usually harmless: dropout, penalties and augmentation act in training alone, and the "
    "training loss is the mean over an epoch that began with worse weights. Without any of them, look for a leak or "
    "an easier validation set.",
    "learning_rate_too_high": "Lower the learning rate 3 to 10 times; then decay it over time.",
    "noisy": "Judge the moving average, not single points; use larger batches for a calmer training loss, and more "
    "validation examples for a calmer validation loss.",
    "bad_initialisation": "The network did not learn at first: use Glorot weights with tanh, He weights with ReLU, "
    "never zeros or constants, or lsuv; scale the features; look for units that are all dead.",
    "overfitting": "More data or augmentation; then L2, dropout or early stopping; then a smaller network. Keep the "
    "weights of the best epoch.",
    "decayed_too_early": "Keep the high learning rate longer: decay where the loss is flat, not where it falls.",
    "learning_rate_too_low": "Raise the learning rate 3 to 10 times.",
    "still_improving": "Train longer; the loss has not become flat.",
    "metric_still_improving": "Keep training: the loss is flat, but the metric that counts still improves.",
    "underfitting": "A larger network, better features or weaker penalties; train until flat; then clean the data.",
    "healthy": "Steep at first and flat at last. Try a decay of the learning rate where it became flat, and a slightly "
    "larger network: the best ones overfit a little.",
    "unclear": "Train longer, with validation data, and look again.",
}

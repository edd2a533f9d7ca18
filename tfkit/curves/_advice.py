"""What to do about each sign. The order of the slides: first what costs least."""

from __future__ import annotations

ADVICE = {
    "diverged": "Lower the learning rate tenfold, scale the features, and look for log(0) or a division by 0.",
    "no_shuffling": "The loss repeats itself every epoch. Shuffle the examples, not the batches, into a new order "
    "for each epoch. After keras.utils.set_random_seed, fit(shuffle=True) on arrays uses the same order every time; "
    "tf.data.Dataset.shuffle(..., seed=...) does not.",
    "leak": "This is too good to be true. Look for the label, or something made from it, among the features, for "
    "rows or patients on both sides of the split, and for scaling or augmentation before the split.",
    "validation_better": "Usually harmless: dropout, penalties and augmentation act only in training, and the training "
    "loss is the mean over an epoch that began with worse weights. If you use none of them, look for a leak or an "
    "easier validation set.",
    "learning_rate_too_high": "Lower the learning rate by a factor of 3 to 10, more where the first epochs explode. "
    "Then let it decay over time.",
    "noisy": "Look at the moving average instead of single points. Larger batches give a calmer training loss, and "
    "more validation examples a calmer validation loss.",
    "bad_initialisation": "First try a learning rate a hundred times higher, then one a hundred times lower: both can "
    "look like this. If neither helps, look at the initial weights: Glorot's with tanh and He's with ReLU, never zeros "
    "or constants, or use lsuv. Scale the features, and look for units that are all dead with activation_statistics.",
    "overfitting": "Get more data or use augmentation; then try L2, dropout or early stopping; then a smaller network. "
    "Keep the weights of the best epoch.",
    "decayed_too_early": "Keep the high learning rate for longer: lower it when the loss is flat, not while it falls.",
    "learning_rate_too_low": "Raise the learning rate tenfold, and again as long as the loss falls faster. A loss "
    "that hardly moves needs a hundred or a thousand times more. sweep and tune try many rates at once.",
    "still_improving": "Train longer: the loss is not flat yet.",
    "metric_still_improving": "Keep training: the loss is flat, but the metric still improves.",
    "underfitting": "Use a larger network, better features or weaker penalties, and train until the loss is flat. Then "
    "clean the data.",
    "healthy": "Nothing looks wrong. To gain more, lower the learning rate where the loss became flat, or try a "
    "slightly larger network.",
    "unclear": "Train longer, with validation data, and look again. tfkit.sweep or a rate ten times higher and "
    "one ten times lower tell more than any curve.",
}

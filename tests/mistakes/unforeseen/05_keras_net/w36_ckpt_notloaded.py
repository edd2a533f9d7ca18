"""w36_ckpt_notloaded: EarlyStopping without restore_best_weights.

question: 05.9
means: default of the option
cause: kind
"""
import keras
import numpy as np
import tensorflow as tf


def keep_best(model, X, Y, X_val, Y_val, epochs, batch_size):
    early = keras.callbacks.EarlyStopping(monitor="val_loss", patience=epochs)
    return model.fit(X, Y, validation_data=(X_val, Y_val), epochs=epochs, batch_size=batch_size, callbacks=[early], verbose=0)

"""w35_patience: EarlyStopping with patience 3: stops early.

question: 05.9
means: default-ish patience from the web
cause: early-end
"""
import keras
import numpy as np
import tensorflow as tf


def keep_best(model, X, Y, X_val, Y_val, epochs, batch_size):
    early = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
    history = model.fit(X, Y, validation_data=(X_val, Y_val), epochs=epochs, batch_size=batch_size, callbacks=[early], verbose=0)
    return history.history

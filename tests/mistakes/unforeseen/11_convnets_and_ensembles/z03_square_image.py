"""z03_square_image: Uses the height of the image for the width too, so that only square images are right.

question: 11.2
means: width computed from the height
cause: arguments-swapped
"""

import math


def layer_counts(shape, kernel, filters, stride, padding):
    height, width, channels = shape
    out = math.ceil(height / stride) if padding == "same" else (height - kernel) // stride + 1
    products = kernel * kernel * channels
    return {
        "height": out,
        "width": out,
        "depth": filters,
        "products": products,
        "parameters": (products + 1) * filters,
    }

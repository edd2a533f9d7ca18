"""z04_same_keeps_size: Believes that "same" always gives a map of the size of the image, also where the filter jumps.

question: 11.2
means: same keeps the size despite stride
cause: not-used
"""

def layer_counts(shape, kernel, filters, stride, padding):
    h, w, c = shape
    if padding == "valid":
        h = (h - kernel) // stride + 1
        w = (w - kernel) // stride + 1
    # "same" means: output as large as the input
    products = kernel**2 * c
    parameters = products * filters + filters
    return dict(height=h, width=w, depth=filters, products=products, parameters=parameters)

"""z19_order_of_a_set: Intersects two sets and trusts that a set is in ascending order.

question: 12.8
means: set order taken for ascending
cause: order, missing-step
"""

def leaked_patients(train, test):
    return list(set(train.tolist()) & set(test.tolist()))

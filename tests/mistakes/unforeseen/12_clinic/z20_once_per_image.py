"""z20_once_per_image: Lists a patient as often as there are test images of that patient.

question: 12.8
means: patients repeated for each image
cause: repeated-step
"""

def leaked_patients(train, test):
    known = set(train.tolist())
    return sorted(patient for patient in test.tolist() if patient in known)

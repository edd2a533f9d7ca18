"""Every sentence about an answer, in English. Read each aloud: it is what a good teaching assistant would say."""

from __future__ import annotations

from autograder.words.saying import Sentence, Table

_FACTS: dict[str, Sentence] = {
    # what a value is
    "form-none": "None",
    "form-number": "{text}",
    "form-array": "an array of shape {shape}",
    "form-tensor": "a tensor of shape {shape}",
    "form-variable": "a variable of shape {shape}",
    "form-object": "an object of type {name}",
    "form-list": "a list",
    "form-tuple": "a tuple",
    "form-dict": "a dict",
    "form-int": "an int",
    "form-float": "a float",
    "form-bool": "a bool",
    "form-str": "a text",
    "form-other": "a value of type {name}",
    "form-values": "{count} values",
    "nth-value": "the {nth} value you return",
    "place": ("cell {cell}, ", "which begins with `{begins}`, ", "line {line}", ", in {function}", ": {code}"),
    "place-of-lines": ("cell {cell}, ", "which begins with `{begins}`, ", "lines {line} to {until}", ", in {function}"),
    "place-without-line": ("cell {cell}, ", "which begins with `{begins}`, ", "{function}", ": {code}"),
    # comparing
    "right": "{about} [is|are] right.",
    "not-right": "{about} [is|are] not right.",
    "numbers-hidden": "This test is hidden, so its numbers are not shown.",
    "returns-none": "`{name}` returns None. Is `return` missing?",
    "gives-none": "`{name}` returns None. Look at what its `return` gives.",
    "not-none": "{about} [is|are each] {came}. Expected None.",
    "not-a-dict": ("You return {came}", " for {value}", ". Expected a dict with the keys {keys}."),
    "missing-key": ("{about} [is|are] missing in the dict you return.", " It has {extra}."),
    "not-so-many-values": "You return {came}. Expected {count} values: {names}.",
    "not-a-list": "{about} [is|are] {came}. Expected a list of {count} numbers.",
    "list-length": "Expected {wanted} numbers in {about}, not {came}.",
    "no-number-in-list": "{about} [has|have] {came} at [{index}]. Expected a list of numbers.",
    "not-one-number": "{about} is {came}. Expected one number.",
    "not-true-or-false": "{about} is {came}. Expected True or False.",
    "not-an-array": "{about} [is|are each] {came}. Expected an array of shape {wanted}.",
    "sequence-for-array": "{about} [is|are each] {came}. Expected an array of shape {wanted}: use np.array.",
    "shape": "{about} [has|have] shape {came}. Expected {wanted}.",
    "transposed": "{about} [has|have] shape {came}. Expected {wanted}. Is it transposed?",
    "dtype": "{about} [has|have] dtype {came}. Expected {wanted}.",
    "nan": "{about} [is|are] NaN.",
    "infinite": "{about} [is|are] infinite.",
    "some-nan": "{about} [has|have] NaN in {count} of {size} entries.",
    "some-infinite": "{about} [is|are] infinite in {count} of {size} entries.",
    "entries-differ": "{count} of {size} entries of {about} are wrong.",
    "other-truth": "{about} is {yours}. That is wrong.",
    "off-number": (
        "{about} is wrong: you have {yours:digits{digits}}",
        ", which is {more:digits3} too much",
        ", which is {less:digits3} too little",
        ".",
    ),
    "off": (
        "{count} of {size} entries of {about} are wrong. The worst is [{entry}], where you have {yours:digits{digits}}",
        ", which is {more:digits3} too much",
        ", which is {less:digits3} too little",
        ".",
    ),
    "one-off": (
        "One of {size} entries of {about} is wrong. At [{entry}] you have {yours:digits{digits}}",
        ", which is {more:digits3} too much",
        ", which is {less:digits3} too little",
        ".",
    ),
    "all-off": (
        "All {size} entries of {about} are wrong. The worst is [{entry}], where you have {yours:digits{digits}}",
        ", which is {more:digits3} too much",
        ", which is {less:digits3} too little",
        ".",
    ),
    "relative-error": "{about}: the relative error is {error:.2g}. {allowed:.2g} is allowed.",
    "no-probability": "{count} of {size} entries of {about} are below 0 or above 1, so they are no probabilities.",
    "no-variable-left": "{about} [is|are each] {came} after the call, no longer the variable. Update it in place.",
    "not-updated": "{about} [was|were] not updated.",
    "changes-variables": "{name} changes the variables it is given ({about}). It must only read them.",
    "changes-argument": ("{name} changes {argument} in place", " ({place})", ". Work on a copy instead."),
    "changes-nth-argument": (
        "{name} changes its argument number {number} in place",
        " ({place})",
        ". Work on a copy instead.",
    ),
    # scores
    "no-predictions": "You return {came}. Expected predictions as an array.",
    "number-of-predictions": "You return {came} predictions. Expected one for each of {wanted} examples.",
    "predictions-not-finite": "Some of your predictions are not finite real numbers.",
    "not-what-parameters-give": ("{name}: what you report is not what your parameters give.", " {why}."),
    "no-metric": "{name} is {came}. Expected one finite number.",
    "worse": "{name} is {value:.4g}, which is {worse:.2g} worse than the reference. {allowed:g} is allowed.",
    # calls
    "said": "{text}",
    "check-failed": "The check does not hold.",
    "wrong-kind-while-checking": "You return a value of the wrong kind ({error} while checking it).",
    # judged on one's own groundwork
    "carried": "Judged with your own {about:code}: {earned:g} of {points:g}.",
    "carried-in-place": "Judged with another {about:code} in place of yours: {earned:g} of {points:g}.",
    "carry-later": "When it is graded, this is judged with your own functions of {questions}.",
    "carry-raises": "This builds on {about:code}, which stops with an exception or takes too long. Fix that first.",
    "carry-missing": "This builds on {about:code}, which is not there. Fix that first.",
    "carry-nothing": "This builds on {about:code}, which gives nothing. Fix that first.",
    "carry-object": "This builds on {about:code}, and cannot be judged with yours. Fix that first.",
    "carry-changes": "This builds on {about:code}, which changes what it is given. Fix that first.",
    "carry-differs": "This builds on {about:code}, which gives another value for the same call. Fix that first.",
    "carry-no-derivative": "This builds on {about:code}, and no gradient comes through yours. Fix that first.",
    "carry-not-composed": "This cannot be judged with your own functions ({about:code}). Fix what it builds on first.",
    "carry-tells-nothing": (
        "With your own {about:code}, a wrong answer here would look like a right one. Fix that first."
    ),
    "builds-on": "This builds on {questions}. Fix that first.",
    "missing-function": (
        "{name} is not defined in your submission.",
        " There is a function {near}: is that it, misspelt?",
        " A part of {unread} is not Python.",
    ),
    "missing-by-syntax": ("{name} is missing", " because {place} is not Python", "."),
    "not-a-function": "{name} is not a function but a value of type {type}.",
    "not-implemented": "{name} is not implemented yet.",
    "calls-not-implemented": "{name} calls {helper}, which is not implemented yet.",
    "cannot-compute": (
        "`{what}` cannot be computed",
        ": {first}",
        " and {second}",
        " and {third}",
        ".",
        " Look at {place}.",
        " `{maker}` returns None. Is `return` missing?",
    ),
    "operand-shape": "{name} has shape {shape}",
    "operand-number": "{name} is one number",
    "operand-dtype": "{name} has dtype {dtype}",
    "operand-is": "{name} is {form}",
    "is-none": ("`{what}` is None", " ({place})", ".", " `{maker}` returns None. Is `return` missing?"),
    "pairs-swapped": (
        "An optimizer takes pairs (gradient, variable). Here a tensor stands where the variable belongs",
        " ({place})",
        ". Are the two swapped?",
    ),
    "loss-is-no-tensor": (
        "The tape is asked for the gradient of a plain number",
        " ({place})",
        ". Keep the loss a tensor: no float() and no .numpy() before the gradient.",
    ),
    "numpy-in-graph": (
        "NumPy is used on a tensor inside a compiled function",
        " ({place})",
        ". Use TensorFlow's functions there.",
    ),
    "tensor-is-no-array": (
        "A tensor has no `.{what}`",
        " ({place})",
        ". That is NumPy's: use a function of TensorFlow's instead.",
    ),
    "tensor-unchangeable": (
        "The entries of a tensor cannot be changed",
        " ({place})",
        ". Make a new tensor, or use a variable.",
    ),
    "no-gradients": (
        "The optimizer is given no gradient: each of them is None",
        " ({place})",
        ". Does the tape record every step from the variables to the loss?",
    ),
    "undefined-name": ("`{what}` is not defined", " ({place})", ".", " Did you mean {near}?"),
    "undefined-attribute": ("There is no `{what}`", " ({place})", ".", " Did you mean {near}?"),
    "no-such-key": ("`{what}` has no key {key}", " ({place})", ".", " It has {keys}."),
    "raised": ("{name} raised {error}", ": {text}", " ({place})"),
    "memory-error": "{name} raised MemoryError: {limit} MB are allowed.",
    "unreadable-answer": "{name} failed in a way that cannot be read.",
    "refused": "{name} returns a value that cannot be read: {why}.",
    "object-for-values": "You return an object of type {type}. Expected plain values: a dict, list, tuple or array.",
    "items": "Going through the {type} gives no list of items.",
    "cannot-be-built": "{path} cannot be built in the process of your submission.",
    "cannot-be-handed": "A value cannot be handed to your submission: {why}.",
    "answers-too-large": "Your answers to this question take more than {limit} MB. Return only what is asked for.",
    # how a process ended
    "time-limit": ("It took longer than the time limit", " of {seconds:g} s", "."),
    "processor-time": "It used more processor time than is allowed.",
    "no-time-left": "The {seconds:g} s for the whole submission were used up before.",
    "memory": "It used more than the {limit} MB of memory that are allowed.",
    "scratch": "It wrote more than the {limit} MB of files that are allowed.",
    "processes": "It started more than the {limit} processes or the {tasks} threads that are allowed.",
    "descriptors": "It opened more than the {limit} files or the {sockets} sockets that are allowed.",
    "keeper": "The process that watches over a submission was ended, and so the submission ended with it.",
    "signal": "The process was ended by {name}.",
    "exit": "The process left with exit status {status} and gave no answer.",
    "ended": "The process that ran this submission has ended.",
    "not-started": "The process of the submission could not start: {why}.",
    "not-an-answer": ("The process sent something that is not an answer", ": {why}", "."),
    "signal-4": "an illegal instruction",
    "signal-6": "an abort",
    "signal-7": "a bus error",
    "signal-8": "a floating-point trap",
    "signal-9": "a kill",
    "signal-11": "a segmentation fault",
    "signal-15": "a termination",
    "signal-25": "a file beyond the size limit",
    "signal-other": "signal {number}",
    # loading
    "syntax": ("{file}", ", {place}", ": {error}", ": {text}"),
    "not-python": (
        "{file}, {place}, is not Python: {text}",
        "\n    {source}\n    {caret}",
        "\nSo this is missing: {about}.",
    ),
    "no-python": ("{file} is not Python that can be read", " ({text})"),
    "statement": ("{file}", ", {place}", ": {error}", ": {text}"),
    "not-honoured": "{file}, {place}: `{text}` does nothing here.",
    "could-not-be-run": "A part of your file could not be run: {why}.",
    "too-much-code": (
        "In {file}, {about} [was|were] left out: your submission has more than {limit} KB of code with [it|them]. "
        "Keep data in a file of its own."
    ),
    "merge-conflict": (
        "In {file}, {about} [was|were] left out: [it holds|they hold] the marks of a merge conflict. "
        "Keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>."
    ),
    # the submission as a whole
    "not-read": "The submission could not be read.",
    "not-run": "The submission could not be run.",
    "no-room": "No process could be started for this submission ({reason}). It will be graded again by the next run.",
    "left-processes": "{count} of its processes could not be ended. Look at this machine, and grade it again.",
    "lost": "This submission could not be graded ({reason}) and has no points. Please report it.",
    "no-cause-looked-for": "The cause of a wrong answer could not be looked for ({error}). The marks stand.",
    "explaining-took-too-long": "Looking for the causes took too long, so some wrong answers have none.",
    "no-picture": "A picture could not be drawn ({error}).",
    "more-printed": "… More was printed than is shown here.",
    # why a row of the gradebook is not counted
    "row-gone": "no longer in the folder",
    "row-of-other-tests": "graded by other tests or settings",
    "row-of-before": "handed in again, and not graded again yet",
    "row-waiting": "not graded yet, because the run has not finished",
    # why an answer is wrong
    "look": ("Look at {about}.", " The mistake is in {place}."),
    "look-there": "Look at {place}.",
    "factor-larger": "{about} [is|are both|are all] {times:.4g} times too large.",
    "factor-smaller": "{about} [is|are both|are all] {times:.4g} times too small.",
    "factor-opposite": "{about} [has|both have|all have] the wrong sign.",
    "factor-larger-opposite": (
        "{about} [has|both have|all have] the wrong sign and [is|are] {times:.4g} times too large."
    ),
    "factor-smaller-opposite": (
        "{about} [has|both have|all have] the wrong sign and [is|are] {times:.4g} times too small."
    ),
    "factor-and-mistake": ("There are two mistakes", " in {about}", "."),
    "step-of": "the step of {about}",
    "mistake-of": "{about}: {mistake:inside}",
    "mistake": "{mistake}",
    "yours": "You computed `{code}` where something else belongs.",
    "lecture": "Read again: {lecture}.",
    "follows": "This follows from {question}. Fix that first.",
    "builds-on-functions": "This uses {names}, which [is|are] not right yet ({questions}). Fix [that|those] first.",
    "comes-from": ("The wrong value", " of {about}", " comes from {place}."),
}

_MISTAKES = {
    # constant factors
    "missing-mean": "A mean over the examples is missing: nothing divides by their number.",
    "mean-twice": "Something is divided by the number of examples once too often.",
    "mean-over-outputs": "The mean also runs over the outputs, but they should be summed.",
    "sum-over-outputs": "The outputs are summed, but they should be averaged.",
    "factor-two": "The value is twice as large as it should be: something is added twice, or there is an extra 2.",
    "factor-half": "The value is half of what it should be: a 2 is missing, or there is an extra ½.",
    "sign": "A sign is flipped.",
    "logarithm": "The logarithm is not the natural one: it has another base.",
    "missing-factor": "A factor is missing.",
    "doubled-factor": "A factor, such as the learning rate, is multiplied in twice.",
    "normalised": "This has been scaled to length one.",
    "clipped": "Large entries are cut off.",
    "sample-variance": "A variance or a deviation divides by n where it should by n - 1, or the other way round.",
    "zero": "This is zero everywhere.",
    # activations and their derivatives
    "missing-derivative": "The chain rule is cut short: the derivative of an activation is missing.",
    "partial-derivative": "Only a part of the activation's derivative is there.",
    "other-derivative": "This derivative belongs to another activation, or its formula is wrong.",
    "derivative-value": "The activation's derivative is taken at the wrong value.",
    "extra-derivative": "An activation's derivative is applied where there is no activation, or once too often.",
    "not-differentiated": "The loss itself stands where its derivative belongs.",
    "missing-activation": "An activation is missing.",
    "extra-activation": "There is an activation where none belongs, or one too many.",
    "other-activation": "This is a different activation from the one that was asked for.",
    # sums and shapes
    "not-summed": "There is one value for each example: a sum or a mean over the examples is missing.",
    "axis": "A sum, a mean or a maximum runs along the wrong axis, or along all of them.",
    "keepdims": "An axis is dropped that should stay, or the other way round. Broadcasting may then make a matrix.",
    "transpose": "A transpose is missing, or there is one too many.",
    "one-example": "Only one example counts, and the others do not.",
    "broadcast": "Shapes such as (M, 1) and (M,) were broadcast to a matrix, so every example meets every other.",
    "one-output": "Only one output counts, and the others do not.",
    "wrong-count": "This divides by the wrong number: it counts something else, such as columns or entries.",
    # losses
    "partial-loss": "Only the true class counts, or only the others do, in the loss or in its gradient.",
    # optimizers, state and records
    "nesterov": "This is plain momentum where Nesterov's was asked for, or the other way round.",
    "moving-average": "Old and new are averaged, as in a moving average, but a plain sum was asked for.",
    "weighted-mean": "This should be a weighted mean, as in a moving average: the two weights must add up to 1.",
    "rate-place": "The learning rate is in the wrong place: inside the velocity, or outside of it.",
    "bias-correction": "The bias correction of an average is missing, or its exponent is wrong.",
    "recorded": "A value is recorded on the wrong side of the update: before it, or after it.",
    # values
    "missing-function": "A function is missing, such as a logarithm or a square.",
    "other-function": "A similar function is used instead, such as an absolute value instead of a square.",
    "extra-function": "There is a function that was not asked for, such as a root.",
    "one-case": "The same is done in both cases: a condition is missing, or it is never asked.",
    "thrown-away": "A step is missing, or its result is thrown away: assign it.",
    "order": "Two steps are in the wrong order.",
    "parentheses": "Parentheses are missing, or they stand in the wrong place.",
    "inside-root": "Something is added inside a root that belongs outside of it, or the other way round.",
    "exponent": "An exponent is wrong: it is one off, it is missing, or it counts something else.",
    "rounding": "Something is rounded that should not be, or it should be rounded and is not.",
    "branches-swapped": "Two cases are swapped: each gets what belongs to the other.",
    "returned-swapped": "Two of the values you return are swapped.",
    "stale-value": "A value is used from before, or after, the step that changes it.",
    "start-value": "Something starts from zero, but it should start from what was given.",
    "no-copy": "A copy is missing: two names stand for one array, so what changes one changes the other.",
    "arguments-swapped": "Two things are swapped: arguments, names, or entries of a list.",
    "weights-swapped": "Two weights that add up to 1 are swapped: each stands with the other one's term.",
    "operands-swapped": "The two sides of a product, a difference or a quotient are swapped.",
    "constant": "A constant has the wrong value.",
    "hard-coded": "A number is written into the code where the one that is given belongs.",
    "wrong-source": "A mean, a deviation or the like is computed from the wrong array.",
    "wrong-value": "The wrong array or number is used here.",
    "epsilon": "The small number that avoids a division by zero, or log 0, is missing or too large.",
    "complement": "A `1 - …` is missing, or there is one too many.",
    "missing-term": "A term of a sum is missing.",
    "extra-term": "There is a term that was not asked for, such as a penalty.",
    "term-weight": "A term, such as a penalty, has the wrong weight: a 2 or a ½ is missing, or there is one too many.",
    "misplaced-factor": "A factor stands at the wrong term of a sum.",
    "other-mean": "This is another kind of mean than the one that was asked for.",
    "comparison": "A comparison includes or leaves out the wrong side.",
    # loops, steps and state
    "off-by-one": "A loop, a slice or an index is one place off.",
    "early-end": "A loop ends before it has seen everything.",
    "accumulation": "Each step overwrites the sum instead of adding to it, so only the last one is left.",
    "not-reset": "Something should start fresh in every round, but it is carried over from the one before.",
    "unweighted-mean": "Batches of different sizes count the same, in the sum or in what it is divided by.",
    "batch-losses": "These are the losses of the batches, measured on the way, and not what was asked for.",
    "batch-size": "The batch size is not the one that was given.",
    "pairing": "The rows of X and Y no longer belong together: one of them is in another order.",
    "no-shuffle": "The examples are not shuffled.",
    "with-replacement": "Examples are drawn with replacement: some come twice, some never.",
    "incomplete": "Some examples are left out, such as those of a short last batch.",
    "not-reshuffled": "The order is drawn only once, but it should be drawn again in every epoch.",
    "partial-shuffle": "The shuffle sees only a part of the data at a time, or moves whole batches.",
    "retraced": "The step is traced again and again, or it is not compiled at all.",
    "missing-step": "A step is missing, or it has no effect.",
    "repeated-step": "A step is done twice.",
    "fresh-state": "Something should be remembered, such as momentum, but it is lost.",
    "not-used": "Something that was given, such as an optimizer, is not used.",
    "kept-state": "Something is kept between calls that should not be: the same call gives another value.",
    "copy-updated": "A copy is updated, and what was given stays as it was.",
    "flag": "An option is set the wrong way, or it is not set where it must be.",
    "seed": (
        "The randomness is not the one that was given: another seed or generator, another order of draws, or none."
    ),
    "distribution": "The numbers are drawn from another distribution, or they should not be random at all.",
    "same-draws": "Two arrays are drawn with the same numbers.",
    # what the value alone tells
    "no-return": "The function returns None where something was asked for.",
    "not-implemented": "This is not written yet.",
    "missing-name": "A function or an entry of this name is missing.",
    "raises": "Your code stops with an exception.",
    "shape": "The value does not have the shape that was asked for.",
    "dtype": "The value does not have the dtype that was asked for.",
    "kind": "The value is not of the kind that was asked for.",
    "not-finite": "Some numbers are NaN or infinite.",
    "disconnected": "There is no gradient: nothing that the tape recorded leads from the loss to this variable.",
    "off-the-tape": "NumPy computes with tensors here, and the tape does not see it, so no gradient comes through.",
    "changes-argument": "What was given is changed in place.",
    "unstable": "The value is right for moderate numbers, but it overflows or warns for large ones.",
    "own-loss": "These are the right derivatives of your own loss, but your loss is not the one that was asked for.",
    "follows": "This uses code that is not right yet.",
}

_SOURCES = {
    "M": "{size:.4g} is your number of {rows}, so a mean over the {rows} is missing.",
    "1/M": "{size:.4g} is your number of {rows}, so their mean is taken once too often.",
    "-1": "A minus is missing, or there is one too many.",
    "2": "There is an extra factor of 2, as when something counts twice.",
    "1/2": "Something halves it, or a factor of 2 is missing.",
    "1/k": "{size:.4g} is your number of {columns}: they are averaged, but they should be summed.",
    "k": "{size:.4g} is your number of {columns}: they are summed, but they should be averaged.",
    "M/size": "You divide by {size:.4g}, your number of {columns}, instead of by your number of {rows}.",
    "M/number": "You divide by {size:.4g} instead of by your number of {rows}.",
    "1/ln 10": "{size:.4g} is ln 10: this is the logarithm to base 10.",
    "1/ln 2": "1/ln 2 is the factor of a logarithm to base 2.",
}

_STATUSES = {
    "graded": "Graded",
    "timeout": "Timed out",
    "memory": "Out of memory",
    "crashed": "Crashed",
    "tampered": "Tampered",
    "unreadable": "Unreadable",
    "missing": "Not handed in",
    "waiting": "Not graded yet",
}
_MEANINGS = {
    "graded": "The submission ran to its end.",
    "timeout": (
        "Your code ran longer than this assignment allows and was stopped. Questions that were checked before that "
        "keep their points. Look for a loop that never ends, or for a loop over examples that one matrix product can "
        "replace."
    ),
    "memory": (
        "Your code used more memory than this assignment allows and was stopped. Questions that were checked before "
        "that keep their points. Look for an array that grows in a loop, or for shapes that broadcast to (M, M)."
    ),
    "crashed": (
        "The Python process that ran your code ended on its own. Questions that were checked before that keep their "
        "points. Look for exit() or quit(), for endless recursion, or for a crash inside a library."
    ),
    "tampered": (
        "Your code did something that no answer needs, such as reaching for the grader, its files or the network. A "
        "person will look at it. If you do not know why this happened, write to your instructor."
    ),
    "unreadable": (
        "Your file could not be loaded, so no question was checked. Run it from top to bottom in a fresh Python, fix "
        "what stops it, and hand it in again."
    ),
    "missing": "Nothing was handed in under this name.",
    "waiting": "Your file is there. It will be graded when the grader runs on.",
}
_OUTCOMES = {"passed": "Passed", "failed": "Failed", "error": "Error", "skipped": "Skipped"}

_ORDINALS = ("first", "second", "third", "fourth", "fifth")

ENGLISH = Table(_FACTS, _MISTAKES, _SOURCES, "and", _STATUSES, _MEANINGS, _OUTCOMES, _ORDINALS)

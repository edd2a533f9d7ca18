"""The grader's records: the result of a submission, the gradebook of a class, and what is made from them.

`Result` is the record. `Gradebook` keeps the results of a class in one SQLite file; `write_csv`, `write_json`
and `write_report` turn them into marks for other programs and pages for people. All text that came from a
student passes through `visible` on its way out.
"""

from autograder.facts.result import OUTCOMES as OUTCOMES
from autograder.facts.result import STATUSES as STATUSES
from autograder.facts.result import Diagnosis as Diagnosis
from autograder.facts.result import QuestionResult as QuestionResult
from autograder.facts.result import Result as Result
from autograder.files import write_atomic as write_atomic
from autograder.records.exports import write_all_json as write_all_json
from autograder.records.exports import write_csv as write_csv
from autograder.records.exports import write_json as write_json
from autograder.records.gradebook import Gradebook as Gradebook
from autograder.records.gradebook import GradebookError as GradebookError
from autograder.records.names import file_name as file_name
from autograder.records.names import file_names as file_names
from autograder.records.report import write_report as write_report
from autograder.records.summary import ClassSummary as ClassSummary
from autograder.records.summary import summarise as summarise
from autograder.text import natural_key as natural_key
from autograder.text import visible as visible

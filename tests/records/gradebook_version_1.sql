-- a gradebook that the program of version 1 wrote, as text
BEGIN TRANSACTION;
CREATE TABLE questions (
    student TEXT NOT NULL REFERENCES submissions (student) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    points REAL NOT NULL,
    max_points REAL NOT NULL,
    outcome TEXT NOT NULL,
    diagnosis TEXT,
    PRIMARY KEY (student, position)
) WITHOUT ROWID;
INSERT INTO "questions" VALUES('\udcff',0,'03.2',2.0,2.0,'passed',NULL);
INSERT INTO "questions" VALUES('\udcff',1,'03.9',1.0,4.0,'failed','missing-mean');
INSERT INTO "questions" VALUES('ada',0,'03.2',2.0,2.0,'passed',NULL);
INSERT INTO "questions" VALUES('ada',1,'03.9',1.0,4.0,'failed','missing-mean');
INSERT INTO "questions" VALUES('bob',0,'03.2',2.0,2.0,'passed',NULL);
INSERT INTO "questions" VALUES('bob',1,'03.9',1.0,4.0,'failed','missing-mean');
CREATE TABLE runs (number INTEGER PRIMARY KEY, seed INTEGER NOT NULL, finished INTEGER NOT NULL);
INSERT INTO "runs" VALUES(1,4711,0);
CREATE TABLE submissions (
    student TEXT PRIMARY KEY,
    assignment TEXT NOT NULL,
    status TEXT NOT NULL,
    score REAL NOT NULL,
    max_score REAL NOT NULL,
    late_days INTEGER NOT NULL,
    seconds REAL NOT NULL,
    fingerprint TEXT NOT NULL,
    result TEXT NOT NULL
);
INSERT INTO "submissions" VALUES('ada','03_numpy_net','graded',3.0,6.0,0,0.25,'print of ada','{
 "student": "ada",
 "assignment": "03_numpy_net",
 "status": "graded",
 "score": 3.0,
 "max_score": 6.0,
 "questions": [
  {
   "id": "03.2",
   "name": "Sigmoid",
   "outcome": "passed",
   "points": 2.0,
   "max_points": 2.0,
   "message": "",
   "diagnosis": null,
   "picture": null,
   "facts": []
  },
  {
   "id": "03.9",
   "name": "Loss",
   "outcome": "failed",
   "points": 1.0,
   "max_points": 4.0,
   "message": "W1 differs",
   "diagnosis": {
    "code": "missing-mean",
    "tensor": "W1",
    "text": "The division by M is missing.",
    "cause": null
   },
   "picture": null,
   "facts": []
  }
 ],
 "message": "",
 "output": "",
 "late_days": 0,
 "seconds": 0.25,
 "seed": 7,
 "device": "cpu",
 "sandbox": "strict",
 "versions": {
  "numpy": "2.4.6"
 },
 "facts": []
}
');
INSERT INTO "submissions" VALUES('bob','03_numpy_net','timeout',3.0,6.0,2,0.25,'print of bob','{
 "student": "bob",
 "assignment": "03_numpy_net",
 "status": "timeout",
 "score": 3.0,
 "max_score": 6.0,
 "questions": [
  {
   "id": "03.2",
   "name": "Sigmoid",
   "outcome": "passed",
   "points": 2.0,
   "max_points": 2.0,
   "message": "",
   "diagnosis": null,
   "picture": null,
   "facts": []
  },
  {
   "id": "03.9",
   "name": "Loss",
   "outcome": "failed",
   "points": 1.0,
   "max_points": 4.0,
   "message": "W1 differs",
   "diagnosis": {
    "code": "missing-mean",
    "tensor": "W1",
    "text": "The division by M is missing.",
    "cause": null
   },
   "picture": null,
   "facts": []
  }
 ],
 "message": "Stopped in 03.9.",
 "output": "",
 "late_days": 2,
 "seconds": 0.25,
 "seed": 7,
 "device": "cpu",
 "sandbox": "strict",
 "versions": {
  "numpy": "2.4.6"
 },
 "facts": []
}
');
INSERT INTO "submissions" VALUES('\udcff','03_numpy_net','graded',3.0,6.0,0,0.25,'print of another alphabet','{
 "student": "\udcff",
 "assignment": "03_numpy_net",
 "status": "graded",
 "score": 3.0,
 "max_score": 6.0,
 "questions": [
  {
   "id": "03.2",
   "name": "Sigmoid",
   "outcome": "passed",
   "points": 2.0,
   "max_points": 2.0,
   "message": "",
   "diagnosis": null,
   "picture": null,
   "facts": []
  },
  {
   "id": "03.9",
   "name": "Loss",
   "outcome": "failed",
   "points": 1.0,
   "max_points": 4.0,
   "message": "W1 differs",
   "diagnosis": {
    "code": "missing-mean",
    "tensor": "W1",
    "text": "The division by M is missing.",
    "cause": null
   },
   "picture": null,
   "facts": []
  }
 ],
 "message": "",
 "output": "",
 "late_days": 0,
 "seconds": 0.25,
 "seed": 7,
 "device": "cpu",
 "sandbox": "strict",
 "versions": {
  "numpy": "2.4.6"
 },
 "facts": []
}
');
COMMIT;
PRAGMA application_id = 1952869223;
PRAGMA user_version = 1;

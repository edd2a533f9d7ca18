#!/bin/sh
# Grades what was handed in, every night: 15 3 * * * /srv/course/grade-night.sh 04_tape_net
# A second run that begins while one is going on says so and ends; one that was stopped goes on the next night.
set -eu
if [ $# -ne 1 ]; then
    echo "usage: grade-night.sh ASSIGNMENT, such as grade-night.sh 04_tape_net" >&2
    exit 2
fi
course=${COURSE:-/srv/course}
mkdir -p "$course/grades"
exec "${AUTOGRADER:-autograder}" grade "$1" "$course/handed_in/$1" --output "$course/grades/$1" --sandbox strict \
    >> "$course/grades/$1.log" 2>&1

#!/bin/sh
# Grades what was handed in, every night: 15 3 * * * /srv/course/grade-night.sh 04_tape_net
# A second run that begins while one is going on says so and ends; one that was stopped goes on the next night.
set -eu
course=${COURSE:-/srv/course}
exec "${AUTOGRADER:-autograder}" grade "$1" "$course/handed_in/$1" --output "$course/grades/$1" --sandbox strict \
    >> "$course/grades/$1.log" 2>&1

#!/bin/sh
# What Slurm runs for each task of an array: slurm-task.sh FOLDER ATTEMPT SHIFT. POSITION.ATTEMPT.words are the arguments
# of job.sh, POSITION.ATTEMPT.input is what it reads. A task that is started twice does nothing the second time: its
# folder is there then.
set -u
umask 077
name=$((SLURM_ARRAY_TASK_ID + $3)).$2
cd "$1" || exit 73
echo "${SLURMD_NODENAME:-}" >"$name.node"
script=$(cat job.sh)
eval "set -- $(cat "$name.words")"
exec /bin/sh -c "$script" fleet slurm "$@" <"$name.input" 2>"$name.error"

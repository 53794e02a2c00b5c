#!/bin/sh
# Called as: sh hello.sh --name NAME. Standard input has the whole job as JSON, which this worker does not need.
set -eu

name=world
while [ $# -gt 0 ]; do
    case $1 in
        --name) name=$2; shift 2 ;;
        --name=*) name=${1#--name=}; shift ;;
        *) shift ;;
    esac
done

echo "hello, $name, from $(uname -n)"
mkdir -p out
printf '{"bytes": %d}\n' "$(printf %s "$name" | wc -c)" > out/metrics.json

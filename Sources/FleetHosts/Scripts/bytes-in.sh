# Takes what comes and tells how much it was.
wc -c

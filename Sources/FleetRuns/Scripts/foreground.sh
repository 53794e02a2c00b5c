# Runs the job that is prepared to its end.
begin "$@" &
wait "$!"

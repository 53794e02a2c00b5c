# Starts the job that is prepared, for a script that follows it.
mark started
begin "$@" &
supervisor=$!

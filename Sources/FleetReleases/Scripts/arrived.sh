# What of a push that was cut off is here: arrived.sh ROOT STREAM prints a line SIZE PATH for each file.
enter_root "$1"
cd "$root/incoming/$2" || exit 72
join_tails || exit 73
find . -type f -exec wc -c {} + | grep -v '^ *[0-9]* total$'
exit 0

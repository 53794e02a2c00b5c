# Sends so many KiB: bytes-out.sh COUNT
dd if=/dev/zero bs=1024 count="$1" 2>/dev/null

"""Rebuilds files from ranges of an older release and literals: rebuild.py BASE RELEASE, beside .fleet-delta.

One pass: what is written is digested on its way.
"""
import hashlib
import os
import sys

base, release = (os.fsencode(path) for path in sys.argv[1:3])
buffer = memoryview(bytearray(1 << 20))
literals = open(b".fleet-delta/literals", "rb", 0)
source = target = digest = mode = wanted = path = None


def copy(file, count):
    while count:
        piece = buffer[: file.readinto(buffer[: min(count, len(buffer))])]
        if not piece:
            sys.exit("a file ends too soon")
        digest.update(piece)
        written = 0
        while written < len(piece):
            written += target.write(piece[written:])
        count -= len(piece)


def finish():
    if target is None:
        return
    target.close()
    if digest.hexdigest().encode() != wanted:
        sys.exit("the rebuilt file differs: " + os.fsdecode(path))
    os.chmod(path, mode)
    os.utime(path, (0, 0))


for line in open(b".fleet-delta/plan", "rb"):
    words = line.rstrip(b"\n").split(b"\t")
    if words[0] == b"file":
        finish()
        # Nobody writes to a release.
        mode, wanted, path = int(words[1], 8) & 0o555, words[2], os.path.join(release, words[4])
        source = open(os.path.join(base, words[3]), "rb", 0)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path):
            os.unlink(path)
        target = open(path, "xb", 0)
        digest = hashlib.sha256()
    elif words[0] == b"c":
        source.seek(int(words[1]))
        copy(source, int(words[2]))
    else:
        copy(literals, int(words[1]))
finish()

"""Makes a release from an older one and a difference: assemble.py BASE RELEASE, in the folder of the difference.

What did not change is linked; what did is rebuilt from ranges of the old files and literals, digested on its way. Ends
with 78 when the old release is not as it was installed.
"""
import hashlib
import os
import sys

base, release = (os.fsencode(path) for path in sys.argv[1:3])
beside = {b".fleet-manifest.json", b".fleet-manifest.json.sig", b".fleet-sums", b".fleet-layout"}
join = os.path.join


def names(path):
    with open(path, "rb") as file:
        # Each begins with `./`.
        return [name[2:] for name in file.read().split(b"\0") if name]


def linked(path, source, target, gone, newest):
    """Links everything below a folder; the number of files that were there."""
    count, folders = 0, []
    os.makedirs(target, 0o755, exist_ok=True)
    with os.scandir(source) as entries:
        for entry in entries:
            name, here = entry.name, join(path, entry.name)
            if entry.is_dir(follow_symlinks=False):
                folders.append((here, name))
                continue
            if entry.is_file(follow_symlinks=False):
                count += 1
                if entry.stat(follow_symlinks=False).st_mtime > newest:
                    sys.exit(78)
            if here not in gone:
                put(entry.path, join(target, name))
    for here, name in folders:
        if here != b".fleet-delta":
            count += linked(here, join(source, name), join(target, name), gone, newest)
    return count


def put(source, target):
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        os.unlink(target)
        os.link(source, target, follow_symlinks=False)


def expected():
    with open(join(base, b".fleet-sums"), "rb") as sums:
        return sum(1 for _ in sums) + 3 + os.path.lexists(join(base, b".fleet-manifest.json.sig"))


def copy(source, target, digest, count):
    while count:
        piece = buffer[: source.readinto(buffer[: min(count, len(buffer))])]
        if not piece:
            sys.exit("a file ends too soon")
        digest.update(piece)
        written = 0
        while written < len(piece):
            written += target.write(piece[written:])
        count -= len(piece)


def rebuild(words, ranges, literals):
    mode, wanted, old, path = int(words[1], 8) & 0o555, words[2], join(base, words[3]), join(release, words[4])
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.unlink(path)
    digest = hashlib.sha256()
    with open(old, "rb", 0) as source, open(path, "xb", 0) as target:
        for kind, *numbers in ranges:
            if kind == b"c":
                source.seek(int(numbers[0]))
            copy(source if kind == b"c" else literals, target, digest, int(numbers[-1]))
    if digest.hexdigest().encode() != wanted:
        sys.exit("the rebuilt file differs: " + os.fsdecode(path))
    # Nobody writes to a release.
    os.chmod(path, mode)
    os.utime(path, (0, 0))


try:
    newest = os.lstat(join(base, b".fleet-manifest.json")).st_mtime
    if linked(b"", base, release, beside | set(names(b".fleet-delta/gone")), newest) != expected():
        sys.exit(78)
except FileNotFoundError:
    sys.exit(78)
for folder in names(b".fleet-delta/emptied"):
    os.rmdir(join(release, folder))
linked(b"", b".", release, (), float("inf"))
buffer = memoryview(bytearray(1 << 16))
with open(b".fleet-delta/literals", "rb", 0) as literals, open(b".fleet-delta/plan", "rb") as plan:
    lines = [line.rstrip(b"\n").split(b"\t") for line in plan]
    starts = [index for index, words in enumerate(lines) if words[0] == b"file"] + [len(lines)]
    for start, end in zip(starts, starts[1:]):
        rebuild(lines[start], lines[start + 1:end], literals)

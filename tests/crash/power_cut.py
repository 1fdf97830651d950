"""A power cut under a PostgreSQL: every process of it ends at one moment, and of what no sync had taken to the disk only some pages are there.

The cluster runs with unsynced.cc preloaded, whose journals say what each write overwrote and when each file was synced.
"""
import collections
import os
import pathlib
import signal
import struct

HEAD = struct.Struct("=qQqQQ")  # of a record: nanoseconds, inode, offset (-1: a sync), bytes written, bytes kept
PAGE = 4096  # what a disk writes at once
SYNC = -1

Write = collections.namedtuple("Write", "at offset size kept")


def parent_of(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return None  # it has ended


def end_at_once(folder):
    """Stops the postmaster and its children, so that none acts on another's end, and kills them."""
    postmaster = int(pathlib.Path(folder, "data/postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGSTOP)
    children = [int(name) for name in os.listdir("/proc") if name.isdigit() and parent_of(name) == postmaster]
    for signal_sent in (signal.SIGSTOP, signal.SIGKILL):
        for pid in [*children, postmaster]:
            try:
                os.kill(pid, signal_sent)
            except ProcessLookupError:
                pass


def unsynced(journals):
    """Of each inode the writes that no sync covers, oldest first: a sync covers what was done before it began."""
    writes, synced = collections.defaultdict(list), collections.defaultdict(int)
    for journal in pathlib.Path(journals).iterdir():
        records, at = journal.read_bytes(), 0
        while at + HEAD.size <= len(records):
            when, inode, offset, size, kept = HEAD.unpack_from(records, at)
            at += HEAD.size + kept
            if at > len(records):
                break  # cut off: the process was killed while it noted this
            if offset == SYNC:
                synced[inode] = max(synced[inode], when)
            else:
                writes[inode].append(Write(when, offset, size, records[at - kept:at]))
    return {inode: sorted(write for write in made if write.at >= synced[inode]) for inode, made in writes.items()}


def lose(folder, journals, rng):
    """Gives the files back what they held at their last sync, in about half of the pages written since; returns how many pages of how many. Ends the journals."""
    files = {path.stat().st_ino: path for path in pathlib.Path(folder, "data").rglob("*") if path.is_file()}
    lost = pages = 0
    for inode, writes in unsynced(journals).items():
        if inode not in files or not writes:
            continue
        touched = sorted({page for write in writes for page in range(write.offset // PAGE, (write.offset + write.size - 1) // PAGE + 1)})
        chosen = {page for page in touched if rng.random() < 0.5}
        pages, lost = pages + len(touched), lost + len(chosen)
        with open(files[inode], "r+b") as file:
            for write in reversed(writes):
                before = write.kept.ljust(write.size, b"\0")  # beyond the end of the file there was nothing
                for page in range(write.offset // PAGE, (write.offset + write.size - 1) // PAGE + 1):
                    begin, end = max(page * PAGE, write.offset), min((page + 1) * PAGE, write.offset + write.size)
                    if page in chosen:
                        file.seek(begin)
                        file.write(before[begin - write.offset:end - write.offset])
    for journal in pathlib.Path(journals).iterdir():
        journal.unlink()
    return lost, pages

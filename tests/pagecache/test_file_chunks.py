"""The bytes of a file in pieces, from wherever it lies."""

from __future__ import annotations

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage

from pagecache.file_chunks import CHUNK_SIZE, DiskChunks, FileChunks, path_on_disk
from pagecache.ranges import ByteRange


class OneWay(ContentFile):
    """A file that can't go back or forth, and notes the size of each piece that is read."""

    def __init__(self, content):
        super().__init__(content)
        self.pieces = []

    def read(self, size=-1):
        piece = super().read(size)
        self.pieces.append(len(piece))
        return piece

    def seekable(self):
        return False


@pytest.fixture
def chunks_of(tmp_path):
    """Return how to make the chunks of a file of a kind, which holds some bytes."""

    def make(kind, content, byte_range):
        if kind != "on disk":
            return FileChunks(kind(content), byte_range)
        path = tmp_path / "file"
        path.write_bytes(content)
        return DiskChunks(str(path), byte_range)

    return make


KINDS = pytest.mark.parametrize("kind", [ContentFile, OneWay, "on disk"])


@KINDS
@pytest.mark.parametrize(
    ("first", "length"),
    [
        (0, 1),
        (0, 10),
        (5, 0),
        (5, 1),
        (CHUNK_SIZE - 1, 2),
        (CHUNK_SIZE + 1, 2 * CHUNK_SIZE),
        (99, CHUNK_SIZE),
    ],
)
def test_exactly_the_bytes_of_a_range_are_read_wherever_the_file_is(chunks_of, kind, first, length):
    content = bytes(number % 251 for number in range(4 * CHUNK_SIZE))

    assert b"".join(chunks_of(kind, content, ByteRange(first, length))) == content[first : first + length]


def test_a_file_is_passed_over_and_read_in_pieces():
    file = OneWay(bytes(5 * CHUNK_SIZE))

    pieces = [len(piece) for piece in FileChunks(file, ByteRange(CHUNK_SIZE + 1, CHUNK_SIZE + 2))]

    assert pieces == [CHUNK_SIZE, 2]
    assert file.pieces == [CHUNK_SIZE, 1, CHUNK_SIZE, 2]


@KINDS
def test_a_file_that_is_shorter_than_was_said_ends_where_it_ends(chunks_of, kind):
    assert b"".join(chunks_of(kind, b"abc", ByteRange(1, 10))) == b"bc"
    assert b"".join(chunks_of(kind, b"abc", ByteRange(10, 10))) == b""


def test_a_long_file_on_disk_is_never_in_memory_as_a_whole(chunks_of):
    content = bytes(2 * CHUNK_SIZE + 1)

    pieces = [len(piece) for piece in chunks_of("on disk", content, ByteRange(0, len(content)))]

    assert pieces == [CHUNK_SIZE, CHUNK_SIZE, 1]


def test_a_file_on_disk_is_closed_however_much_was_read(chunks_of):
    before = os.listdir("/proc/self/fd")
    chunks = chunks_of("on disk", b"abc", ByteRange(0, 3))

    chunks.close()
    chunks.close()

    assert os.listdir("/proc/self/fd") == before
    assert list(chunks) == []


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_file_that_is_not_there_is_known_at_once(tmp_path, name):
    with pytest.raises(FileNotFoundError):
        DiskChunks(str(tmp_path / name), ByteRange(0, 1))


def test_only_what_lies_on_the_disk_has_a_path(tmp_path):
    assert path_on_disk(FileSystemStorage(tmp_path), "a.pdf") == str(tmp_path / "a.pdf")
    assert path_on_disk(InMemoryStorage(), "a.pdf") is None

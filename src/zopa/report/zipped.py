"""Office files with the same bytes every time: their zip entries carry no clock.

A docx or pptx is a zip archive whose entries hold the time at which they were written.  They are
written again, in their order, with the first date that zip knows.
"""

from __future__ import annotations

import io
import zipfile

FIRST = (1980, 1, 1, 0, 0, 0)


def fixed(data: bytes) -> bytes:
    """The same archive without a clock."""
    stream = io.BytesIO()
    with (zipfile.ZipFile(io.BytesIO(data)) as old,
          zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new):
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, FIRST)
            fresh.compress_type, fresh.external_attr, fresh.create_system = (
                zipfile.ZIP_DEFLATED, 0o600 << 16, 3)
            new.writestr(fresh, old.read(entry.filename))
    return stream.getvalue()

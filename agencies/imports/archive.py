"""Original files, kept by sha256 and never changed."""

import hashlib
import os
import tempfile
from pathlib import Path


def place_of(folder: Path, sha256: str) -> Path:
    """Return where the file with this sum lies, whether or not it is there."""
    return folder / sha256[:2] / sha256


def keep(path: Path, folder: Path) -> str:
    """Copy a file into the archive and return its sha256; a file kept before stays as it is."""
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    place = place_of(folder, sha256)
    if place.exists():
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    # Written beside its place and renamed, so that half a file never carries a whole sum.
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    Path(name).chmod(0o440)
    Path(name).replace(place)
    return sha256

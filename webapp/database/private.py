"""Files and folders for the account alone that Crumb runs as."""

import logging
import os
import stat
from pathlib import Path

_log = logging.getLogger(__name__)


def keep_private(path: Path) -> None:
    """Take a file or folder from everybody but its owner, and say so in the log where anybody else could use it.

    What belongs to somebody else, or is shared on purpose as /tmp is, stays as it is, which the log says too.
    """
    found = path.stat()
    if os.name == "nt" or not found.st_mode & 0o077:
        return
    if found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX:
        path.chmod(found.st_mode & 0o700)
        _log.warning("%s was open to other accounts of this machine; now it is its owner's alone", path)
    else:
        _log.warning("%s is open to other accounts of this machine: let it be Crumb's own, or name another", path)

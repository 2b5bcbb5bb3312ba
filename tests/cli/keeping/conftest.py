"""The same boxes as the backup's own tests have."""

from tests.card.backup.conftest import furnished, neptune, nothing_waits_for_this_disk, openssl, saturn
from tests.card.conftest import box, new_box

__all__ = ["box", "furnished", "neptune", "new_box", "nothing_waits_for_this_disk", "openssl", "saturn"]

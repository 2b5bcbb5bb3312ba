"""What needs the built packages, and root for a throw-away Debian, is collected by `make test-deb` only.

The kiosk with its browser is collected by `make test-kiosk`, which sets OFFHOOK_TEST_DEB=kiosk.
"""

import os

asked = os.environ.get("OFFHOOK_TEST_DEB", "")
collect_ignore = [] if asked else ["test_package.py", "test_installed.py", "test_booted.py", "test_upgrade.py"]
collect_ignore += [] if asked == "kiosk" else ["test_kiosk_booted.py"]

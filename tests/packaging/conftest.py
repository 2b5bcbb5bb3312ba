"""What needs the built packages, and root for a throw-away Debian, is collected by `make test-deb` only."""

import os

NEEDS_DEBIAN = ["test_package.py", "test_installed.py", "test_booted.py", "test_kiosk_booted.py"]
collect_ignore = [] if "OFFHOOK_TEST_DEB" in os.environ else NEEDS_DEBIAN

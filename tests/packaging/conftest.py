"""What needs the built packages, and root for a throw-away Debian, is collected by `make test-deb` only.

The kiosk with its browser is collected by `make test-kiosk`, which sets OFFHOOK_TEST_DEB=kiosk.
"""

import os

asked = os.environ.get("OFFHOOK_TEST_DEB", "")
AS_ROOT = ("package", "installed", "booted", "deputy_booted", "fleet_booted", "upgrade")
collect_ignore = [] if asked else [f"test_{name}.py" for name in AS_ROOT]
collect_ignore += [] if asked == "kiosk" else ["test_kiosk_booted.py"]

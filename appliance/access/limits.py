"""How often somebody may be wrong who logs in, and for how long they wait then: see `runtime.web.guesses`.

Together, many addresses guess no faster than 1,440 times a day. A new password, which takes somebody at the box or its
root, ends every pause.
"""

from typing import Final

from appliance.runtime.web.guesses import Limit

FORGIVEN: Final = 24 * 3600.0  # seconds
EACH: Final = Limit(free=5, first=30.0, longest=3600.0, within=FORGIVEN)
"""Of one address: a person mistypes, and tries the passwords that he knows."""
TOGETHER: Final = Limit(free=20, first=5.0, longest=60.0, within=FORGIVEN)

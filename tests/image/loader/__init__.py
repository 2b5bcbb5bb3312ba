"""The loader on emulated boards, with slots that are made in a moment."""

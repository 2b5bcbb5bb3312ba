"""Who somebody is, and what they may: roles, and the one gate that all pages and programs come through."""

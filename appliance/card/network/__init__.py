"""`[network]` as files of the system: systemd-networkd's, wpa_supplicant's, authorities, and the proxy."""

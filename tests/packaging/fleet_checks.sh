# Runs inside the booted machine, which is a box with a card, and beside it in a network of its own the house: DHCP, names and a web
# server. Prints what came of it as NAME=VALUE.
prop() { systemctl show -P "$1" "$2"; }
said() { journalctl --no-pager -o cat _SYSTEMD_INVOCATION_ID="$(prop InvocationID "$1")"; }
pull() { # what came of one look of the unit: its exit code and result
    systemctl start offhook-fleet.service
    echo "$(prop ExecMainStatus offhook-fleet.service) $(prop Result offhook-fleet.service)"
}
in_house() { ip netns exec house "$@"; }
boot=/boot/firmware

# the house, and the wire to it
ip netns add house
ip link add wire0 type veth peer name house0
ip link set house0 netns house
in_house ip link set lo up
in_house ip address add 192.0.2.1/24 dev house0
in_house ip link set house0 up
mkdir -p /run/house/boxes
systemd-run --quiet --unit=house-names -p NetworkNamespacePath=/run/netns/house /usr/sbin/dnsmasq --keep-in-foreground \
    --conf-file=/dev/null --user=root --no-resolv --no-hosts --interface=house0 --bind-interfaces --dhcp-leasefile=/run/house/leases \
    --dhcp-range=192.0.2.50,192.0.2.60,1h --domain=house.test --address=/rooms.house.test/192.0.2.1 \
    --dhcp-option=224,https://rooms.house.test:8443/boxes
systemd-run --quiet --unit=house-web -p NetworkNamespacePath=/run/netns/house -p WorkingDirectory=/run/house /usr/bin/python3 -I /root/web.py

# the box: one card for all rooms, its boot partition read-only
mkdir -p $boot && mount -t tmpfs -o mode=0700 tmpfs $boot
cp /root/card.toml $boot/room.toml
mount -o remount,ro $boot
printf '[Match]\nName=wire0\n[Network]\nDHCP=ipv4\n[DHCPv4]\nRequestOptions=224\n' >/etc/systemd/network/05-wire.network
rm -f /etc/offhook/room.toml
# what came of a unit is forgotten when nobody refers to it
printf '[Unit]\nAfter=offhook-fleet.service\n' >/run/systemd/system/holds.target
systemctl start holds.target
systemctl reset-failed
systemctl start systemd-resolved.service systemd-networkd.service
until_ 60 'networkctl status wire0 2>/dev/null | grep -q "192.0.2.5"'
until_ 30 'ip netns exec house python3 -c "import socket; socket.create_connection((\"127.0.0.1\", 8443), 1)" 2>/dev/null'
fact lease "$(cat /run/systemd/netif/leases/* | grep -c '^OPTION_224=')"

# nobody knows it yet
fact first "$(pull)"
fact first_said "$(said offhook-fleet.service | tr '\n' ' ')"
fact identity "$(tr -d '\r' <$boot/fleet-identity.txt | grep -E '^(machine|recipient) = ' | tr '\n' ' ')"
fact read_only "$(findmnt -no OPTIONS $boot | tr ',' '\n' | grep -x ro) $(find $boot -name '.*' -type f | wc -l)"
fact key "$(stat -c '%U %a' /etc/credstore/offhook-fleet.age)"
systemctl restart offhook.service 2>/dev/null
until_ 60 'journalctl --no-pager -o cat -u offhook-recover.service | grep -q "^recipient = "'
fact shown "$(journalctl --no-pager -o cat -u offhook-recover.service | grep -E -A 3 'waits for its room' | tail -n 4 | tr '\n' ' ')"

# the administrator makes its file out of these two lines
tr -d '\r' <$boot/fleet-identity.txt | grep -E '^(machine|recipient) = ' >/root/lines
sed '/^# HERE$/{
r /root/lines
d
}' /root/inventory.toml >/root/rooms.toml
printf 'pin = "FA6"\nest = "only once"\n' >/root/secrets.toml
(cd /root && offhook fleet render rooms.toml /run/house/boxes --secrets secrets.toml --sign /root/fleet) >&2
fact encrypted "$(grep -rc FA6 /run/house/boxes | cut -d: -f2)"

# it becomes its room
begun=$(date +%s%3N)
fact second "$(pull)"
fact pull_ms "$(($(date +%s%3N) - begun))"
fact second_said "$(said offhook-fleet.service | tr '\n' ' ')"
fact room "$(sed -n 's/^name = //p' /etc/offhook/room.toml)"
fact room_mode "$(stat -c '%U:%G:%a' /etc/offhook/room.toml)"
fact pin "$(cat /etc/credstore/offhook.pin) $(grep -c FA6 $boot/room.toml) $(journalctl --no-pager | grep -c FA6)"
fact gone "$(ls $boot | tr '\n' ' ')$([ -e /var/lib/offhook-card/waits ] && echo waits)"
fact pair "$(stat -c '%U:%G:%a' /etc/offhook/fleet/box.pem) $(setpriv --reuid offhook --regid offhook --clear-groups openssl x509 -noout -subject -nameopt RFC2253 -in /etc/offhook/fleet/box.pem)"
fact settings "$(stat -c '%U:%G:%a' /etc/offhook)"
fact pair_secrets "$(stat -c '%U:%a' /etc/credstore/offhook-fleet.password) $(grep -rl 'only once' $boot /etc/offhook | wc -l) $(journalctl --no-pager | grep -c 'only once')"
fact left "$(ls -A /run/offhook-fleet 2>/dev/null | wc -l)"
systemctl start offhook.service
until_ 30 '[ "$(prop SubState offhook.service)" = running ]'
fact ready "$(prop ActiveState offhook.service)"

# nothing new; and a file that somebody has changed
fact third "$(pull)"
fact third_said "$(said offhook-fleet.service | grep -c 'nothing new')"
before=$(cat /etc/offhook/room.toml $boot/room.toml | sha256sum)
sed -i 's/"payload":"./"payload":"A/' /run/house/boxes/*.room
fact changed "$(pull)"
fact changed_said "$(said offhook-fleet.service | tr '\n' ' ')"
fact kept "$([ "$before" = "$(cat /etc/offhook/room.toml $boot/room.toml | sha256sum)" ] && echo yes)"

# the house is gone
systemctl stop house-web.service
fact away "$(pull)"
fact end end

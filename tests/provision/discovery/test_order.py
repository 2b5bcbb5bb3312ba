"""In which order the places are asked that a network tells of."""

from appliance.provision.discovery.order import MOST, Server, Service, offers

NONE = Service()


def urls(options: tuple[str, ...] = (), **services: Service) -> list[str]:
    return [offer.url for offer in offers(options, {f"{name}.example.com": said for name, said in services.items()})]


def test_dhcp_comes_first_then_dns_sd_then_the_name() -> None:
    service = Service((Server(0, 0, 8443, "rooms.example.com"),), "/boxes")
    assert urls(("https://192.0.2.1/x",), hq=service, lab=NONE) == [
        "https://192.0.2.1/x",
        "https://rooms.example.com:8443/boxes",
        "https://offhook-provision.lab.example.com/",
    ]


def test_servers_come_by_priority_and_then_by_weight() -> None:
    servers = (Server(2, 9, 443, "c"), Server(1, 1, 443, "b"), Server(1, 5, 443, "a"))
    assert urls(hq=Service(servers)) == ["https://a/", "https://b/", "https://c/"]


def test_a_domain_that_says_there_is_none_is_believed() -> None:
    assert urls(hq=Service((Server(0, 0, 0, ""),))) == []


def test_what_is_no_folder_over_https_is_left_out() -> None:
    wrong = (
        "http://192.0.2.1/",
        "https://u:p@h/",
        "https://h/?x",
        "https://h/#x",
        "https://h:0x/",
        "",
        "x",
        "https://",
    )
    assert urls(wrong) == []
    assert urls(hq=Service((Server(0, 0, 443, "h"),), "/?x")) == []


def test_a_place_is_asked_once_and_there_are_not_many() -> None:
    assert urls(("https://h/a", "https://h/a/")) == ["https://h/a"]
    assert len(urls(tuple(f"https://h/{number}" for number in range(99)))) == MOST


def test_it_is_said_who_told() -> None:
    said = {"example.com": Service((Server(0, 0, 443, "h"),))}
    assert [offer.by for offer in offers(("https://d",), said)] == ["DHCP option 224", "_offhook-prov._tcp.example.com"]
    assert [offer.by for offer in offers((), {"a.b": NONE})] == ["the name offhook-provision.a.b"]
